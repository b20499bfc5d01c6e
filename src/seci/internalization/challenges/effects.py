"""What a changed artifact changes in practice: which cases get another key, which wait for a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seci.artifacts.bodies import Body
from seci.artifacts.body import DECIDING, type_of
from seci.artifacts.diff import diff
from seci.artifacts.execution import evaluate
from seci.artifacts.reading import asked, read_values
from seci.artifacts.walk import nodes
from seci.kit.errors import BadInput


def changed_nodes(before: Body, after: Body) -> frozenset[str]:
    """Ids of the nodes that say something else, are new or gone; what a node rests on is no change of it."""
    there = {node.id for body in (before, after) for node in nodes(body)}
    return frozenset(one.node for one in diff(before, after) if one.kind != "evidence" and one.node in there)


def added_nodes(before: Body, after: Body) -> frozenset[str]:
    return frozenset(node.id for node in nodes(after)) - frozenset(node.id for node in nodes(before))


def new_key(body: Body, facts: Mapping[str, Any], options: Sequence[str]) -> str | None:
    """What the changed artifact answers to a case; None where it cannot say, or says what the case does not offer."""
    if type_of(body) not in DECIDING or not facts:
        return None
    known = {one.key for one in asked(body)}
    try:
        trace = evaluate(body, read_values(body, {name: value for name, value in facts.items() if name in known}))
    except BadInput:
        return None
    if trace.asks_expert or not trace.settled:
        return None
    return next((one for one in options if one.casefold() == trace.outcome.casefold()), None)
