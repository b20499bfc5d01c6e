"""JSON Decision Model of GoRules ZEN: a tree or a scorecard as a graph that runs wherever ZEN does.

A tree becomes one decision table, a row per leaf; the last row catches what lies outside everything elicited and asks
the expert. Rows never overlap, so the hit policy `first` only matters for that last one. `_description` holds what a
row rests on, `_id` the id of the node, which the engine's trace returns.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from seci.artifacts.bodies import Body, Scorecard, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.evidence import Evidence
from seci.artifacts.exports import literals
from seci.artifacts.regions import Interval, Levels, Region, Span, Unknown, rules, span_of
from seci.artifacts.support import evidence_words
from seci.artifacts.walk import nodes
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput

SUM = "points_sum"


def jdm(body: Body) -> str:
    """The body as JDM. Raises BadInput for a type that no rule engine can run."""
    match body:
        case Tree():
            graph = _chain([_table(body.attributes, _tree_rows(body))])
        case Scorecard():
            graph = _chain([_points(body), _table(body.attributes, _card_rows(body), with_sum=True)])
        case _:
            raise BadInput("Only a decision tree or a scorecard can be written as JDM; export it as Markdown instead.")
    return json.dumps(graph, ensure_ascii=False, indent=2) + "\n"


def _tree_rows(tree: Tree) -> list[dict[str, str]]:
    evidence = {node.id: node.evidence for node in nodes(tree)}
    rows = [
        _row(rule.id, rule.outcome, _cited(evidence[rule.id], rule.because), _cells(rule.region))
        for rule in rules(tree)
        if not rule.region.empty
    ]
    return [*rows, _ask("outside", "outside what was elicited", {})]


def _card_rows(card: Scorecard) -> list[dict[str, str]]:
    """First what lies outside the range of an attribute, then the cuts."""
    used = {item.condition.attribute for item in card.items}
    guards = [(one.key, cell) for one in card.attributes if one.key in used for cell in _outside(span_of(one))]
    rows = [
        _ask(f"outside:{key}:{at}", f"{key} outside what was elicited", {key: cell})
        for at, (key, cell) in enumerate(guards)
    ]
    for at, outcome in enumerate(card.outcomes):
        parts = [f"$ >= {literals.number(card.cuts[at - 1])}"] if at else []
        parts += [f"$ < {literals.number(card.cuts[at])}"] if at < len(card.cuts) else []
        rows.append(_row(f"cut:{at}", outcome, "", {SUM: " and ".join(parts)}))
    return rows


def _row(name: str, outcome: str, description: str, cells: dict[str, str]) -> dict[str, str]:
    return {"_id": name, "_description": description, **cells, "outcome": literals.zen(outcome)}


def _ask(name: str, reason: str, cells: dict[str, str]) -> dict[str, str]:
    return _row(name, ASK_EXPERT, reason, cells)


def _cited(evidence: Evidence, because: str) -> str:
    names = [*evidence.claims, *evidence.cases_for]
    words = evidence_words(evidence) + (f": {', '.join(names)}" if names else "")
    return f"{because}. {words}" if because else words


def _cells(region: Region) -> dict[str, str]:
    return {key: _cell(span) for key, span in region.spans.items()}


def _cell(span: Span) -> str:
    """A test of `$`, the value of the column."""
    if isinstance(span, Unknown):
        return "null"
    if isinstance(span, Levels):
        listed = ", ".join(literals.zen(one) for one in sorted(span.names, key=str) if one is not None)
        if span.but:
            return f"$ != null and $ not in [{listed}]" if listed else "$ != null"
        return f"$ in [{listed}]"
    return _between(span)


def _between(span: Interval) -> str:
    low, high = math.isinf(span.low), math.isinf(span.high)
    if low and high:
        return "$ != null"
    parts = [] if low else [f"$ {'>=' if span.low_closed else '>'} {literals.number(span.low)}"]
    parts += [] if high else [f"$ {'<=' if span.high_closed else '<'} {literals.number(span.high)}"]
    return " and ".join(["$ != null", *parts])


def _outside(span: Interval | Levels) -> list[str]:
    """Tests for known values that lie outside; none where everything lies within."""
    if isinstance(span, Levels):
        listed = ", ".join(literals.zen(one) for one in sorted(span.names, key=str) if one is not None)
        return [] if span.but else [f"$ != null and $ not in [{listed}]"]
    below = [] if math.isinf(span.low) else [f"$ != null and $ < {literals.number(span.low)}"]
    above = [] if math.isinf(span.high) else [f"$ != null and $ > {literals.number(span.high)}"]
    return below + above


def _points(card: Scorecard) -> dict[str, Any]:
    terms = [
        f"({item.condition.attribute} != null and ({_test(item)}) ? {literals.number(item.points)} : 0)"
        for item in card.items
    ]
    expressions = [{"id": "sum", "key": SUM, "value": " + ".join(terms) or "0"}]
    content = {"expressions": expressions, "passThrough": True, "inputField": None, "outputPath": None}
    return {"id": "points", "type": "expressionNode", "name": "points", "content": content}


def _test(item: Any) -> str:
    key, operator, value = item.condition.attribute, item.condition.operator, item.condition.value
    if operator in ("is", "is not"):
        return f"{key} {'==' if operator == 'is' else '!='} {literals.zen(value)}"
    if operator == "in":
        return f"{key} in [{', '.join(literals.zen(one) for one in value)}]"
    return f"{key} {operator} {literals.number(value)}"


def _table(attributes: Sequence[Attribute], rows: list[dict[str, str]], *, with_sum: bool = False) -> dict[str, Any]:
    inputs = [{"id": one.key, "name": one.name, "field": one.key} for one in attributes]
    inputs += [{"id": SUM, "name": "sum of points", "field": SUM}] if with_sum else []
    whole = [{**{one["id"]: "" for one in inputs}, **row} for row in rows]
    outputs = [{"id": "outcome", "name": "outcome", "field": "outcome"}]
    content: dict[str, Any] = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": whole}
    content |= {"passThrough": False, "inputField": None, "outputPath": None, "executionMode": "single"}
    return {"id": "decision", "type": "decisionTableNode", "name": "decision", "content": content}


def _chain(steps: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The steps one after the other, between the case and the answer."""
    chain = [
        {"id": "case", "type": "inputNode", "name": "case", "content": {}},
        *steps,
        {"id": "answer", "type": "outputNode", "name": "answer", "content": {}},
    ]
    placed = [{**node, "position": {"x": 80 + 260 * at, "y": 120}} for at, node in enumerate(chain)]
    edges = [
        {"id": f"edge{at}", "type": "edge", "sourceId": one["id"], "targetId": two["id"]}
        for at, (one, two) in enumerate(pairwise(chain))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": placed, "edges": edges}
