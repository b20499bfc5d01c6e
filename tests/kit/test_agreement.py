from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.kit.agreement import agreement, alpha

# Krippendorff (2011), example C: four observers, twelve units, missing ratings.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_the_published_example_gives_the_published_values() -> None:
    assert alpha(PUBLISHED) == pytest.approx(0.743, abs=5e-4)
    assert alpha(PUBLISHED, "ordinal") == pytest.approx(0.815, abs=5e-4)


def test_all_alike_says_nothing_and_one_rater_says_nothing() -> None:
    assert alpha([["hold"] * 4, ["hold"] * 4]) is None
    assert alpha([["hold", "ship", "hold"]]) is None
    assert agreement([]).value is None


def test_perfect_agreement_is_one_and_opposite_verdicts_are_below_zero() -> None:
    assert alpha([["a", "b", "a"], ["a", "b", "a"]]) == 1
    opposite = alpha([["a", "b"] * 5, ["b", "a"] * 5])
    assert (opposite or 0) < 0


def test_the_order_given_decides_how_far_two_levels_are_apart() -> None:
    ratings = [["low", "high", "medium", "low"], ["low", "high", "high", "medium"]]
    in_order = alpha(ratings, "ordinal", ["low", "medium", "high"])
    by_alphabet = alpha(ratings, "ordinal")
    assert (in_order or 0) > (by_alphabet or 0)


def test_the_interval_holds_the_value_and_repeats() -> None:
    figure = agreement(PUBLISHED, seed=3)
    assert (figure.low or 0) <= (figure.value or 0) <= (figure.high or 0) < 1
    assert figure == agreement(PUBLISHED, seed=3)
    assert figure.n == 11, "the twelfth unit has one rating"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from([None, 1, 2, 3]), min_size=n, max_size=n), min_size=2, max_size=5)
    ),
    st.sampled_from(["nominal", "ordinal"]),
)
def test_it_agrees_with_the_reference_package(ratings: list[list[int | None]], level: str) -> None:
    ours = alpha(ratings, level)  # type: ignore[arg-type]
    data = np.array([[np.nan if one is None else one for one in rater] for rater in ratings], float)
    if ours is None:
        return
    theirs = krippendorff.alpha(
        reliability_data=data,
        level_of_measurement=level,  # type: ignore[arg-type]
        value_domain=[1, 2, 3],
    )
    assert ours == pytest.approx(theirs, abs=1e-9)
