from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.challenges.looking import findings
from seci.internalization.challenges.trigger import (
    Answered,
    binomial_tail,
    of_drift,
    of_learners,
    of_panel,
    of_panels,
    of_readers,
    of_work,
)


def test_a_panel_that_does_not_agree_speaks_against_the_node_and_one_that_does_not() -> None:
    found = of_panel(7, "n2", ["hold", "use", "hold", "use", "ask"])
    assert found is not None
    assert (found.trigger, found.node, found.case) == ("panel", "n2", 7)
    assert of_panel(7, "n2", ["hold", "hold", "hold", "use", "ask"]) is None
    assert of_panel(7, "n2", ["hold", "use"]) is None, "two people are no panel"


def test_experts_who_agree_no_better_than_chance_over_several_cases_are_found() -> None:
    apart = {1: {1: "a", 2: "b", 3: "b"}, 2: {1: "b", 2: "a", 3: "a"}, 3: {1: "a", 2: "b", 3: "a"}}
    assert of_panels("n1", apart) is not None
    assert of_panels("n1", {case: dict.fromkeys((1, 2, 3), "ab"[case % 2]) for case in (1, 2, 3, 4)}) is None


def test_strong_learners_who_agree_on_another_answer_turn_the_question_around() -> None:
    strong, weak = [Answered("use", 0.9)] * 4, [Answered("hold", 0.3)] * 10
    found = of_learners(3, "n2", "hold", [*strong, *weak])
    assert found is not None
    assert found.evidence["option"] == "use"
    assert of_learners(3, "n2", "hold", strong[:1]) is None, "one slip is no convergence"
    assert of_learners(3, "n2", "hold", [Answered("use", 0.4)] * 20) is None, "weak learners prove nothing"
    assert of_learners(3, "n2", "hold", [Answered("use", None)] * 20) is None, "unknown is not strong"


def test_a_case_on_which_skill_hurts_is_found() -> None:
    upside_down = [Answered("use" if skill > 4 else "hold", skill / 10) for skill in range(12)][:8]
    answers = [*upside_down, *(Answered("hold", 0.1) for _ in range(6))]
    assert of_learners(3, "n2", "hold", answers) is not None
    right = [Answered("hold" if skill > 3 else "use", skill / 10) for skill in range(8)] * 2
    assert of_learners(3, "n2", "hold", right) is None


@pytest.mark.parametrize(
    ("left", "went", "followed", "trigger"),
    [
        (True, True, None, "bypass"),
        (True, False, None, None),
        (False, False, True, "outcome"),
        (False, True, False, "outcome"),
        (False, True, True, None),
        (False, False, False, None),
        (False, True, None, None),
    ],
)
def test_work_speaks_against_an_artifact_when_it_went_the_other_way(
    left: bool, went: bool, followed: bool | None, trigger: str | None
) -> None:
    found = of_work(1, "alarm", type_="runbook", left=left, went=went, followed=followed, node="s1", reason="x")
    assert (found.trigger if found else None) == trigger


def test_an_expert_who_judges_otherwise_by_now_and_readers_who_miss_the_same_are_found() -> None:
    assert of_drift(1, "n1", "hold", "hold", "use") is not None
    assert of_drift(1, "n1", "hold", "use", "hold") is None, "coming to the key is no drift from it"
    assert of_readers("n1", "late data", 2, 3) is not None
    assert of_readers("n1", "late data", 1, 2) is None


def test_what_is_searched_names_each_case_once_with_what_speaks_against_it() -> None:
    panel = [(1, "n1", person, 1, option) for person, option in enumerate("abc")]
    panel += [(2, "n1", person, 1, "a") for person in range(3)] + [(2, "n1", 0, 2, "b")]
    assert [(one.trigger, one.case) for one in findings(panel, [], {1: "a", 2: "a"})] == [("panel", 1), ("drift", 2)]


@given(st.integers(1, 40), st.floats(0.01, 0.99), st.data())
def test_the_tail_of_the_binomial_is_a_probability_that_falls(n: int, p: float, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n))
    assert 0 <= binomial_tail(k, n, p) <= binomial_tail(k - 1, n, p) <= 1 + 1e-9
    assert binomial_tail(0, n, p) == pytest.approx(1)
