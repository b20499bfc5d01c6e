"""Replay of the past: what SECI would have warned about on a given day, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seci.kit.clock import DAY, Micros
from seci.spiral import coverage
from seci.spiral.familiarity import MONTH, Cells, Ints
from seci.spiral.trend import Moment

GONE_AFTER = 183 * DAY
"""Someone with no contact with anything for half a year counts as gone from the last contact on."""


@dataclass(frozen=True, slots=True)
class Forewarning:
    """An asset that one person alone held at `at`, and the sequel.

    left_at   when that person was last seen, None while still here (or too recent to say)
    changes   events on the asset by others in the year after that
    """

    asset: int
    holder: int
    coverage: float
    left_at: Micros | None
    changes: int


def warn(then: Moment, cells: Cells, assets: Ints, files: Ints, known_until: Micros) -> list[Forewarning]:
    """The assets with a single holder at a moment, judged from its own past; the sequel from all `cells`."""
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
    last = last_seen(cells)
    warnings = []
    for row in np.flatnonzero(holds):
        asset, holder = int(then.holdings.asset[row]), int(then.holdings.person[row])
        place = int(np.searchsorted(seen, asset))
        if readings.holders[place] != 1:
            continue
        left_at = last[holder] if last[holder] < known_until - GONE_AFTER else None
        warnings.append(
            Forewarning(
                asset=asset,
                holder=holder,
                coverage=float(readings.coverage[place]),
                left_at=left_at,
                changes=0 if left_at is None else changes_after(cells, asset, holder, left_at),
            )
        )
    return sorted(warnings, key=lambda w: (w.left_at is None, w.left_at or 0, w.coverage, w.asset))


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
