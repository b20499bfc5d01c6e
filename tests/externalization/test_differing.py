"""Exceptions tied to their cornerstone case: what tells a case from one on which the same rule was right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seci.artifacts.bodies import Split, Tree
from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.dialogue import Setting, State, ask, begin, draft, step
from seci.externalization.turn import Answer, Ask, Judge, Turn
from seci.externalization.understanding.rules import understood

ATTRIBUTES = (
    Attribute("missing", "missing values", "number", "%", 0, 40),
    Attribute("changed", "source changed", "boolean"),
    Attribute("load", "kind of load", "category", levels=("backfill", "daily", "vendor feed")),
)
SETTING = Setting("Does this data need a hold?", outcomes=("ship", "hold"), attributes=ATTRIBUTES, seed=3)
RIGHT = Case("right", {"missing": 20.0, "changed": False, "load": "daily"}, "real", "Delivery 1")
ERRS = Case("errs", {"missing": 20.0, "changed": False, "load": "backfill"}, "real", "Delivery 2")


def after(state: State, question: Any, answer: Answer) -> State:
    return step(state, Turn(str(len(state.turns) + 1), question, answer, len(state.turns)))


@pytest.fixture
def state() -> State:
    """A told rule, right on one case and wrong on another, whose reason did not come to mind."""
    state = begin(SETTING)
    for slot in ("who", "situation"):
        state = after(state, Ask("frame", "?", slot, f"frame.{slot}"), Answer(text="a new analyst"))
    state = after(state, Ask("structure", "?", "rule", "test"), Answer(text="Hold when missing values are over 5 %."))
    state = after(state, Judge(RIGHT, state.outcomes, predicted="hold"), Answer(choice="hold"))
    state = after(state, Judge(ERRS, state.outcomes, predicted="hold"), Answer(choice="ship"))
    asked = ask(state)
    assert isinstance(asked, Ask)
    assert asked.slot == "because:errs"
    return after(state, asked, Answer("skip"))


def test_what_differs_from_the_cornerstone_is_offered_and_becomes_an_exception_of_that_case(state: State) -> None:
    asked = ask(state)
    assert isinstance(asked, Ask)
    assert (asked.probe, asked.options) == ("cases.apart", ("kind of load is backfill",))
    assert "“hold”" in asked.text
    assert "Delivery 1" in asked.hint
    picked = after(state, asked, Answer(choice=asked.options[0]))
    rule = picked.rules[-1]
    assert (rule.outcome, rule.exception, rule.cornerstone) == ("ship", True, "errs")
    assert {one.attribute for one in rule.conditions} == {"missing", "load"}, "the rule that erred, narrowed"
    assert understood(picked).predict([RIGHT, ERRS]) == ["hold", "ship"]
    claim = picked.claims[-1]
    assert picked.turns[-1].answer.said[claim.start : claim.end] == claim.quote
    body = draft(picked).body
    assert isinstance(body, Tree)
    assert "errs" in [one.evidence.cornerstone for one in splits(body.root)]


def splits(node: Any) -> list[Split]:
    return [node, *splits(node.yes), *splits(node.no)] if isinstance(node, Split) else []


def test_an_exception_can_be_passed_over_and_taken_back(state: State) -> None:
    asked = ask(state)
    passed = after(state, asked, Answer("skip"))
    assert len(passed.rules) == 1
    again = ask(passed)
    assert getattr(again, "probe", "") != "cases.apart", "it is asked once"
    picked = after(state, asked, Answer(choice="kind of load is backfill"))
    gone = after(picked, ask(picked), Answer("retract", claim=picked.claims[-1].id))
    assert len(gone.rules) == 1


def test_a_choice_that_was_not_offered_makes_nothing(state: State) -> None:
    asked = ask(state)
    assert isinstance(asked, Ask)
    assert len(after(state, asked, Answer(choice="the moon is full")).rules) == 1
    assert len(after(state, replace(asked, slot="apart:gone:errs"), Answer(choice=asked.options[0])).rules) == 1
