"""A round is new to the learner, mixed, and where it helps most."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.memory import Grade, Memory, grade, recall, recalls, review, weaken
from seci.internalization.round import HIGHEST, LENGTH, LOWEST, MOST_OF_ONE, Candidate, Need, compose
from seci.kit.clock import DAY
from seci.kit.ids import seeded

BEGIN = 1_700_000_000_000_000
patterns = [f"p{number}" for number in range(6)]
pool = st.lists(st.tuples(st.sampled_from(patterns), st.floats(0, 1)), max_size=60).map(
    lambda rows: [Candidate(f"c{place}", *row) for place, row in enumerate(rows)]
)


def needs(**changed: Need) -> list[Need]:
    return [changed.get(name, Need(name, 1.0, 0.9, 0.8)) for name in patterns]


@given(pool, st.integers(0, 99))
def test_no_case_comes_twice_and_no_pattern_too_often(candidates: list[Candidate], seed: int) -> None:
    picks = compose(needs(), candidates, seeded(seed))
    assert len({pick.case for pick in picks}) == len(picks) <= LENGTH
    assert {pick.case for pick in picks} <= {candidate.case for candidate in candidates}
    assert max(Counter(pick.pattern for pick in picks).values(), default=0) <= MOST_OF_ONE


@given(pool, st.integers(0, 99))
def test_the_same_seed_gives_the_same_round(candidates: list[Candidate], seed: int) -> None:
    assert compose(needs(), candidates, seeded(seed)) == compose(needs(), candidates, seeded(seed))


def test_what_is_forgotten_and_at_stake_comes_first() -> None:
    candidates = [Candidate(f"{name}-{n}", name, 0.85) for name in patterns for n in range(5)]
    forgotten = Need("p3", 0.0, 0.2, 0.5, stake=2.0)
    picks = compose(needs(p3=forgotten), candidates, seeded(1))
    assert sum(pick.pattern == "p3" and not pick.natural for pick in picks) >= 2


def test_the_chosen_half_keeps_inside_the_band_where_it_can() -> None:
    candidates = [Candidate(f"{name}-{n}", name, n / 10) for name in patterns for n in range(11)]
    success = {candidate.case: candidate.success for candidate in candidates}
    for seed in range(20):
        for pick in compose(needs(), candidates, seeded(seed)):
            assert pick.natural or LOWEST <= success[pick.case] <= HIGHEST


def test_half_a_round_is_drawn_at_natural_frequency() -> None:
    candidates = [Candidate(f"{name}-{n}", name, 0.85) for name in patterns for n in range(9)]
    picks = compose(needs(), candidates, seeded(4))
    assert sum(pick.natural for pick in picks) == LENGTH // 2


def test_grades_come_from_what_was_done() -> None:
    assert grade(False, confidence=1.0) is Grade.AGAIN
    assert grade(True, looked_up=True) is grade(True, over_time=True) is grade(True, confidence=0.5) is Grade.HARD
    assert grade(True) is grade(True, confidence=0.9, latency=1.1) is grade(True, latency=0.5) is Grade.GOOD
    assert grade(True, confidence=0.9, latency=0.9) is Grade.EASY


def test_what_is_remembered_fades_and_lasts_longer_each_time() -> None:
    once = review(None, Grade.GOOD, BEGIN)
    again = review(once, Grade.GOOD, once.due)
    assert recall(None, BEGIN) is None
    fresh, later = recall(once, BEGIN + DAY), recall(once, BEGIN + 30 * DAY)
    assert fresh is not None
    assert later is not None
    assert fresh > later
    assert again.due - again.last > once.due - once.last


def test_a_critical_pattern_comes_back_sooner_and_a_changed_one_at_once() -> None:
    usual, critical = (review(None, Grade.GOOD, BEGIN, critical=each) for each in (False, True))
    assert critical.due <= usual.due
    weak = weaken(usual)
    assert weak.due == weak.last
    assert weak.stability < usual.stability


@given(
    st.lists(
        st.none()
        | st.builds(
            Memory,
            stability=st.floats(0.1, 900),
            difficulty=st.floats(1, 10),
            last=st.integers(0, 20_000 * DAY),
            due=st.just(0),
        ),
        max_size=6,
    ),
    st.integers(0, 21_000 * DAY),
)
def test_many_memories_are_recalled_as_one_by_one(memories: list[Memory | None], at: int) -> None:
    assert recalls(memories, at) == pytest.approx([recall(memory, at) for memory in memories])
