"""Coverage and knowledge at risk at the ends of past quarters, from the evidence there was at the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral import coverage, demand
from seci.spiral.familiarity import MONTH, Cells, Floats, Holdings, Ints, hold
from seci.spiral.presence import Presence, presence

QUARTER: Micros = 3 * MONTH


@dataclass(frozen=True, slots=True)
class Moment:
    """What could have been known at one instant."""

    at: Micros
    holdings: Holdings
    presence: Presence

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


def moment(cells: Cells, at: Micros) -> Moment:
    """Holdings and presence at `at`, blind to whatever came later (the month that begins at `at` included)."""
    past = cells.where(cells.month < at // MONTH)
    return Moment(at, hold(past, at), presence(past, at - 1))


def trend(cells: Cells, assets: Ints, files: Ints, at: Micros, quarters: int = 12) -> Iterator[Point]:
    """One point for each of the last `quarters` quarter ends, over the assets that had any event by then."""
    for end in quarter_ends(at, quarters):
        then = moment(cells, end)
        seen = np.isin(assets, then.holdings.asset)
        if not seen.any():
            continue
        past = cells.where(cells.month < end // MONTH)
        readings = coverage.read(
            then.holdings,
            then.presence,
            assets[seen],
            files[seen],
            demand.weekly(past, assets[seen], end),
            end,
            draws=0,
        )
        yield Point(
            quarter=then.quarter,
            asset=readings.asset,
            events=readings.events,
            holders=readings.holders,
            coverage=readings.coverage,
            at_risk=readings.at_risk,
        )
