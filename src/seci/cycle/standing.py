"""One asset as its people hold it now: who could teach it, who could learn it, what would change."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.kit.clock import DAY, Micros
from seci.spiral import coverage
from seci.spiral.familiarity import Floats, Holdings, Ints
from seci.spiral.presence import STEADY, Presence

LEARNERS = 6
NEAR = 365 * DAY

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """`here` is the chance that each of `people` is here over the coming year; `holder` is here and knows most.

    near  whether each of `people` has had to do with the asset in the last year
    """

    asset: int
    holder: int
    people: Ints
    familiarity: Floats
    here: Floats
    near: Flags
    events: int

    @classmethod
    def of(cls, holdings: Holdings, presence: Presence, asset: int, at: Micros) -> Standing | None:
        """None when nobody who has had contact with the asset is here."""
        first, last = np.searchsorted(holdings.asset, [asset, asset + 1])
        people, familiarity = holdings.person[first:last], holdings.familiarity[first:last]
        who = presence.rows(people)
        here = presence.here(at)[who]
        if not here.any():
            return None
        best = int(np.argmax(np.where(here > 0, familiarity, -1.0)))
        near = holdings.last_t[first:last] > presence.until[who] - NEAR
        return cls(asset, int(people[best]), people, familiarity, here, near, int(holdings.ways[first:last].sum()))

    def strength(self, k0: float) -> float:
        """How much of the asset the holder holds, 0 to 1."""
        most = float(self.familiarity[self.people == self.holder][0])
        return most / (most + k0)

    def holders(self, k0: float) -> int:
        """How many people here hold it."""
        return int(np.count_nonzero((coverage.held(self.familiarity, k0) >= coverage.HOLDER) & (self.here > 0)))

    def bracket(self, k0: float) -> Bracket:
        """What the asset's people cover when `k0` changes of fresh contact make half of a hold."""
        known = self.here * coverage.held(self.familiarity, k0)
        return Bracket(
            k0=k0,
            missing=float(np.prod(1 - coverage.AVAILABILITY * known)),
            known=float(known.sum()),
            users=int(np.count_nonzero(self.here)),
        )

    def contact_of(self, person: int) -> tuple[float, float]:
        """(familiarity, chance to be here) of a person; someone new has none, and is expected to stay."""
        place = np.flatnonzero(self.people == person)
        return (float(self.familiarity[place[0]]), float(self.here[place[0]])) if len(place) else (0.0, STEADY)

    def learners(self, k0: float, steady: Set[int], partners: Mapping[int, Mapping[int, int]]) -> list[tuple[int, int]]:
        """People here who do not hold it yet, with how often they worked with the holder in the last year.

        First those in contact with it in the last year, then those who work with the holder. Somebody who once
        mended a word here and works elsewhere is no learner of it.
        """
        together = partners.get(self.holder, {})
        amount = {int(p): float(k) for p, k in zip(self.people, self.familiarity, strict=True)}
        close = {*self.people[self.near].tolist(), *together}
        open_to = [p for p in close if p in steady and p != self.holder and amount.get(p, 0.0) < k0]
        open_to.sort(key=lambda p: (-amount.get(p, 0.0), -together.get(p, 0), p))
        return [(p, together.get(p, 0)) for p in open_to[:LEARNERS]]


@dataclass(frozen=True, slots=True)
class Bracket:
    """½ (1 − coverage) + ½ (1 − mean over people here of (1 − h) · s): the bracket of knowledge at risk.

    missing  Π (1 − a · (1 − h) · s);  known  Σ (1 − h) · s;  users  people here
    """

    k0: float
    missing: float
    known: float
    users: int

    @property
    def loss(self) -> float:
        """Expected loss for each change: half for nobody reachable, half for the average user not knowing."""
        return 0.5 * self.missing + 0.5 * (1 - self.known / self.users)

    def relief(self, familiarity: float, here: float, contact: float) -> float:
        """The fall of `loss` when someone with `familiarity` gains `contact` (both in changes).

        Someone new joins the users first: the mean is taken over the same people before and after.
        """
        users = self.users if familiarity > 0 else self.users + 1
        before = here * familiarity / (familiarity + self.k0)
        after = here * (familiarity + contact) / (familiarity + contact + self.k0)
        others = self.missing / (1 - coverage.AVAILABILITY * before)
        return 0.5 * others * coverage.AVAILABILITY * (after - before) + 0.5 * (after - before) / users
