"""What if, and exceptions: following up on a case that the artifact gets wrong."""

from __future__ import annotations

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.induction import tells_apart
from seci.externalization.induction.what_if import bisection, next_what_if

ATTRIBUTES = tuple(Attribute(key, key, "number") for key in ("a", "b", "c", "d"))
PASSING = Case("low", {"a": 0.0, "b": 0.0, "c": 0.0, "d": 0.0})
SURPRISE = Case("high", {"a": 8.0, "b": 8.0, "c": 8.0, "d": 8.0})


def policy(case: Case) -> str:
    return "no" if float(case.values["c"] or 0) > 3 else "yes"


def start() -> list[Judgement]:
    return [Judgement(PASSING, "yes", predicted="yes"), Judgement(SURPRISE, "no", predicted="yes")]


def test_bisection_finds_the_attribute_and_narrows_its_range_by_verdicts_alone() -> None:
    judged = start()
    asked: list[Case] = []
    while (case := bisection(ATTRIBUTES, judged, 1)) is not None:
        assert case.source == "what_if"
        asked.append(case)
        judged.append(Judgement(case, policy(case)))
    assert 3 <= len(asked) <= 6
    no = [float(one.case.values["c"] or 0) for one in judged if one.outcome == "no"]
    yes = [float(one.case.values["c"] or 0) for one in judged if one.outcome == "yes"]
    assert max(yes) <= 3 < min(no)
    assert min(no) - max(yes) <= 2
    last = asked[-1].values
    near = next(one.case.values for one in judged if one.outcome != policy(asked[-1]) and one.case.id != asked[-1].id)
    assert last != near


def test_an_impossible_case_ends_the_bisection() -> None:
    first = bisection(ATTRIBUTES, start(), 1)
    assert first is not None
    assert bisection(ATTRIBUTES, start(), 1, avoid={first.id}) is None


def test_one_surprise_may_be_a_slip_and_is_not_followed_up() -> None:
    judged = start()
    assert next_what_if(ATTRIBUTES, judged, ["yes", "yes"]) is None
    again = [*judged, Judgement(Case("high2", {"a": 9.0, "b": 8.0, "c": 8.0, "d": 8.0}), "no", predicted="yes")]
    assert next_what_if(ATTRIBUTES, again, ["yes", "yes", "yes"]) is not None
    assert next_what_if(ATTRIBUTES, again, ["yes", "no", "no"]) is None


def test_what_tells_a_case_apart_holds_of_it_and_of_no_cornerstone() -> None:
    found = tells_apart(ATTRIBUTES, SURPRISE, [PASSING, Case("mid", {"a": 5.0, "b": 9.0, "c": 8.0, "d": 1.0})])
    assert [one.attribute for one in found] == ["a", "d"]
    assert all(one.holds(SURPRISE.values) and not one.holds(PASSING.values) for one in found)
