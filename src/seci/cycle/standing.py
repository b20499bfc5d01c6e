"""One asset as its people hold it now: who could teach it, who could learn it, what would change."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral import coverage
from seci.spiral.familiarity import Floats, Holdings, Ints
from seci.spiral.presence import STEADY, Presence

LEARNERS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """`here` is the chance that each of `people` is here over the coming year; `holder` is here and knows most."""

    asset: int
    holder: int
    people: Ints
    familiarity: Floats
    here: Floats

    @classmethod
    def of(cls, holdings: Holdings, presence: Presence, asset: int, at: Micros) -> Standing | None:
        """None when nobody who has had contact with the asset is here."""
        first, last = np.searchsorted(holdings.asset, [asset, asset + 1])
        people, familiarity = holdings.person[first:last], holdings.familiarity[first:last]
        here = presence.here(at)[presence.rows(people)]
        if not here.any():
            return None
        best = int(np.argmax(np.where(here > 0, familiarity, -1.0)))
        return cls(asset, int(people[best]), people, familiarity, here)

    def strength(self, k0: float) -> float:
        """How much of the asset the holder holds, 0 to 1."""
        most = float(self.familiarity[self.people == self.holder][0])
        return most / (most + k0)

    def loss(self, k0: float) -> float:
        """Expected loss for each change: half for nobody reachable, half for the average user not knowing."""
        return expected_loss(self.familiarity, self.here, k0)

    def relief(self, learner: int, contact: float, k0: float) -> float:
        """The fall of `loss` when `learner` gains `contact` (in changes).

        Someone new joins the users first: the mean is taken over the same people before and after.
        """
        familiarity, here = self.familiarity, self.here
        place = np.flatnonzero(self.people == learner)
        if not len(place):
            familiarity, here = np.append(familiarity, 0.0), np.append(here, STEADY)
            place = np.array([len(familiarity) - 1])
        after = familiarity.copy()
        after[place] += contact
        return expected_loss(familiarity, here, k0) - expected_loss(after, here, k0)

    def learners(self, k0: float, steady: Set[int], partners: Mapping[int, Mapping[int, int]]) -> list[tuple[int, int]]:
        """People here who do not hold it yet, with how often they worked with the holder in the last year.

        First those with some contact already, then those who work with the holder.
        """
        together = partners.get(self.holder, {})
        amount = {int(p): float(k) for p, k in zip(self.people, self.familiarity, strict=True)}
        open_to = [p for p in {*amount, *together} if p in steady and p != self.holder and amount.get(p, 0.0) < k0]
        open_to.sort(key=lambda p: (-amount.get(p, 0.0), -together.get(p, 0), p))
        return [(p, together.get(p, 0)) for p in open_to[:LEARNERS]]


def expected_loss(familiarity: Floats, here: Floats, k0: float) -> float:
    """½ (1 − coverage) + ½ (1 − mean over people here of (1 − h) · s), the bracket of knowledge at risk."""
    known = here * coverage.held(familiarity, k0)
    missing = float(np.prod(1 - coverage.AVAILABILITY * known))
    users = here > 0
    mean = float(known[users].mean()) if users.any() else 0.0
    return 0.5 * missing + 0.5 * (1 - mean)
