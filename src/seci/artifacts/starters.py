"""What a new artifact begins with: the smallest sound body of its type, to be written over."""

from __future__ import annotations

from collections.abc import Mapping

from seci.artifacts.bodies import (
    Blank,
    Body,
    Check,
    Checklist,
    Criterion,
    Flowchart,
    Guide,
    Item,
    Leaf,
    Level,
    Line,
    Matrix,
    Runbook,
    Scorecard,
    Section,
    Split,
    Step,
    Story,
    Symbol,
    Template,
    Tree,
)
from seci.artifacts.condition import Condition
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput

_FACT = Attribute("first", "the first thing you look at", "number", low=0.0, high=100.0)
_CALL = Condition("first", ">", 50.0)
_GUIDE = Guide("What somebody can do after reading this", (Section("s1", "First", "Say it in a few sentences."),))
_CONTEXT = Context("Who is it for?", "When does it hold?", "When does it not hold?")

STARTERS: Mapping[str, Body] = {
    "decision_tree": Tree(
        "What is decided?", (_FACT,), ("go", "stop"), Split("n1", _CALL, Leaf("n2", "stop"), Leaf("n3", "go"))
    ),
    "scorecard": Scorecard("What is decided?", (_FACT,), ("go", "stop"), (Item("i1", _CALL, 2.0),), (1.0,)),
    "checklist": Checklist("What must not be forgotten?", (Check("c1", "The first thing to check"),)),
    "flowchart": Flowchart(
        "What is to be found out?",
        "q1",
        (
            Symbol("q1", "The first question", "question", (Line("a1", "yes"), Line("e1", "no"))),
            Symbol("a1", "What to do then", "action", (Line("e1"),)),
            Symbol("e1", "How it ends", "end"),
        ),
    ),
    "runbook": Runbook("What is to be put right?", (Step("s1", "The first step", expect="what tells that it worked"),)),
    "template": Template("What is filled in?", (Blank("b1", "The first blank", help="what belongs here"),)),
    "matrix": Matrix(
        "What is compared?", (Criterion("k1", "The first criterion", (Level("low", 0.0), Level("high", 1.0))),)
    ),
    "guide": _GUIDE,
    "story": Story(
        "What is it told for?",
        Section("s1", "Situation", "What was the situation?"),
        Section("s2", "Task", "What had to be done?"),
        Section("s3", "Action", "What did you do, and why?"),
        Section("s4", "Result", "What came of it?"),
    ),
    "recording": _GUIDE,
    "playbook": _GUIDE,
    "training": _GUIDE,
}


def starter(type_name: str, title: str) -> Content:
    """The content to begin with. Raises BadInput for a type that does not exist."""
    body = STARTERS.get(type_name)
    if body is None:
        raise BadInput(f"{type_name} is no type of artifact; choose one of {', '.join(STARTERS)}.")
    return Content(type_name, title or "What is it called?", body, _CONTEXT)
