from __future__ import annotations

import numpy as np

from seci.spiral.familiarity import DOCUMENTS, MONTH, Cells
from seci.spiral.forewarning import sequels, warn
from seci.spiral.trend import moments, point
from tests.spiral.making import NOW, cells

FILES = np.array([25, 25], np.int64)
ASSETS = np.array([1, 2], np.int64)


def history() -> Cells:
    """Person 1 alone carries asset 1 and is last seen 13 months ago; asset 2 is shared and lives on."""
    alone = [(1, 1, ago, 0, 6, 6000) for ago in range(13, 37)]
    shared = [(2, person, ago, 0, 6, 6000) for person in (2, 3) for ago in range(37)]
    return cells([*alone, *shared, (1, 2, 8, 0, 2, 2000)])


def test_it_would_have_warned_before_the_single_holder_left() -> None:
    past = list(moments(history(), NOW, 8))
    early = next(then for then in past if then.at // MONTH <= NOW // MONTH - 15)
    (warning,) = sequels(warn(early, ASSETS, FILES), history(), NOW)

    assert (warning.alone.asset, warning.alone.holder, warning.changes) == (1, 1, 2)
    assert warning.left_at is not None
    assert warning.left_at // MONTH == NOW // MONTH - 13


def test_it_does_not_call_someone_gone_who_was_seen_lately() -> None:
    lately = cells([(1, 1, ago, 0, 6, 6000) for ago in range(24)])
    alone = [one for then in moments(lately, NOW, 4) for one in warn(then, ASSETS[:1], FILES[:1])]
    warnings = sequels(alone, lately, NOW)

    assert warnings
    assert {w.left_at for w in warnings} == {None}


def test_nobody_is_called_gone_for_a_time_that_no_history_tells_about() -> None:
    old = cells([(1, 1, ago, 0, 6, 6000) for ago in range(8, 30)])
    alone = [one for then in moments(old, NOW, 6) for one in warn(then, ASSETS[:1], FILES[:1])]

    assert alone
    assert {w.left_at for w in sequels(alone, old, NOW)} == {None}

    told_today = cells([*((1, 1, ago, 0, 6, 6000) for ago in range(8, 30)), (1, 9, 0, DOCUMENTS, 1, 1000)])
    assert {w.left_at for w in sequels(alone, told_today, NOW)} == {None}


def test_the_trend_of_an_asset_falls_after_its_holder_has_left() -> None:
    points = [found for then in moments(history(), NOW, 8) if (found := point(then, ASSETS, FILES))]
    first, last = points[0], points[-1]

    assert last.coverage[0] < first.coverage[0]
    assert last.holders.tolist() == [0, 2]
    assert [p.quarter for p in points] == sorted(p.quarter for p in points)
