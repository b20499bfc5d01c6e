"""Whom to add so that knowledge spreads: the expected gain, and when nobody is worth asking."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.cycle.learners import COMPARED, FIRST_STEP, WORTH, Budget, Candidates, best, gains, learner, matrix, need
from seci.kit.ids import seeded
from seci.spiral.files_at_risk import Knowers, knowers

chances = st.lists(st.floats(0.0, 0.9), min_size=1, max_size=5)


def candidates(*rows: tuple[int, int, int, int]) -> Candidates:
    """(person, months, events, load) rows, persons ascending."""
    return Candidates(*(np.array([row[i] for row in rows], int) for i in range(4)))


def known(*pairs: tuple[int, int]) -> Knowers:
    file, person = (np.array([pair[i] for pair in pairs], int) for i in (0, 1))
    return knowers(file, person, np.zeros(len(pairs), int))


STEADY_THREE = candidates((1, 12, 100, 0), (2, 12, 100, 0), (3, 12, 100, 0))
NOBODY = Knowers(*(np.zeros(0, int),) * 3)


@settings(deadline=None, max_examples=60)
@given(chances)
def test_need_is_the_chance_that_one_stays_and_half_that_nobody_does(here: list[float]) -> None:
    none = one = 0.0
    for stays in product((False, True), repeat=len(here)):
        chance = float(np.prod([h if s else 1 - h for h, s in zip(here, stays, strict=True)]))
        none += chance * (sum(stays) == 0)
        one += chance * (sum(stays) == 1)
    knows = np.ones((1, len(here)), bool)
    assert need(knows, np.array(here))[0] == pytest.approx(one + FIRST_STEP * none)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 5))
def test_knowing_more_of_a_change_never_makes_one_a_better_learner(files: int, knows: int) -> None:
    already = np.zeros((files, 3), bool)
    fewer, _ = gains(already, STEADY_THREE, np.array([1]))
    already[: min(knows, files), 2] = True
    more, _ = gains(already, STEADY_THREE, np.array([1]))
    assert more[2] <= fewer[2] + 1e-12


def test_whoever_takes_part_gains_nothing_by_being_added() -> None:
    gain, _ = gains(np.zeros((2, 3), bool), STEADY_THREE, np.array([1, 3]))
    assert gain[0] == gain[2] == 0.0
    assert gain[1] > 0


def test_the_steady_one_is_asked_before_the_passer_by() -> None:
    people = candidates((1, 12, 100, 0), (2, 1, 1, 0), (3, 11, 80, 0))
    found = learner(NOBODY, np.arange(4), people, np.array([1]), least=0.1)
    assert found is not None
    assert found.person == 3
    assert found.files == (0, 1, 2, 3)
    assert "active in 11 of the last 12 months" in found.reasons[2]


def test_nobody_is_proposed_where_enough_people_know_the_files() -> None:
    everybody = [(file, person) for file in range(3) for person in range(1, 8)]
    people = candidates(*((person, 12, 200, 0) for person in range(1, 9)))
    assert learner(known(*everybody), np.arange(3), people, np.array([1])) is None


def test_nobody_is_proposed_where_nobody_can_be_asked() -> None:
    assert learner(NOBODY, np.arange(3), candidates(), np.array([1])) is None
    assert learner(NOBODY, np.zeros(0, int), STEADY_THREE, np.array([1])) is None
    assert learner(NOBODY, np.arange(3), STEADY_THREE, np.array([1, 2, 3])) is None


def test_an_overfull_week_gives_way_to_an_equal_with_room() -> None:
    people = candidates((1, 12, 104, 12), (2, 12, 104, 4))
    assert best(np.array([1.0, 1.0]), people) == 1


def test_asking_for_a_larger_gain_proposes_less() -> None:
    assert learner(NOBODY, np.arange(2), STEADY_THREE, np.array([1]), least=0.1) is not None
    assert learner(NOBODY, np.arange(2), STEADY_THREE, np.array([1]), least=5.0) is None


def test_someone_not_active_lately_still_counts_as_a_knower_of_what_they_change() -> None:
    alone, _ = gains(np.zeros((1, 3), bool), STEADY_THREE, np.array([1]))
    with_stranger, _ = gains(np.zeros((1, 3), bool), STEADY_THREE, np.array([1, 99]))
    assert 0 < with_stranger[1] != alone[1]


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.floats(0.01, 0.3))
def test_a_budget_is_kept_whatever_the_gains_are(seed: int, share: float) -> None:
    budget, asked, draws = Budget(share), 0, seeded(seed)
    for _ in range(1_000):
        gain = draws.expovariate(0.5)
        asked += gain > budget.least
        budget.note(gain)
    assert asked <= (1_000 + COMPARED) * share * 1.2 + 10


def test_what_is_left_of_a_budget_can_be_used_later() -> None:
    budget = Budget(0.1)
    for _ in range(COMPARED):
        budget.note(0.0)
    burst = [gain > budget.least for gain in (2.0,) * 20 if budget.note(gain) is None]
    assert all(burst)


def test_where_hardly_any_change_gains_the_budget_asks_for_no_more_than_before() -> None:
    budget = Budget()
    for n in range(1_000):
        budget.note(3.0 if n % 50 == 0 else 0.1)
    assert budget.least == WORTH


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), max_size=40),
    st.sets(st.integers(0, 9), min_size=1),
    st.sets(st.integers(0, 6), min_size=1),
)
def test_the_matrix_says_of_each_pair_whether_it_is_known(
    pairs: list[tuple[int, int]], files: set[int], people: set[int]
) -> None:
    knows = matrix(known(*pairs) if pairs else NOBODY, np.array(sorted(files)), np.array(sorted(people)))
    assert knows.tolist() == [[(file, who) in pairs for who in sorted(people)] for file in sorted(files)]
