"""Whether a body can be executed at all: what is wrong here is refused, what is unwise is left to the checks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from seci.artifacts.bodies import Body, Matrix, Scorecard, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.codec import shown
from seci.artifacts.condition import Condition
from seci.artifacts.walk import attributes_of, conditions_of, leaves, nodes
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}\Z")


def cohere(body: Body) -> None:
    """Raises BadInput for the first thing that keeps the body from being executed."""
    attributes = attributes_of(body)
    _attributes(attributes)
    seen: set[str] = set()
    for node in nodes(body):
        if not ID.match(node.id):
            raise BadInput(f"{shown(node.id)} is no id of a node; use up to 64 letters, digits and . : _ -.")
        if node.id in seen:
            raise BadInput(f"Two nodes have the id {node.id}; give each its own.")
        seen.add(node.id)
    named = {attribute.key: attribute for attribute in attributes}
    for node_id, condition in conditions_of(body):
        _condition(node_id, condition, named.get(condition.attribute))
    if isinstance(body, Tree):
        _outcomes([leaf.outcome for leaf in leaves(body.root) if leaf.outcome != ASK_EXPERT], body.outcomes)
    if isinstance(body, Scorecard | Matrix):
        _cuts(body.outcomes, body.cuts, least=0 if isinstance(body, Matrix) else 1)
    if isinstance(body, Matrix):
        _matrix(body)


def _attributes(attributes: Sequence[Attribute]) -> None:
    for attribute in attributes:
        if not KEY.match(attribute.key):
            raise BadInput(f"{shown(attribute.key)} is no key of an attribute; use letters, digits and underscores.")
        low, high = attribute.low, attribute.high
        if low is not None and high is not None and low > high:
            raise BadInput(f"Attribute {attribute.key}: low {low:g} lies above high {high:g}; exchange them.")
    _once((attribute.key for attribute in attributes), "attributes have the key")
    for attribute in attributes:
        _once(attribute.levels, f"levels of {attribute.key} are called")


def _once(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(f"Two {what} {name}; keep one.")
        seen.add(name)


def _condition(node: str, condition: Condition, attribute: Attribute | None) -> None:
    where, value = f"Node {node}: ", condition.value
    if attribute is None:
        raise BadInput(f"{where}there is no attribute {shown(condition.attribute)}; add it or choose another.")
    if attribute.type == "number":
        good = condition.operator in ("<=", ">") and isinstance(value, int | float) and not isinstance(value, bool)
        hint = "compare a number with <= or >, and a number"
    elif attribute.type == "boolean":
        good = condition.operator in ("is", "is not") and isinstance(value, bool)
        hint = "compare yes and no with is, and true or false"
    elif condition.operator == "in":
        good, hint = isinstance(value, tuple) and len(value) > 0, "in needs a list of levels"
    else:
        good = condition.operator in ("is", "is not") and isinstance(value, str)
        hint = "compare a category or a scale with is, is not or in, and its levels"
    if not good:
        shape = f"{condition.attribute} {condition.operator} {shown(value)}"
        raise BadInput(f"{where}{shape} does not fit, {condition.attribute} is a {attribute.type}; {hint}.")


def _outcomes(used: Iterable[str], outcomes: Sequence[str]) -> None:
    _once(outcomes, "outcomes are called")
    for outcome in used:
        if outcome not in outcomes:
            raise BadInput(f"The outcome {shown(outcome)} is not among the outcomes of the decision; add it there.")


def _cuts(outcomes: Sequence[str], cuts: Sequence[float], least: int) -> None:
    _once(outcomes, "outcomes are called")
    if len(outcomes) < least:
        raise BadInput("A scorecard needs at least one outcome; name it.")
    if len(cuts) != max(0, len(outcomes) - 1):
        raise BadInput(f"{len(outcomes)} outcomes need {max(0, len(outcomes) - 1)} cuts between them, not {len(cuts)}.")
    if any(one >= two for one, two in itertools.pairwise(cuts)):
        raise BadInput("The cuts must ascend; sort them from low to high.")


def _matrix(body: Matrix) -> None:
    levels = {criterion.id: {level.name for level in criterion.levels} for criterion in body.criteria}
    for criterion in body.criteria:
        _once((level.name for level in criterion.levels), f"levels of {criterion.id} are called")
        if criterion.weight <= 0:
            raise BadInput(f"Criterion {criterion.id} weighs {criterion.weight:g}; a weight is above 0.")
    for option in body.options:
        _once((score.criterion for score in option.scores), f"scores of {option.id} are for")
        for score in option.scores:
            if score.level not in levels.get(score.criterion, ()):
                raise BadInput(
                    f"Option {option.id}: {shown(score.criterion)} has no level {shown(score.level)}; "
                    "choose one that the criterion describes."
                )
