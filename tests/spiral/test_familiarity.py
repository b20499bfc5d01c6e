from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.clock import DAY
from seci.spiral.familiarity import MONTH, hold
from tests.spiral.making import NOW, Row, cells, rows


def test_half_of_the_familiarity_is_left_after_a_year() -> None:
    history = cells([(1, 1, 0, 0, 4, 4000)])
    middle = NOW // MONTH * MONTH + MONTH // 2

    assert hold(history, middle).familiarity == pytest.approx([4.0])
    assert hold(history, middle + 365 * DAY).familiarity == pytest.approx([2.0])


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(history: list[Row], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = hold(cells(history), NOW), hold(cells(shuffled), NOW)

    assert np.array_equal(one.asset, other.asset)
    assert np.array_equal(one.person, other.person)
    assert np.array_equal(one.ways, other.ways)
    assert one.familiarity.tolist() == other.familiarity.tolist()


@given(rows)
def test_familiarity_never_grows_without_contact(history: list[Row]) -> None:
    now, later = hold(cells(history), NOW), hold(cells(history), NOW + 90 * DAY)

    assert (later.familiarity < now.familiarity).all()


@given(rows, st.integers(0, 40))
def test_the_past_does_not_know_the_future(history: list[Row], months: int) -> None:
    then = NOW - months * MONTH
    known = [entry for entry in history if entry[2] >= months]
    past, alone = hold(cells(history), then), hold(cells(known), then)

    assert np.array_equal(past.person, alone.person)
    assert past.familiarity == pytest.approx(alone.familiarity)


@given(rows)
def test_every_event_is_counted_once(history: list[Row]) -> None:
    assert hold(cells(history), NOW).events.sum() == sum(entry[4] for entry in history)


def test_an_empty_history_holds_nothing() -> None:
    assert len(hold(cells([]), NOW)) == 0
