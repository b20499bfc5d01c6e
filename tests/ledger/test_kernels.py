"""The kernels say the same on DuckDB and on Polars, and what was planted."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.kit.clock import DAY
from seci.ledger import kernels

SCHEMA = {
    "t": pl.Int64, "week": pl.Int32, "actor": pl.Int32, "other": pl.Int32, "asset": pl.Int32, "mode": pl.Int8,
    "weight": pl.Int32,
}  # fmt: skip
AT = 20_000 * DAY

KERNELS: list[tuple[Callable[[nw.LazyFrame], nw.LazyFrame], list[str]]] = [
    (partial(kernels.familiarity, at=AT), ["actor", "asset"]),
    (kernels.weekly_modes, ["asset", "week", "mode"]),
    (kernels.concentration, ["asset"]),
    (kernels.lead_times, ["asset"]),
    (kernels.ties, ["low", "high"]),
]

moments = st.one_of(st.integers(18_000 * DAY, AT), st.sampled_from([19_000 * DAY, 19_500 * DAY]))
rows = st.lists(
    st.tuples(
        moments,
        st.integers(1, 5),
        st.one_of(st.none(), st.integers(1, 5)),
        st.one_of(st.none(), st.integers(1, 4)),
        st.one_of(st.none(), st.integers(0, 3)),
        st.integers(1, 3_000),
    ),
    max_size=40,
)


def frame(events: list[tuple[int, int, int | None, int | None, int | None, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(t, t // (7 * DAY), *others) for t, *others in events],
        schema=SCHEMA,
        orient="row",
    )


def on_polars(kernel: Callable[[nw.LazyFrame], nw.LazyFrame], events: pl.DataFrame) -> pl.DataFrame:
    result: pl.DataFrame = kernel(nw.from_native(events.lazy())).collect().to_native()
    return result


def on_duckdb(kernel: Callable[[nw.LazyFrame], nw.LazyFrame], events: pl.DataFrame) -> pl.DataFrame:
    relation = duckdb.connect().from_arrow(events.to_arrow())
    result = kernel(nw.from_native(relation)).to_native().to_arrow_table()
    return pl.DataFrame(pl.from_arrow(result))


@pytest.mark.parametrize(("kernel", "keys"), KERNELS)
def test_every_engine_says_the_same(kernel: Callable[[nw.LazyFrame], nw.LazyFrame], keys: list[str]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(rows)
    def agree(events: list[tuple[int, int, int | None, int | None, int | None, int]]) -> None:
        one = on_polars(kernel, frame(events)).sort(keys)
        other = on_duckdb(kernel, frame(events)).sort(keys)
        assert one.columns == other.columns
        for column in one.columns:
            if one[column].dtype.is_integer():
                assert other[column].dtype.is_integer()
                assert one[column].to_list() == other[column].to_list()
            else:
                assert all(
                    math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
                    for a, b in zip(one[column].to_list(), other[column].to_list(), strict=True)
                )

    agree()


def test_contact_halves_with_each_half_life() -> None:
    events = frame([(AT, 1, None, 1, 3, 1000), (AT - 90 * DAY, 2, None, 1, 3, 1000), (AT, 3, None, None, 3, 1000)])
    found = on_duckdb(partial(kernels.familiarity, at=AT), events).sort("actor")
    assert found["familiarity"].to_list() == [1_000_000_000, 500_000_000]


def test_weeks_count_events_of_each_mode_and_leave_out_what_has_none() -> None:
    events = frame(
        [(0, 1, None, 1, 0, 1), (6 * DAY, 1, None, 1, 0, 1), (7 * DAY, 1, None, 1, 0, 1), (0, 1, None, 1, None, 1)]
    )
    found = on_duckdb(kernels.weekly_modes, events).sort("week")
    assert found["week"].to_list() == [0, 1]
    assert found["events"].to_list() == [2, 1]


def test_concentration_of_one_of_equals_and_of_unequals() -> None:
    def asset(number: int, counts: list[int]) -> list[tuple[int, int, None, int, int, int]]:
        return [(0, person, None, number, 3, 1) for person, count in enumerate(counts, 1) for _ in range(count)]

    events = frame(asset(1, [9]) + asset(2, [4, 4, 4, 4]) + asset(3, [1, 1, 8]) + asset(4, [5, 5]))
    found = on_duckdb(kernels.concentration, events).sort("asset")
    assert found["entropy"].to_list() == pytest.approx([0.0, 2.0, 0.9219280948873623, 1.0])
    assert found["gini"].to_list() == pytest.approx([0.0, 0.0, 7 / 15, 0.0])
    assert found["half_holders"].to_list() == [1, 2, 1, 1]
    assert found["people"].to_list() == [1, 4, 3, 2]


def test_lead_time_runs_from_the_first_writing_to_the_first_practice_after_it() -> None:
    def happened(asset: int, day: int, mode: int) -> tuple[int, int, None, int, int, int]:
        return (day * DAY, 1, None, asset, mode, 1)

    events = frame(
        [
            *(happened(1, day, mode) for day, mode in [(5, 3), (10, 1), (12, 1), (17, 3), (30, 3)]),
            *(happened(2, day, mode) for day, mode in [(1, 3), (2, 1)]),
        ]
    )
    found = on_duckdb(kernels.lead_times, events)
    assert found.rows() == [(1, 10 * DAY, 17 * DAY, 7 * DAY)]


def test_a_tie_counts_both_directions_and_nobody_is_tied_to_oneself() -> None:
    events = frame(
        [(t, a, b, 1, 0, 100) for t, a, b in [(1, 1, 2), (2, 2, 1), (3, 1, 2), (4, 3, 3), (5, 1, None), (6, 3, 2)]]
    )
    found = on_duckdb(kernels.ties, events).sort("low")
    assert found.rows() == [(1, 2, 2, 1, 300, 3, 0.5), (2, 3, 0, 1, 100, 6, 0.0)]
