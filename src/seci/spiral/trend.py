"""Coverage and knowledge at risk at the ends of past quarters, from the evidence there was at the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral import coverage, demand
from seci.spiral.familiarity import MONTH, Cells, Floats, Holdings, Ints, hold, in_order
from seci.spiral.horizon import Horizon
from seci.spiral.presence import Presence, presence

QUARTER: Micros = 3 * MONTH


@dataclass(frozen=True, slots=True)
class Moment:
    """What could have been known at one instant."""

    at: Micros
    cells: Cells
    holdings: Holdings
    presence: Presence
    horizon: Horizon

    @property
    def quarter(self) -> int:
        return (self.at - 1) // QUARTER


@dataclass(frozen=True, slots=True)
class Point:
    quarter: int
    asset: Ints
    events: Ints
    holders: Ints
    coverage: Floats
    at_risk: Floats


def quarter_ends(at: Micros, count: int) -> list[Micros]:
    """The last `count` ends of quarters that lie before `at`, oldest first."""
    last = at // QUARTER
    return [(last - back) * QUARTER for back in range(count - 1, -1, -1)]


def moment(cells: Cells, at: Micros, horizon: Horizon) -> Moment:
    """Holdings and presence at `at`, blind to whatever came later (the month that begins at `at` included)."""
    past = cells.where(cells.month < at // MONTH)
    return Moment(at, past, hold(past, at), presence(past, at - 1, horizon), horizon)


def moments(cells: Cells, at: Micros, quarters: int, horizon: Horizon, since: Micros = 0) -> Iterator[Moment]:
    """The last `quarters` quarter ends before `at`, oldest first; only those after `since`."""
    cells = in_order(cells)
    return (moment(cells, end, horizon) for end in quarter_ends(at, quarters) if end > since)


def point(then: Moment, assets: Ints, files: Ints) -> Point | None:
    """The readings at one moment over the `assets` (with their live `files`) that had any event by then."""
    seen = np.isin(assets, then.holdings.asset)
    if not seen.any():
        return None
    wanted = demand.weekly(then.cells, assets[seen], then.at, then.horizon)
    readings = coverage.read(then.holdings, then.presence, assets[seen], files[seen], wanted, then.at, draws=0)
    return Point(
        quarter=then.quarter,
        asset=readings.asset,
        events=readings.events,
        holders=readings.holders,
        coverage=readings.coverage,
        at_risk=readings.at_risk,
    )
