"""What if someone leaves: what is orphaned, what becomes thin, who could take over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from seci.kit.clock import Micros
from seci.spiral import coverage
from seci.spiral.familiarity import Floats, Holdings, Ints
from seci.spiral.presence import Presence

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Loss:
    """One asset before and after a departure, with 80 % ranges: coverage, and knowledge at risk in hours a week.

    successors  people here who already know some of it, most first
    """

    asset: int
    before: float
    after: float
    before_range: Range
    after_range: Range
    at_risk_before: float
    at_risk_after: float
    at_risk_before_range: Range
    at_risk_after_range: Range
    holders_before: int
    holders_after: int
    successors: tuple[int, ...]

    @property
    def orphaned(self) -> bool:
        """Held before, and by nobody who stays."""
        return self.holders_before > 0 and self.holders_after == 0


def without(presence: Presence, leaving: Collection[int], at: Micros) -> Presence:
    """The same people, with `leaving` gone from `at` on."""
    gone = np.isin(presence.person, list(leaving))
    leaves = np.where(gone, np.minimum(presence.leaves, at), presence.leaves)
    return replace(presence, leaves=leaves)


def depart(
    holdings: Holdings,
    presence: Presence,
    assets: Ints,
    files: Ints,
    demand: Floats,
    leaving: Collection[int],
    at: Micros,
    successors: int = 3,
) -> list[Loss]:
    """The assets whose coverage falls when `leaving` are gone at `at`, largest rise of knowledge at risk first."""
    touched = np.unique(holdings.asset[np.isin(holdings.person, list(leaving))])
    mask = np.isin(assets, touched)
    assets, files, demand = assets[mask], files[mask], demand[mask]
    after_presence = without(presence, leaving, at)
    before = coverage.read(holdings, presence, assets, files, demand, at)
    after = coverage.read(holdings, after_presence, assets, files, demand, at)
    stay = after_presence.stay(at)[after_presence.rows(holdings.person)]
    losses = []
    for row, asset in enumerate(assets):
        mine = np.flatnonzero((holdings.asset == asset) & (stay > 0))
        best = mine[np.argsort(-(holdings.familiarity[mine] * stay[mine]), kind="stable")][:successors]
        losses.append(
            Loss(
                asset=int(asset),
                before=float(before.coverage[row]),
                after=float(after.coverage[row]),
                before_range=(float(before.coverage_low[row]), float(before.coverage_high[row])),
                after_range=(float(after.coverage_low[row]), float(after.coverage_high[row])),
                at_risk_before=float(before.at_risk[row]),
                at_risk_after=float(after.at_risk[row]),
                at_risk_before_range=(float(before.at_risk_low[row]), float(before.at_risk_high[row])),
                at_risk_after_range=(float(after.at_risk_low[row]), float(after.at_risk_high[row])),
                holders_before=int(before.holders[row]),
                holders_after=int(after.holders[row]),
                successors=tuple(int(p) for p in holdings.person[best]),
            )
        )
    losses = [loss for loss in losses if loss.before - loss.after > 1e-9]
    return sorted(losses, key=lambda loss: (loss.at_risk_before - loss.at_risk_after, -loss.before, loss.asset))
