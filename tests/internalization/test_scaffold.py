"""Help fades by rule, comes back by rule, and the learner is told which."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.scaffold import Level, Step, standing

steps = st.builds(
    Step,
    level=st.sampled_from(Level),
    right=st.booleans(),
    day=st.integers(0, 9),
    looked_up=st.booleans(),
    confidence=st.none() | st.floats(0, 1),
    critical=st.booleans(),
)


def at(level: Level, *right: bool, days: int = 2, **fields: object) -> list[Step]:
    return [Step(level, each, place % days, **fields) for place, each in enumerate(right)]  # type: ignore[arg-type]


def test_four_of_five_on_two_days_without_help_go_up() -> None:
    found = standing(at(Level.CLOSED, True, True, False, True, True), Level.CLOSED)
    assert found.level is Level.PRESSURE
    assert found.why.startswith("4 of the last 5 were right, on 2 days")


def test_one_day_is_not_enough() -> None:
    found = standing(at(Level.CLOSED, *[True] * 5, days=1), Level.CLOSED)
    assert (found.level, found.missing) == (Level.CLOSED, "the same on another day")


def test_a_look_keeps_a_learner_where_help_is_at_hand() -> None:
    looked = [*at(Level.ON_REQUEST, True, looked_up=True), *at(Level.ON_REQUEST, *[True] * 4)]
    assert standing(looked, Level.ON_REQUEST).level is Level.ON_REQUEST


def test_overconfidence_keeps_a_learner_down() -> None:
    found = standing(at(Level.CLOSED, True, True, False, True, True, confidence=1.0), Level.CLOSED)
    assert found.level is Level.CLOSED
    assert "confidence" in found.missing


def test_two_misses_in_a_row_or_one_critical_go_down() -> None:
    assert standing(at(Level.CLOSED, False, False), Level.CLOSED).level is Level.ON_REQUEST
    assert standing(at(Level.CLOSED, False, critical=True), Level.CLOSED).level is Level.ON_REQUEST
    assert standing(at(Level.CLOSED, False, True, False), Level.CLOSED).level is Level.CLOSED


def test_two_falls_from_one_level_call_a_coach() -> None:
    fall = at(Level.CLOSED, False, False)
    rise = at(Level.ON_REQUEST, *[True] * 5)
    assert not standing(fall + rise, Level.CLOSED).coach
    assert standing(fall + rise + fall, Level.CLOSED).coach


@given(st.lists(steps, max_size=40), st.sampled_from(Level))
def test_a_level_moves_by_one_and_stays_in_the_house(history: list[Step], start: Level) -> None:
    levels = [standing(history[:end], start).level for end in range(len(history) + 1)]
    assert all(abs(one - other) <= 1 for one, other in pairwise(levels))


@given(st.lists(steps, max_size=40))
def test_attempts_at_another_level_move_nothing(history: list[Step]) -> None:
    others = [step for step in history if step.level is not Level.WORKED]
    assert standing(others).level is Level.WORKED
