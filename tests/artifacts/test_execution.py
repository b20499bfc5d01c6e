from __future__ import annotations

import pytest

from seci.artifacts.bodies import (
    ASK_EXPERT,
    Checklist,
    Criterion,
    Flowchart,
    Item,
    Level,
    Line,
    Matrix,
    Scorecard,
    Symbol,
)
from seci.artifacts.condition import Condition
from seci.artifacts.execution import evaluate
from seci.artifacts.trace import why
from seci.kit.errors import BadInput
from tests.artifacts.samples import CARD, CHANGED, HOLD, MISSING


def test_a_tree_answers_with_its_way_and_says_why() -> None:
    trace = evaluate(HOLD, {"changed": True, "missing": 7.4, "load": "daily"})
    assert trace.outcome == "hold"
    assert trace.path == ("n1", "n2", "n3", "n5")
    assert why(trace) == (
        "hold, because source changed is yes, missing values 7.4 % > 5.2 % and kind of load is daily, not backfill."
    )


def test_the_reason_given_at_the_end_is_told_too() -> None:
    trace = evaluate(HOLD, {"changed": True, "missing": 40, "load": "backfill"})
    assert trace.outcome == "ship"
    assert why(trace).endswith("kind of load is backfill (a backfill is checked twice anyway).")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "source changed is not known"),
        ({"changed": True}, "missing values is not known"),
        ({"changed": True, "missing": 40.1}, "missing values 40.1 % lies above 40, the highest that was judged"),
        ({"changed": True, "missing": -1}, "missing values −1 % lies below 0, the lowest that was judged"),
        ({"changed": True, "missing": "many"}, "missing values is many, not a number"),
        ({"changed": True, "missing": float("nan")}, "missing values is not known"),
        ({"changed": "yes"}, "source changed is yes, neither yes nor no"),
        ({"changed": True, "missing": 9, "load": "hourly"}, "kind of load is hourly, which nobody has judged"),
    ],
)
def test_it_asks_the_expert_outside_what_was_seen_or_said(values: dict[str, object], reason: str) -> None:
    trace = evaluate(HOLD, values)  # type: ignore[arg-type]
    assert trace.outcome == ASK_EXPERT
    assert trace.because == reason
    assert reason in why(trace)


def test_an_unknown_value_takes_its_own_branch() -> None:
    trace = evaluate(HOLD, {"changed": True, "missing": 9})
    assert (trace.outcome, trace.path[-1], trace.unknown) == ("hold", "n6", ("load",))


def test_only_what_is_asked_on_the_way_has_to_be_in_range() -> None:
    assert evaluate(HOLD, {"changed": False, "missing": 900}).outcome == "ship"


def test_a_scorecard_adds_up_what_holds() -> None:
    trace = evaluate(CARD, {"missing": 9, "changed": True, "load": "replay"})
    assert (trace.outcome, trace.score, trace.settled) == ("look", 2.5, True)
    assert why(trace) == (
        "look, because the sum is 2.5, at least 1.5 and below 3: missing values 9 % > 5.2 % (+2), "
        "source changed is yes (+1.5), kind of load is replay (−1)."
    )


def test_a_scorecard_leaves_out_what_is_not_known_and_says_whether_that_could_turn_it() -> None:
    open_answer = evaluate(CARD, {"missing": 9, "load": "daily"})
    assert (open_answer.outcome, open_answer.unknown, open_answer.settled) == ("look", ("changed",), False)
    assert why(open_answer).endswith("; what is not known could still turn it.")
    assert evaluate(CARD, {"missing": 1, "changed": False}).settled


def test_points_add_up_as_they_do_on_paper() -> None:
    items = tuple(Item(f"i{at}", Condition("changed", "is", True), points) for at, points in enumerate((0.1, 0.2)))
    card = Scorecard("?", (CHANGED,), ("no", "yes"), items, (0.3,))
    assert evaluate(card, {"changed": True}).outcome == "yes"


CHART = Flowchart(
    "Is it late?",
    "a",
    (
        Symbol(
            "a",
            "How much is missing?",
            "question",
            (Line("b", "much", Condition("missing", ">", 5)), Line("c", "little", Condition("missing", "<=", 5))),
        ),
        Symbol("b", "Wait an hour", lines=(Line("a"),)),
        Symbol("c", "Load it", "end"),
    ),
    (MISSING,),
)


def test_a_flowchart_goes_as_far_as_the_case_decides() -> None:
    assert evaluate(CHART, {"missing": 2}).outcome == "Load it"
    looped = evaluate(CHART, {"missing": 9})
    assert (looped.outcome, looped.because) == (ASK_EXPERT, "the way comes back to How much is missing?")
    assert evaluate(CHART, {}).because == "missing values is not known"


def test_a_matrix_takes_the_weighted_mean() -> None:
    levels = (Level("poor", 1), Level("good", 3))
    matrix = Matrix(
        "?", (Criterion("a", "Fit", levels, 3), Criterion("b", "Cost", levels)), (), ("leave it", "take it"), (2.5,)
    )
    trace = evaluate(matrix, {"a": "good", "b": "poor"})
    assert (trace.outcome, trace.score) == ("take it", 2.5)
    assert evaluate(matrix, {"a": "good"}).because == "Cost is not known"


def test_a_checklist_is_not_asked_for_an_outcome() -> None:
    with pytest.raises(BadInput, match="step by step"):
        evaluate(Checklist("?", ()), {})
