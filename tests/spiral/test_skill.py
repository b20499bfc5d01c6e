from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.clock import DAY
from seci.kit.ids import seeded
from seci.ledger.kinds import Kind
from seci.spiral.skill import HALF_LIFE_DAYS, Posterior, Scored, ability, is_independent, posterior

NOW = 20_000 * DAY


def done(
    score: float = 1.0, *, days: float = 0, pressure: int = 2, aid: str = "none", kind: Kind = Kind.APPLY
) -> Scored:
    return Scored(NOW - round(days * DAY), kind, score, pressure, aid)  # type: ignore[arg-type]


def test_four_straight_successes_alone_suffice_and_three_do_not() -> None:
    assert is_independent([done()] * 4, NOW)
    assert is_independent([done()] * 3, NOW) is False
    assert Posterior(4, 1, 3).above(0.6) >= 0.8  # three suffice for six of ten
    assert Posterior(3, 1, 2).above(0.6) < 0.8
    assert Posterior(8, 1, 7).above(0.8) >= 0.8  # seven for eight of ten
    assert Posterior(7, 1, 6).above(0.8) < 0.8


def test_exercises_and_help_never_make_anybody_independent() -> None:
    assert is_independent([done(pressure=1)] * 50, NOW) is None
    assert is_independent([done(aid="artifact")] * 50, NOW) is None
    assert is_independent([done(kind=Kind.PRACTICE, pressure=3)] * 50, NOW) is None


def test_evidence_halves_in_its_half_life_and_weighs_by_pressure() -> None:
    assert posterior([done(pressure=1, days=HALF_LIFE_DAYS)], NOW).a == pytest.approx(1.5)
    assert posterior([done(pressure=3)], NOW).a == pytest.approx(3.0)
    assert posterior([done(0.25, pressure=0)], NOW).b == pytest.approx(1 + 0.5 * 0.75)
    assert is_independent([done(days=3 * HALF_LIFE_DAYS)] * 4, NOW) is False


def test_who_knows_and_does_not_yet_do_has_a_gap() -> None:
    found = ability([*[done(kind=Kind.PRACTICE, pressure=0)] * 20, *[done(0.0)] * 6], NOW)
    assert found.gap is not None
    assert found.gap > 0.5
    assert found.independent is False
    assert (found.skill.n, found.understanding.n, found.alone) == (6, 20, 6)


def test_what_was_never_scored_is_unknown_and_not_zero() -> None:
    found = ability([], NOW)
    assert (found.skill.value, found.understanding.value, found.gap, found.independent) == (None, None, None, None)
    only = ability([done(kind=Kind.PRACTICE, pressure=0)], NOW)
    assert only.skill.value is None
    assert only.gap is None


@given(st.floats(0.2, 0.95), st.integers(0, 1_000))
def test_a_planted_skill_is_found_within_its_interval(truth: float, seed: int) -> None:
    draw = seeded("planted skill", round(truth, 3), seed)
    found = ability([done(float(draw.random() < truth)) for _ in range(400)], NOW)
    assert found.skill.value == pytest.approx(truth, abs=0.12)


def test_the_interval_holds_the_planted_skill_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        draw = seeded("coverage of skill", seed)
        truth = draw.random()
        shown = ability([done(float(draw.random() < truth), pressure=1) for _ in range(30)], NOW).skill
        assert shown.low is not None
        assert shown.high is not None
        held += shown.low <= truth <= shown.high
    assert 0.72 <= held / 200 <= 0.88


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), max_size=20), st.integers(0, 3))
def test_one_more_success_never_lowers_skill(past: list[tuple[float, int]], pressure: int) -> None:
    before = [done(score, pressure=alarm) for score, alarm in past]
    assert posterior([*before, done(pressure=pressure)], NOW).mean >= posterior(before, NOW).mean - 1e-12
