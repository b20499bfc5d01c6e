from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.externalization.measuring.conversion import GROUPS, Group, Trial, conversion, read_trials
from seci.kit.errors import BadInput


def trials(alone: int, aided: int, expert: int, n: int = 100) -> list[Trial]:
    """Of n cases each, so many right answers in each group."""
    right: dict[Group, int] = {"alone": alone, "aided": aided, "expert": expert}
    return [Trial(f"case {one}", group, one < right[group]) for group in GROUPS for one in range(n)]


def test_the_planted_gain_comes_back() -> None:
    found = conversion(trials(50, 80, 90))
    assert found.gain.value == pytest.approx(0.75)
    assert found.counts == {"alone": (50, 100), "aided": (80, 100), "expert": (90, 100)}
    assert (found.gain.n, found.gain.of, found.gain.status) == (100, "cases", "proposal")
    assert found.gain.low is not None
    assert found.gain.high is not None
    assert found.gain.low <= 0.75 <= found.gain.high
    assert "75%" in found.sentence


@pytest.mark.parametrize(("aided", "gain"), [(30, 0.0), (50, 0.0), (90, 1.0), (97, 1.0)])
def test_the_gain_is_clipped_at_both_ends(aided: int, gain: float) -> None:
    assert conversion(trials(50, aided, 90)).gain.value == gain


@pytest.mark.parametrize(("alone", "expert"), [(90, 90), (85, 90), (90, 60)])
def test_where_nothing_was_to_be_converted_the_gain_is_unknown_and_never_zero(alone: int, expert: int) -> None:
    found = conversion(trials(alone, 88, expert))
    assert not found.gain.known
    assert found.gain.n == 100
    assert "Unknown" in found.sentence


def test_a_tenth_apart_is_just_enough() -> None:
    assert conversion(trials(80, 85, 90)).gain.value == pytest.approx(0.5)


def test_few_cases_give_no_interval() -> None:
    found = conversion(trials(1, 2, 4, n=4))
    assert found.gain.known
    assert found.gain.low is None
    assert "too few" in found.sentence


def test_more_cases_make_the_interval_narrower_and_it_covers_the_truth() -> None:
    few, many = conversion(trials(10, 16, 18, n=20)).gain, conversion(trials(200, 320, 360, n=400)).gain
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert many.high - many.low < few.high - few.low
    assert few.low <= 0.75 <= few.high


def test_several_answers_to_one_case_are_drawn_together() -> None:
    """Ten novices on four cases are four cases: the interval is as wide as for one novice, not narrower."""
    once = trials(4, 7, 9, n=10)
    often = [trial for trial in once for _ in range(10)]
    one, ten = conversion(once).gain, conversion(often).gain
    assert (ten.n, ten.low, ten.high) == (one.n, one.low, one.high)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(GROUPS), st.booleans()), min_size=1, max_size=60))
def test_the_gain_is_between_0_and_1_or_unknown(rows: list[tuple[int, Group, bool]]) -> None:
    given_ = [Trial(str(case), group, right) for case, group, right in rows]
    if {trial.group for trial in given_} != set(GROUPS):
        with pytest.raises(BadInput, match="Nobody answered"):
            conversion(given_)
        return
    gain = conversion(given_).gain
    assert gain.value is None or 0 <= gain.value <= 1
    if gain.low is not None and gain.high is not None:
        assert 0 <= gain.low <= gain.high <= 1


def test_trials_are_read_from_a_table_and_a_wrong_line_is_named() -> None:
    found = read_trials("case,group,right\na,alone,no\na,Aided,yes\nb,expert,1\n")
    assert found == (Trial("a", "alone", False), Trial("a", "aided", True), Trial("b", "expert", True))
    for text, said in (
        ("case,who\n", "columns case, group and right"),
        ("case,group,right\na,team,yes\n", "Line 2.*group"),
        ("case,group,right\na,alone,maybe\n", "Line 2.*right"),
        ("case,group,right\n,alone,yes\n", "Line 2.*no name"),
    ):
        with pytest.raises(BadInput, match=said):
            read_trials(text)
