from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.artifacts.bodies import Blank, Flowchart, Guide, Line, Section, Symbol, Template
from seci.internalization.runs.course import Done, active_seconds, choices, fold, runs
from seci.kit.errors import BadInput
from tests.artifacts.making import tree
from tests.internalization.runs.conftest import CHECKLIST, RUNBOOK

CHART = Flowchart(
    "Restore",
    "a",
    (
        Symbol("a", "Is there a copy?", "question", (Line("b", "yes"), Line("c", "no"))),
        Symbol("b", "Play it back", "action", (Line("d"),)),
        Symbol("c", "Call the owner", "end"),
        Symbol("d", "Restored", "end"),
    ),
)
FORM = Template("Hand over", (Blank("t", "Table"), Blank("d", "Day", "date"), Blank("n", "Note", required=False)))


def test_a_runbook_goes_on_where_it_failed_and_ends_with_whom_to_call() -> None:
    course = fold(RUNBOOK, [Done("failed", "s1")])
    assert [spot.state for spot in course.spots] == ["done", "now"]
    course = fold(RUNBOOK, [Done("failed", "s1"), Done("failed", "s2")])
    assert (course.reached, course.complete, course.failed) == ("escalate: the database team", True, ("s1", "s2"))


def test_a_step_that_is_not_the_next_one_is_refused() -> None:
    with pytest.raises(BadInput, match="is at s1"):
        fold(RUNBOOK, [Done("done", "s2")])


def test_a_flowchart_is_answered_by_its_labels_and_reaches_its_end() -> None:
    course = fold(CHART, [Done("answer", "a", "Yes")])
    assert [spot.state for spot in course.spots] == ["done", "now", "open", "open"]
    assert course.spots[0].options == ("yes", "no")
    assert fold(CHART, [Done("answer", "a", "no")]).reached == "Call the owner"


def test_a_template_tells_what_is_wrong_where_something_was_filled_in() -> None:
    course = fold(FORM, [Done("fill", "d", "tomorrow")])
    assert course.failed == ("Day is a day; write it as 2026-01-31.",)
    assert fold(FORM, [Done("fill", "d", "2026-02-01"), Done("fill", "t", "orders")]).complete


def test_taking_back_undoes_the_last_deed_and_no_look_up() -> None:
    moves = [Done("tick", "c1"), Done("look", "c2"), Done("back")]
    course = fold(CHECKLIST, moves)
    assert (course.open, course.looked) == (("c1", "c2"), ("c2",))
    with pytest.raises(BadInput, match="nothing to take back"):
        fold(CHECKLIST, [*moves, Done("back")])


def test_an_item_that_wants_evidence_is_not_done_without() -> None:
    course = fold(CHECKLIST, [Done("tick", "c1"), Done("tick", "c2")])
    assert (course.complete, course.failed, course.share) == (False, ("c2: not proven",), 1.0)


def test_guides_are_read_and_not_run() -> None:
    guide = Guide("How", (Section("s", "One", "Read"),))
    assert not runs(guide)
    assert runs(tree()) and runs(CHECKLIST) and runs(RUNBOOK) and runs(CHART) and runs(FORM)  # noqa: PT018
    with pytest.raises(BadInput, match="is read, not run"):
        fold(guide, [])


def test_what_the_artifact_says_follows_the_facts_and_not_the_decision() -> None:
    course = fold(tree(), [Done("decide", "", "USE"), Done("fact", "nulls", "9 %")])
    assert (course.reached, course.said, course.complete) == ("use", "hold", True)
    assert choices(tree()) == ("use", "hold", "ask the expert")


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30).map(sorted))
def test_time_at_work_counts_no_rest_and_never_more_than_the_clock(instants: list[float]) -> None:
    assert 0 <= active_seconds(instants) <= instants[-1] - instants[0] + 1e-6
    assert active_seconds([0, 60, 100_000]) == 60 + 1800


@given(st.lists(st.sampled_from(["tick", "back", "look"]), max_size=12), st.data())
def test_any_course_of_a_checklist_accounts_for_each_item_once(deeds: list[str], data: st.DataObject) -> None:
    moves: list[Done] = []
    for did in deeds:
        move = Done(did, data.draw(st.sampled_from(["c1", "c2", "c3"])), note="seen")
        try:
            fold(CHECKLIST, [*moves, move])
        except BadInput:
            continue
        moves.append(move)
    course = fold(CHECKLIST, moves)
    assert len(course.spots) == 3
    done = {spot.node for spot in course.spots if spot.state == "done"}
    assert done.isdisjoint(course.open)
    assert done | set(course.open) | set(course.omitted) == {"c1", "c2", "c3"}
