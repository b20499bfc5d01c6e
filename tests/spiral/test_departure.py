from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from seci.spiral.departure import depart, without
from seci.spiral.derivation import derive
from seci.spiral.horizon import Horizon
from tests.spiral.making import NOW, Row, cells, rows
from tests.spiral.test_coverage import brute_force, state, steady


@settings(max_examples=40)
@given(rows)
def test_what_if_equals_brute_force_for_every_one_and_every_two(history: list[Row]) -> None:
    house = state(history)
    people = house.presence.person.tolist()
    for leaving in [*combinations(people, 1), *combinations(people, 2)]:
        losses = depart(house.holdings, house.presence, house.assets, house.files, house.demand, leaving, NOW)
        before = brute_force(house)
        left = derive(
            cells(history), dict.fromkeys(house.assets.tolist(), 25), dict.fromkeys(leaving, NOW), NOW, Horizon.none()
        ).readings()
        after = dict(zip(left.asset.tolist(), left.coverage.tolist(), strict=True))
        found = {loss.asset: (loss.before, loss.after) for loss in losses}
        expected = {a: (before[a], after[a]) for a in before if before[a] - after[a] > 1e-9}
        assert found.keys() == expected.keys()
        for asset, pair in expected.items():
            assert found[asset] == pytest.approx(pair)


def test_the_asset_of_a_single_holder_is_orphaned_and_the_next_best_is_named() -> None:
    house = state([*steady(1, 1, 6), (1, 2, 1, 1, 1, 500), (1, 2, 0, 1, 1, 500)])
    (loss,) = depart(house.holdings, house.presence, house.assets, house.files, house.demand, [1], NOW)

    assert loss.orphaned
    assert loss.successors == (2,)
    assert loss.at_risk_after > loss.at_risk_before


def test_whoever_leaves_is_never_a_successor() -> None:
    house = state([*steady(1, 1), *steady(1, 2), *steady(1, 3)])
    losses = depart(house.holdings, house.presence, house.assets, house.files, house.demand, [1, 2], NOW)

    assert [loss.successors for loss in losses] == [(3,)]


def test_an_earlier_exit_stays_where_it_is() -> None:
    house = state(steady(1, 1), exits={1: NOW - 5})

    assert np.array_equal(without(house.presence, [1], NOW).leaves, [NOW - 5])
