from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.clock import DAY
from seci.spiral import coverage
from seci.spiral.derivation import State, derive
from seci.spiral.familiarity import MONTH
from seci.spiral.horizon import Horizon
from tests.spiral.making import NOW, Row, cells, rows


def state(history: list[Row], files: int = 25, exits: dict[int, int] | None = None) -> State:
    assets = {entry[0] for entry in history}
    return derive(cells(history), dict.fromkeys(assets, files), exits or {}, NOW, Horizon.none())


def steady(asset: int, person: int, events: int = 3) -> list[Row]:
    """Someone who works on an asset in each of the last twelve months."""
    return [(asset, person, ago, 0, events, 1000 * events) for ago in range(12)]


def brute_force(house: State) -> dict[int, float]:
    """1 − Π (1 − 0.8 · 0.9 · months/12 · K / (K + 4 + √files)), person by person."""
    months = dict(zip(house.presence.person.tolist(), house.presence.months.tolist(), strict=True))
    missing: dict[int, float] = {}
    for asset, person, known in zip(
        house.holdings.asset.tolist(), house.holdings.person.tolist(), house.holdings.familiarity.tolist(), strict=True
    ):
        k0 = 4 + house.files[house.assets.tolist().index(asset)] ** 0.5
        here = 0.9 * months[person] / 12
        missing[asset] = missing.get(asset, 1.0) * (1 - 0.8 * here * known / (known + k0))
    return {asset: 1 - left for asset, left in missing.items()}


@given(rows)
def test_coverage_is_what_the_formula_says(history: list[Row]) -> None:
    house = state(history)
    readings = house.readings()

    expected = brute_force(house)
    assert readings.coverage == pytest.approx([expected[asset] for asset in readings.asset.tolist()])


def test_nobody_covers_nothing_and_not_less() -> None:
    (covered,) = coverage.point_coverage(np.zeros(0, np.int64), np.zeros(0), 1)

    assert str(covered) == "0.0"


@given(rows)
def test_every_range_holds_its_point_and_stays_within_bounds(history: list[Row]) -> None:
    readings = state(history).readings()

    assert (readings.coverage_low <= readings.coverage).all()
    assert (readings.coverage <= readings.coverage_high).all()
    assert (readings.at_risk_low <= readings.at_risk).all()
    assert (readings.at_risk <= readings.at_risk_high).all()
    assert (readings.coverage_low >= 0).all()
    assert (readings.coverage_high <= 1).all()
    assert (readings.at_risk_low >= 0).all()


@given(rows, st.integers(1, 5))
def test_more_people_never_cover_less(history: list[Row], newcomer: int) -> None:
    more = [*history, *steady(1, 9)]
    before, after = state([*history, *steady(2, newcomer)]).readings(), state([*more, *steady(2, newcomer)]).readings()
    old = dict(zip(before.asset.tolist(), before.coverage.tolist(), strict=True))
    new = dict(zip(after.asset.tolist(), after.coverage.tolist(), strict=True))

    assert all(new[asset] >= value - 1e-12 for asset, value in old.items())


@given(rows)
def test_equal_histories_give_equal_ranges(history: list[Row]) -> None:
    one, other = state(history).readings(), state(history).readings()

    assert np.array_equal(one.at_risk_high, other.at_risk_high)
    assert np.array_equal(one.coverage_low, other.coverage_low)


def test_a_planted_single_holder_is_found_and_the_others_are_not() -> None:
    alone, shared = steady(1, 1, 6), [*steady(2, 1, 6), *steady(2, 2, 6)]
    readings = state([*alone, *shared]).readings()

    assert readings.holders.tolist() == [1, 2]
    assert readings.coverage[0] < readings.coverage[1]


def test_knowledge_at_risk_grows_with_demand() -> None:
    often, seldom = steady(1, 1, 9), [(2, 1, ago, 0, 1, 9000) for ago in range(12)]
    readings = state([*often, *seldom]).readings()

    assert readings.coverage[0] == pytest.approx(readings.coverage[1])
    assert readings.at_risk[0] == pytest.approx(9 * readings.at_risk[1])


def test_whoever_has_left_covers_nothing() -> None:
    readings = state(steady(1, 1), exits={1: NOW - DAY}).readings()

    assert readings.coverage.tolist() == [0.0]
    assert readings.holders.tolist() == [0]


def test_an_untouched_asset_loses_its_coverage_by_itself() -> None:
    history = steady(1, 1)
    assets = {1: 25}
    now, later = (derive(cells(history), assets, {}, NOW + years * 12 * MONTH, Horizon.none()) for years in (0, 2))

    assert later.readings().coverage[0] < now.readings().coverage[0] / 2


def test_larger_assets_need_more_contact() -> None:
    assert coverage.held(np.array([8.0]), coverage.half_contact(np.array([4]))) > coverage.held(
        np.array([8.0]), coverage.half_contact(np.array([400]))
    )
