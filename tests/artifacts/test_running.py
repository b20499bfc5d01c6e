from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import (
    Blank,
    Check,
    Checklist,
    Criterion,
    Flowchart,
    Level,
    Line,
    Matrix,
    Option,
    Runbook,
    Score,
    Step,
    Symbol,
    Template,
)
from seci.artifacts.condition import Condition
from seci.artifacts.ranking import rank
from seci.artifacts.running import Mark, Position, advance, begin, fill, stand
from seci.artifacts.walk import nodes
from seci.kit.errors import BadInput
from tests.artifacts.inventing import checklists
from tests.artifacts.samples import CHANGED, MISSING

LIST = Checklist(
    "Data feels dirty",
    (
        Check("rows", "Count the rows"),
        Check("nulls", "Share of missing values", "value", expected=Condition("missing", "<=", 5)),
        Check("schema", "Compare the schema", "evidence", when=(Condition("changed", "is", True),)),
        Check("plot", "Look at a plot", required=False),
    ),
    (MISSING, CHANGED),
    ordered=True,
)


def test_a_list_is_complete_when_everything_that_applies_is_done_and_passed() -> None:
    calm = stand(LIST, [Mark("rows"), Mark("nulls", 3.0)], {"changed": False})
    assert calm.is_complete
    assert (calm.not_needed, calm.omitted, calm.breaches) == (("schema",), ("plot",), ())
    changed = stand(LIST, [Mark("rows"), Mark("nulls", 3.0)], {"changed": True})
    assert changed.open == ("schema",)


def test_what_may_apply_stays_open() -> None:
    assert stand(LIST, [], {}).open == ("rows", "nulls", "schema")


def test_a_reading_that_does_not_pass_is_told_with_its_reason() -> None:
    found = stand(LIST, [Mark("rows"), Mark("nulls", 7.4)], {"changed": False})
    assert found.failed == (("nulls", "missing values 7.4 % > 5 %"),)
    assert not found.is_complete


def test_a_tick_without_its_value_or_evidence_proves_nothing() -> None:
    found = stand(LIST, [Mark("rows"), Mark("nulls"), Mark("schema", note=" ")], {"changed": True})
    assert found.unproven == ("nulls", "schema")


def test_an_item_ticked_before_its_turn_is_a_breach() -> None:
    found = stand(LIST, [Mark("nulls", 3.0), Mark("rows"), Mark("plot")], {"changed": False})
    assert found.breaches == (("nulls", "rows"),)
    assert found.is_complete


def test_a_tick_on_an_unknown_item_is_refused() -> None:
    with pytest.raises(BadInput, match="has no item 'x'; it has rows, nulls, schema, plot"):
        stand(LIST, [Mark("x")])


@given(checklists(), st.data())
@settings(max_examples=40, deadline=None)
def test_every_item_stands_in_just_one_place(checklist: Checklist, data: st.DataObject) -> None:
    ids = [item.id for item in checklist.items]
    marks = [Mark(name) for name in data.draw(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([]))]
    found = stand(checklist, marks)
    assert sorted([*found.done, *found.open, *found.omitted, *found.not_needed]) == sorted(ids)


BOOK = Runbook(
    "Late load",
    (
        Step("look", "Look at the queue", "it is empty"),
        Step("wait", "Wait", "rows arrive", when=(Condition("changed", "is", False),)),
        Step("restart", "Restart", "green", on_failure="look", escalate="data lead"),
    ),
    attributes=(CHANGED,),
)


def walk(body: Runbook | Flowchart, *answers: str, **values: bool) -> Position:
    position = begin(body, values)
    for answer in answers:
        position = advance(body, position, answer, values)
    return position


def test_a_runbook_passes_over_steps_that_do_not_apply() -> None:
    assert walk(BOOK, "done", changed=True).at == "restart"
    assert walk(BOOK, "done", changed=False).at == "wait"
    assert walk(BOOK, "done", "done", changed=True) == Position(None, ("look", "restart"), "done")


