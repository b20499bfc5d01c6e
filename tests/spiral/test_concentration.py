from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.spiral.concentration import concentration

amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30)


def test_nobody_has_no_concentration() -> None:
    assert concentration(np.zeros(3)) is None


def test_equal_shares_are_even() -> None:
    found = concentration(np.ones(4))

    assert found is not None
    assert (found.absence_factor, found.top_share) == (2, 0.25)
    assert found.gini == pytest.approx(0)
    assert found.entropy == pytest.approx(1)


def test_one_person_alone_has_no_entropy() -> None:
    found = concentration(np.array([7.0]))

    assert found is not None
    assert (found.absence_factor, found.top_share, found.entropy) == (1, 1.0, None)


@given(amounts)
def test_the_readings_stay_within_their_bounds(given_amounts: list[float]) -> None:
    found = concentration(np.array(given_amounts))

    assert found is not None
    assert 1 <= found.absence_factor <= (len(given_amounts) + 1) // 2
    assert 0 <= found.gini < 1
    assert found.entropy is None or 0 <= found.entropy <= 1 + 1e-9


@given(amounts, st.floats(0.1, 100))
def test_the_unit_does_not_matter(given_amounts: list[float], factor: float) -> None:
    one, other = (concentration(np.array(given_amounts) * scale) for scale in (1.0, factor))

    assert one is not None
    assert other is not None
    assert one.gini == pytest.approx(other.gini, abs=1e-9)
    assert one.top_share == pytest.approx(other.top_share)
