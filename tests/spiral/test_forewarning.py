from __future__ import annotations

import numpy as np

from seci.spiral.demand import weekly
from seci.spiral.familiarity import DOCUMENTS, MONTH, Cells
from seci.spiral.forewarning import sequels, warn
from seci.spiral.horizon import Horizon
from seci.spiral.presence import presence
from seci.spiral.trend import moments, point
from tests.spiral.making import NOW, cells

FILES = np.array([25, 25], np.int64)
ASSETS = np.array([1, 2], np.int64)
ALL = Horizon.none()


def history() -> Cells:
    """Person 1 alone carries asset 1 and is last seen 13 months ago; asset 2 is shared and lives on."""
    alone = [(1, 1, ago, 0, 6, 6000) for ago in range(13, 37)]
    shared = [(2, person, ago, 0, 6, 6000) for person in (2, 3) for ago in range(37)]
    return cells([*alone, *shared, (1, 2, 8, 0, 2, 2000)])


def test_it_would_have_warned_before_the_single_holder_left() -> None:
    past = list(moments(history(), NOW, 8, ALL))
    early = next(then for then in past if then.at // MONTH <= NOW // MONTH - 15)
    (warning,) = sequels(warn(early, ASSETS, FILES), history(), NOW, ALL)

    assert (warning.alone.asset, warning.alone.holder, warning.changes) == (1, 1, 2)
    assert warning.left_at is not None
    assert warning.left_at // MONTH == NOW // MONTH - 13


def test_it_does_not_call_someone_gone_who_was_seen_lately() -> None:
    lately = cells([(1, 1, ago, 0, 6, 6000) for ago in range(24)])
    alone = [one for then in moments(lately, NOW, 4, ALL) for one in warn(then, ASSETS[:1], FILES[:1])]
    warnings = sequels(alone, lately, NOW, ALL)

    assert warnings
    assert {w.left_at for w in warnings} == {None}


def test_nobody_is_called_gone_for_a_time_that_no_history_tells_about() -> None:
    old = cells([(1, 1, ago, 0, 6, 6000) for ago in range(8, 30)])
    ended = Horizon.of({1: {7}}, {7: int(old.last_t.max())})
    alone = [one for then in moments(old, NOW, 6, ended) for one in warn(then, ASSETS[:1], FILES[:1])]

    assert alone
    assert {w.left_at for w in sequels(alone, old, NOW, ended)} == {None}

    told_today = cells([*((1, 1, ago, 0, 6, 6000) for ago in range(8, 30)), (1, 9, 0, DOCUMENTS, 1, 1000)])
    assert {w.left_at for w in sequels(alone, told_today, NOW, ended)} == {None}


def test_a_newer_clone_beside_it_makes_nobody_of_an_old_one_gone() -> None:
    old = [(1, 1, ago, 0, 6, 6000) for ago in range(20, 42)]
    both = cells(
        [*old, *((2, 2, ago, 0, 6, 6000) for ago in range(42)), *((1, 2, ago, 0, 3, 3000) for ago in (39, 40))]
    )
    told = Horizon.of({1: {7}, 2: {8}}, {7: int(both.last_t[both.asset == 1].max()), 8: NOW})
    moved_on = cells([*old, *((2, 3, ago, 0, 6, 6000) for ago in range(10)), (2, 1, 15, 0, 1, 1000)])

    assert presence(both, NOW, told).stay(NOW).tolist() == [1.0, 1.0]
    assert presence(both, NOW, ALL).stay(NOW).tolist() == [0.0, 1.0]
    assert presence(moved_on, NOW, told).stay(NOW).tolist()[0] == 0.0
    assert weekly(both, ASSETS, NOW, told).min() > 0


def test_the_trend_of_an_asset_falls_after_its_holder_has_left() -> None:
    points = [found for then in moments(history(), NOW, 8, ALL) if (found := point(then, ASSETS, FILES))]
    first, last = points[0], points[-1]

    assert last.coverage[0] < first.coverage[0]
    assert last.holders.tolist() == [0, 2]
    assert [p.quarter for p in points] == sorted(p.quarter for p in points)