def test_a_failure_goes_back_once_and_then_calls_somebody() -> None:
    assert walk(BOOK, "done", "failed", changed=True).at == "look"
    assert walk(BOOK, "done", "failed", "done", "failed", changed=True).ended == "escalate: data lead"
    assert walk(BOOK, "failed", changed=True).ended == "failed"


def test_an_answer_after_the_end_and_one_that_is_none_are_refused() -> None:
    with pytest.raises(BadInput, match="is over"):
        advance(BOOK, Position(None, (), "done"), "done")
    with pytest.raises(BadInput, match="done or failed"):
        walk(BOOK, "perhaps")


CHART = Flowchart(
    "?",
    "late",
    (
        Symbol("late", "Is it late?", "question", (Line("wait", "yes"), Line("load", "no"))),
        Symbol("wait", "Wait", lines=(Line("late"),)),
        Symbol("load", "Load it", "end"),
    ),
)


def test_a_flowchart_is_walked_by_its_labels_round_and_round() -> None:
    assert walk(CHART, "Yes ", "", "no") == Position(None, ("late", "wait", "late", "load"), "Load it")
    with pytest.raises(BadInput, match="“Is it late\\?” leads on by yes, no; 'maybe' is none of these"):
        walk(CHART, "maybe")


def test_lists_say_a_chart_in_its_own_words() -> None:
    assert next(nodes(CHART)).words == "Is it late? yes → Wait; no → Load it"
    told = Checklist("?", (Check("dates", "Look at the dates.", "evidence", required=False), Check("rows", "Count.")))
    said = Checklist("?", (Check("nulls", "Missing values ≤ 5 %", expected=Condition("missing", "<=", 5)),), (MISSING,))
    assert [node.words for node in nodes(said)] == ["Missing values ≤ 5 %"]
    assert [node.words for node in nodes(told)] == ["Look at the dates, with evidence, if it helps", "Count."]


FORM = Template(
    "Set up a project",
    (
        Blank("owner", "Owner", help="who answers for it"),
        Blank("budget", "Budget", "number", unit="h"),
        Blank("start", "Start", "date"),
        Blank("kind", "Kind", "choice", options=("batch", "online")),
        Blank("live", "Goes live", "yes_no", required=False),
    ),
)


def test_a_filled_template_says_what_is_not_right_yet() -> None:
    good = {"owner": "data lead", "budget": "1,5", "start": "2026-11-21", "kind": "batch"}
    assert fill(FORM, good).is_complete
    bad = fill(FORM, {"budget": "much", "start": "soon", "kind": "Batch", "live": "perhaps"})
    assert list(bad.faults.values()) == [
        "Owner is empty; who answers for it.",
        "Budget is a number in h; 'much' is none.",
        "Start is a day; write it as 2026-01-31.",
        "Kind is one of batch, online; 'Batch' is none of them.",
        "Goes live is yes or no; 'perhaps' is neither.",
    ]
    with pytest.raises(BadInput, match="no blank 'x'"):
        fill(FORM, {"x": "1"})


def test_options_are_ranked_and_one_that_is_not_judged_is_not_the_worst() -> None:
    levels = (Level("poor", 1), Level("good", 3))
    matrix = Matrix(
        "?",
        (Criterion("fit", "Fit", levels, 3), Criterion("cost", "Cost", levels)),
        (
            Option("a", "A", (Score("fit", "poor"), Score("cost", "good"))),
            Option("b", "B", (Score("fit", "good"),)),
            Option("c", "C", (Score("fit", "good"), Score("cost", "poor"))),
        ),
        ("no", "yes"),
        (2,),
    )
    assert [(one.option, one.total, one.outcome, one.lacking) for one in rank(matrix)] == [
        ("c", 2.5, "yes", ()),
        ("a", 1.5, "no", ()),
        ("b", None, None, ("cost",)),
    ]
