"""Gates open for behavior alone, and say exactly why they stay shut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.calibration import calibration
from seci.internalization.gates import LIGHT, STANDARD, Critical, Gate, SealedAnswer, judge, threshold
from seci.internalization.kappa import kappa, wilson_lower

OPTIONS = ("hold", "ship", "ask")
verdicts = st.lists(st.tuples(st.sampled_from(OPTIONS), st.sampled_from(OPTIONS)), min_size=1, max_size=60)


def sitting(cases: int, wrong: int = 0, **fields: object) -> list[SealedAnswer]:
    """So many answers, the first `wrong` of them wrong."""
    keys = [OPTIONS[place % 3] for place in range(cases)]
    return [
        replace(SealedAnswer(OPTIONS[(place + 1) % 3] if place < wrong else key, key), **fields)  # type: ignore[arg-type]
        for place, key in enumerate(keys)
    ]


@given(verdicts)
def test_the_bound_is_below_kappa_and_kappa_is_at_most_one(pairs: list[tuple[str, str]]) -> None:
    found = kappa([one for one, _ in pairs], [other for _, other in pairs])
    assert found is not None
    if found.kappa is None:
        assert found.chance == 1
    else:
        assert found.lower is not None
        assert found.lower <= found.kappa <= 1


@given(verdicts)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    ours = kappa([one for one, _ in pairs], [other for _, other in pairs])
    assert ours is not None
    if ours.kappa is not None:
        theirs = cohen_kappa_score([one for one, _ in pairs], [other for _, other in pairs], labels=OPTIONS)
        assert ours.kappa == pytest.approx(theirs)


def test_without_cases_there_is_no_kappa() -> None:
    assert kappa([], []) is None


@pytest.mark.parametrize(("right", "of", "bound"), [(9, 10, 0.65), (18, 20, 0.74), (20, 20, 0.88)])
def test_the_bound_of_a_share_is_wilsons(right: int, of: int, bound: float) -> None:
    assert wilson_lower(right / of, of) == pytest.approx(bound, abs=0.01)


def test_a_gate_opens_when_the_bound_is_above_the_threshold() -> None:
    result = judge(Gate.COLD, sitting(40, wrong=4), STANDARD)
    assert result.met is True
    assert result.kappa is not None
    assert result.kappa.is_above(0.6)


def test_a_gate_stays_shut_when_only_the_value_is_above_the_threshold() -> None:
    result = judge(Gate.COLD, sitting(40, wrong=9), STANDARD)
    assert result.kappa is not None
    assert result.kappa.kappa is not None
    assert result.kappa.kappa > 0.6
    assert result.met is False
    assert "more than 0.60 is asked" in result.reasons[0]


def test_too_few_cases_are_not_tested_rather_than_failed() -> None:
    result = judge(Gate.COLD, sitting(39), STANDARD)
    assert result.met is None
    assert "39 cases that can decide" in result.reasons[0]
    assert judge(Gate.COLD, sitting(39), LIGHT).met is True


def test_cases_on_which_the_panel_is_split_decide_nothing() -> None:
    answers = sitting(40) + sitting(10, wrong=10, agreement=0.5)
    result = judge(Gate.COLD, answers, STANDARD)
    assert (result.met, result.undecided) == (True, 10)


def test_always_the_same_answer_shows_nothing_beyond_chance() -> None:
    result = judge(Gate.COLD, [SealedAnswer("hold", "hold")] * 40, STANDARD)
    assert result.met is None
    assert "same answer" in result.reasons[0]


def test_overconfidence_keeps_the_cold_gate_shut_and_only_that() -> None:
    sure = sitting(40, wrong=5, confidence=1.0)
    assert judge(Gate.COLD, sure, STANDARD).met is True
    surer = sitting(40, wrong=6, confidence=1.0)
    assert judge(Gate.COLD, surer[:34] + surer[:6], STANDARD).met is False


def test_slowness_keeps_the_gate_of_pressure_shut() -> None:
    assert judge(Gate.PRESSURE, sitting(30, latency=1.2), STANDARD).met is True
    slow = judge(Gate.PRESSURE, sitting(30, latency=1.3), STANDARD)
    assert slow.met is False
    assert "1.30 times the panel's" in slow.reasons[0]


def test_one_critical_miss_shuts_every_gate() -> None:
    answers = [replace(answer, critical=place == 0) for place, answer in enumerate(sitting(40, wrong=1))]
    assert judge(Gate.COLD, answers, STANDARD).met is False


def test_no_more_is_asked_than_three_quarters_of_what_experts_reach() -> None:
    assert threshold(STANDARD, Gate.COLD, None) == 0.6
    assert threshold(STANDARD, Gate.COLD, 0.9) == 0.6
    assert threshold(STANDARD, Gate.COLD, 0.6) == pytest.approx(0.45)


def test_critical_cases_need_fourteen_without_a_miss() -> None:
    assert Critical(13, 0).met is None
    assert Critical(14, 0).met is True
    assert Critical(30, 1).met is False
    assert Critical(0, 0).upper is None


def test_bias_above_nothing_is_overconfidence() -> None:
    found = calibration([(0.9, False), (0.9, True)])
    assert found is not None
    assert found.bias == pytest.approx(0.4)
    assert calibration([]) is None
