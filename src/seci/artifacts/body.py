"""The types of artifacts that have a body: names, classes, and plain data in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seci.artifacts import codec
from seci.artifacts.bodies import (
    Body,
    Checklist,
    Flowchart,
    Guide,
    Matrix,
    Runbook,
    Scorecard,
    Story,
    Template,
    Tree,
)
from seci.artifacts.coherence import cohere
from seci.kit.errors import BadInput

TYPES: Mapping[str, type[Any]] = {
    "decision_tree": Tree,
    "scorecard": Scorecard,
    "checklist": Checklist,
    "flowchart": Flowchart,
    "runbook": Runbook,
    "template": Template,
    "matrix": Matrix,
    "guide": Guide,
    "story": Story,
    "recording": Guide,
    "playbook": Guide,
    "training": Guide,
}
# These come to an outcome for a case by themselves; the others are ticked, stepped through, filled or read.
DECIDING = frozenset({"decision_tree", "scorecard", "flowchart", "matrix"})


def class_of(type_name: str) -> type[Any]:
    """The class of a type's body. Raises BadInput for a type without one."""
    try:
        return TYPES[type_name]
    except KeyError:
        raise BadInput(f"{type_name!r} is no type of artifact with a body; choose {', '.join(TYPES)}.") from None


def type_of(body: Body) -> str:
    """The plain type of a body; a playbook and a training are told apart by their artifact alone."""
    return next(name for name, kind in TYPES.items() if isinstance(body, kind))


def to_data(body: Body) -> dict[str, Any]:
    """The body for JSON; fields at their default are left out."""
    data: dict[str, Any] = codec.encode(body)
    return data


def from_data(type_name: str, data: Any) -> Body:
    """The body in the data. Raises BadInput that names the place and what belongs there."""
    body: Body = codec.decode(class_of(type_name), data)
    cohere(body)
    return body
