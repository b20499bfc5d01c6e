"""Replay of the past: what SECI would have warned about on a given day, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import DAY, Micros
from seci.spiral import coverage
from seci.spiral.familiarity import MONTH, Cells, Ints
from seci.spiral.horizon import Horizon
from seci.spiral.trend import Moment

GONE_AFTER = 183 * DAY
"""Someone with no contact with anything for half a year counts as gone from the last contact on."""


@dataclass(frozen=True, slots=True)
class Alone:
    """An asset that one person alone held at the end of a quarter."""

    quarter: int
    asset: int
    holder: int
    coverage: float


@dataclass(frozen=True, slots=True)
class Forewarning:
    """A warning and its sequel.

    left_at   when that person was last seen, None while still here (or too recent to say)
    changes   events on the asset by others in the year after that
    """

    alone: Alone
    left_at: Micros | None
    changes: int


def warn(then: Moment, assets: Ints, files: Ints) -> list[Alone]:
    """The assets with a single holder at a moment, judged from its own past alone."""
    seen = assets[np.isin(assets, then.holdings.asset)]
    if not len(seen):
        return []
    sizes = files[np.isin(assets, seen)]
    readings = coverage.read(then.holdings, then.presence, seen, sizes, np.zeros(len(seen)), then.at, draws=0)
    k0 = coverage.half_contact(sizes)[np.searchsorted(seen, np.minimum(then.holdings.asset, seen[-1]))]
    holds = (
        (coverage.held(then.holdings.familiarity, k0) >= coverage.HOLDER)
        & (then.presence.stay(then.at)[then.presence.rows(then.holdings.person)] > 0)
        & np.isin(then.holdings.asset, seen)
    )
    found = []
    for row in np.flatnonzero(holds):
        asset = int(then.holdings.asset[row])
        place = int(np.searchsorted(seen, asset))
        if readings.holders[place] == 1:
            holder = int(then.holdings.person[row])
            found.append(Alone(then.quarter, asset, holder, float(readings.coverage[place])))
    return found


def sequels(alone: Iterable[Alone], cells: Cells, at: Micros, horizon: Horizon) -> list[Forewarning]:
    """What came of each warning, from everything known at `at`.

    Nobody is gone for a time of which no repository tells that they have worked in: a clone that ends in May says of
    nobody that they left since, whatever newer clones lie beside it.
    """
    last = last_seen(cells)
    until = dict(zip(*(column.tolist() for column in horizon.of_people(cells, at)), strict=True))
    told = []
    for each in alone:
        seen = last.get(each.holder, 0)
        left_at = seen if seen < until.get(each.holder, at) - GONE_AFTER else None
        changes = 0 if left_at is None else changes_after(cells, each.asset, each.holder, left_at)
        told.append(Forewarning(each, left_at, changes))
    return told


def last_seen(cells: Cells) -> dict[int, Micros]:
    """When each person was last seen on anything."""
    people, row = np.unique(cells.person, return_inverse=True)
    last = np.zeros(len(people), np.int64)
    np.maximum.at(last, row, cells.last_t)
    return dict(zip(people.tolist(), last.tolist(), strict=True))


def changes_after(cells: Cells, asset: int, person: int, left_at: Micros) -> int:
    """Events by others on the asset in the year after `left_at`."""
    month = left_at // MONTH
    later = (cells.asset == asset) & (cells.person != person) & (cells.month > month) & (cells.month <= month + 12)
    return int(cells.events[later].sum())
