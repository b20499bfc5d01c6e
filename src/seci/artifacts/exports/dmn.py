"""DMN 1.3 (OMG formal/21-02-01) for trees and scorecards: decision tables whose cells are S-FEEL unary tests, and
`null` for what is not known.

A scorecard is two decisions: its points as a table that collects a sum (C+), and the cuts as a second table on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from seci.artifacts.bodies import Body, Scorecard, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.exports import literals
from seci.artifacts.regions import Interval, Levels, Span, Unknown, halves, meet, rules, span_of
from seci.artifacts.walk import nodes
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_TYPES = {"number": "number", "boolean": "boolean", "category": "string", "ordinal": "string"}
SUM = "points_sum"


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    cells: Mapping[str, str]
    output: str
    description: str = ""


def dmn(body: Body, title: str = "") -> str:
    """The body as DMN. Raises BadInput for a type that is no decision table."""
    match body:
        case Tree():
            inputs = [_input(one) for one in body.attributes]
            decisions = [_decision("decision", title or body.decision, inputs, "string", _tree_rows(body), "FIRST")]
            attributes = body.attributes
        case Scorecard():
            decisions, attributes = _card(body, title), body.attributes
        case _:
            raise BadInput("Only a decision tree or a scorecard can be written as DMN; export it as Markdown instead.")
    head = f'<definitions xmlns="{MODEL}" id="definitions" name={_attr(title or body.decision or "decision")} '
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'{head}namespace="https://seci.example/decisions">']
    lines += [
        f"  <inputData id={_attr('in_' + one.key)} name={_attr(one.key)}>"
        f'<variable name={_attr(one.key)} typeRef="{_TYPES[one.type]}"/></inputData>'
        for one in attributes
    ]
    return "\n".join([*lines, *decisions, "</definitions>"]) + "\n"


def _tree_rows(tree: Tree) -> list[_Row]:
    evidence = {node.id: node.evidence for node in nodes(tree)}
    rows = []
    for rule in rules(tree):
        if not rule.region.empty:
            names = [*evidence[rule.id].claims, *evidence[rule.id].cases_for]
            words = "; ".join(one for one in (rule.because, ", ".join(names)) if one)
            cells = {key: feel(span) for key, span in rule.region.spans.items()}
            rows.append(_Row(rule.id, cells, literals.feel(rule.outcome), words))
    return [*rows, _Row("outside", {}, literals.feel(ASK_EXPERT), "outside what was elicited")]


def _card(card: Scorecard, title: str) -> list[str]:
    named = {one.key: one for one in card.attributes}
    points = []
    for item in card.items:
        attribute = named[item.condition.attribute]
        held = meet(span_of(attribute), halves(item.condition)[0])
        if held is not None:
            points.append(_Row(item.id, {attribute.key: feel(held)}, literals.number(item.points), item.because))
    # A sum over nothing is null in FEEL; a row that always holds keeps it a number.
    points.append(_Row("base", {}, "0"))
    inputs = [_input(one) for one in card.attributes]
    used = {item.condition.attribute for item in card.items}
    cuts = [
        _Row(f"outside_{one.key}", {one.key: cell}, literals.feel(ASK_EXPERT), "outside what was elicited")
        for one in card.attributes
        if one.key in used and (cell := _outside(span_of(one)))
    ]
    for at, outcome in enumerate(card.outcomes):
        low = literals.number(card.cuts[at - 1]) if at else ""
        high = literals.number(card.cuts[at]) if at < len(card.cuts) else ""
        cell = f"[{low}..{high})" if low and high else f">= {low}" if low else f"< {high}" if high else "-"
        cuts.append(_Row(f"cut_{at}", {SUM: cell}, literals.feel(outcome)))
    summed = [*inputs, (SUM, "sum of points", "number")]
    return [
        _decision(SUM, "sum of points", inputs, "number", points, "COLLECT"),
        _decision("decision", title or card.decision, summed, "string", cuts, "FIRST", requires=SUM),
    ]


def feel(span: Span) -> str:
    """A unary test: `(5.2..40]`, `"daily","replay"`, `not("daily")`, `null`."""
    if isinstance(span, Unknown):
        return "null"
    if isinstance(span, Levels):
        listed = ",".join(literals.feel(one) for one in sorted(span.names, key=str) if one is not None)
        return f"not({listed},null)" if span.but and listed else listed or "not(null)"
    return _interval(span)


def _interval(span: Interval) -> str:
    if math.isinf(span.low) and math.isinf(span.high):
        return "not(null)"
    if math.isinf(span.low):
        return f"{'<=' if span.high_closed else '<'} {literals.number(span.high)}"
    if math.isinf(span.high):
        return f"{'>=' if span.low_closed else '>'} {literals.number(span.low)}"
    ends = ("[" if span.low_closed else "(", "]" if span.high_closed else ")")
    return f"{ends[0]}{literals.number(span.low)}..{literals.number(span.high)}{ends[1]}"


def _outside(span: Interval | Levels) -> str:
    inside = feel(span)
    if (isinstance(span, Levels) and span.but) or inside == "not(null)":
        return ""
    return f"not({inside},null)"


def _input(attribute: Attribute) -> tuple[str, str, str]:
    return attribute.key, attribute.name, _TYPES[attribute.type]


def _decision(
    name: str,
    title: str,
    inputs: Sequence[tuple[str, str, str]],
    output: str,
    rows: Sequence[_Row],
    policy: str,
    *,
    requires: str = "",
) -> str:
    """One decision with its table; an element per line, so that two versions can be compared."""
    collect = ' aggregation="SUM"' if policy == "COLLECT" else ""
    lines = [
        f"  <decision id={_attr(name)} name={_attr(title or name)}>",
        f'    <variable name={_attr(name)} typeRef="{output}"/>',
    ]
    if requires:
        lines.append(f'    <informationRequirement><requiredDecision href="#{requires}"/></informationRequirement>')
    lines += [
        f"    <informationRequirement><requiredInput href={_attr('#in_' + key)}/></informationRequirement>"
        for key, _, _ in inputs
        if key != SUM
    ]
    lines.append(f'    <decisionTable id="{name}_table" hitPolicy="{policy}"{collect}>')
    for key, label, kind in inputs:
        expression = f'<inputExpression typeRef="{kind}"><text>{escape(key)}</text></inputExpression>'
        lines.append(f'      <input id="{name}_{key}" label={_attr(label)}>{expression}</input>')
    lines.append(f'      <output id="{name}_output" name="outcome" typeRef="{output}"/>')
    for row in rows:
        lines += _rule(name, inputs, row)
    return "\n".join([*lines, "    </decisionTable>", "  </decision>"])


def _rule(name: str, inputs: Sequence[tuple[str, str, str]], row: _Row) -> list[str]:
    place = f"{name}_{_id(row.id)}"
    lines = [f'      <rule id="{place}">']
    lines += [f"        <description>{_text(row.description)}</description>"] if row.description else []
    for key, _, _ in inputs:
        cell = _text(row.cells.get(key, "-"))
        lines.append(f'        <inputEntry id="{place}_{key}"><text>{cell}</text></inputEntry>')
    lines.append(f'        <outputEntry id="{place}_output"><text>{_text(row.output)}</text></outputEntry>')
    return [*lines, "      </rule>"]


def _id(name: str) -> str:
    """An XML id holds no colon."""
    return name.replace(":", "_")


# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _text(words: str) -> str:
    return escape(_FORBIDDEN.sub(" ", words)).replace("\r", "&#13;")


def _attr(words: str) -> str:
    return quoteattr(_FORBIDDEN.sub(" ", words))
