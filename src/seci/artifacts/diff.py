"""What changed between two bodies, node by node and in words. Nodes keep their ids through revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal

from seci.artifacts.bodies import Body
from seci.artifacts.evidence import Evidence
from seci.artifacts.support import evidence_words
from seci.artifacts.walk import Node, attributes_of, nodes
from seci.artifacts.words import value_words
from seci.cases.attribute import Attribute

Kind = Literal["added", "removed", "changed", "moved", "evidence", "frame"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a diff.

    node           id of the node; of the frame the field or the attribute ("outcomes", "attribute:missing")
    before, after  what it said and says, in words; empty where it was not or is no longer there
    kind           evidence: it rests on something else now; frame: not a node but what surrounds them
    evidence       what the node rests on afterwards (before, for one that is removed)
    """

    node: str
    before: str
    after: str
    kind: Kind
    evidence: Evidence = field(default_factory=Evidence)


def diff(before: Body, after: Body) -> tuple[Difference, ...]:
    """Every difference of two bodies in the order of reading: the frame, then nodes as they stand, then what is gone.

    Two bodies of different types share nothing: every node of the one is removed and every node of the other added.
    """
    old = {node.id: node for node in nodes(before)}
    new = {node.id: node for node in nodes(after)}
    if type(before) is not type(after):
        return (*(_removed(node, old) for node in old.values()), *(_added(node, new) for node in new.values()))
    found = [*_frame(before, after), *_order(old, new)]
    found += [one for node in new.values() for one in _node(old.get(node.id), node, old, new)]
    found += [_removed(node, old) for node in old.values() if node.id not in new]
    return tuple(found)


def _order(old: dict[str, Node], new: dict[str, Node]) -> Iterator[Difference]:
    """Whether nodes that stay come in another order; that of a tree follows from the places of its nodes."""
    if any(node.parent for node in (*old.values(), *new.values())):
        return
    one, two = [name for name in old if name in new], [name for name in new if name in old]
    if one != two:
        yield Difference("order", f"order: {', '.join(one)}", f"order: {', '.join(two)}", "frame")


def _added(node: Node, new: dict[str, Node]) -> Difference:
    return Difference(node.id, "", _full(node, new), "added", node.evidence)


def _removed(node: Node, old: dict[str, Node]) -> Difference:
    return Difference(node.id, _full(node, old), "", "removed", node.evidence)


def _node(before: Node | None, after: Node, old: dict[str, Node], new: dict[str, Node]) -> Iterator[Difference]:
    if before is None:
        yield _added(after, new)
        return
    moved = (before.parent, before.branch) != (after.parent, after.branch)
    if before.words != after.words:
        yield Difference(after.id, before.words, after.words, "changed", after.evidence)
    if moved:
        yield Difference(after.id, _place(before, old), _place(after, new), "moved", after.evidence)
    if before.words == after.words and not moved and before.evidence != after.evidence:
        yield Difference(after.id, _rests(before), _rests(after), "evidence", after.evidence)


def _full(node: Node, among: dict[str, Node]) -> str:
    """The words of a node with its place, where it has one."""
    words = node.words.strip() or "(nothing said)"
    return f"{words} ({_place(node, among)})" if node.parent else words


def _place(node: Node, among: dict[str, Node]) -> str:
    if not node.parent:
        return "at the top"
    above = among[node.parent].words if node.parent in among else node.parent
    return f"under “{above}”, {node.branch}" if node.branch else f"under “{above}”"


def _rests(node: Node) -> str:
    one = node.evidence
    named = [*one.claims, *one.cases_for, *(f"against {name}" for name in one.cases_against)]
    named += [f"made for {one.cornerstone}"] if one.cornerstone else []
    return f"{node.words}: {evidence_words(one)}" + (f" ({', '.join(named)})" if named else "")


def _frame(before: Body, after: Body) -> Iterator[Difference]:
    """Fields of the body itself that are words, numbers or lists of them, and its attributes."""
    for spot in fields(before):
        one, two = getattr(before, spot.name), getattr(after, spot.name)
        if one != two and _is_plain(one) and _is_plain(two):
            label = spot.name.replace("_", " ")
            said = f"{label}: {_said(one)}"
            yield Difference(spot.name, said, _unlike(said, f"{label}: {_said(two)}"), "frame")
    old = {attribute.key: attribute for attribute in attributes_of(before)}
    new = {attribute.key: attribute for attribute in attributes_of(after)}
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            words = [attribute_words(one) if one else "" for one in (old.get(key), new.get(key))]
            yield Difference(f"attribute:{key}", words[0], _unlike(words[0], words[1]), "frame")


def _unlike(before: str, after: str) -> str:
    """Words round numbers; a change below that is told all the same."""
    return after if after != before else f"{after} (changed in the last digits)"


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(isinstance(one, str | int | float) for one in value)
    return isinstance(value, str | int | float)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value_words(one) for one in value) or "none"
    return value_words(value) if isinstance(value, str | int | float) and value != "" else "not said"


def attribute_words(attribute: Attribute) -> str:
    """An attribute in one line: `missing values, a number in % from 0 to 40`."""
    parts = [f"{attribute.name}, {_TYPES[attribute.type]}"]
    parts += [f"in {attribute.unit}"] if attribute.unit else []
    if attribute.low is not None or attribute.high is not None:
        low = "anything" if attribute.low is None else value_words(attribute.low)
        high = "anything" if attribute.high is None else value_words(attribute.high)
        parts.append(f"from {low} to {high}")
    parts += [f"({', '.join(attribute.levels)})"] if attribute.levels else []
    parts += [f"measured as {attribute.how_measured}"] if attribute.how_measured else []
    return " ".join(parts)


_TYPES = {"number": "a number", "category": "a category", "ordinal": "a scale", "boolean": "yes or no"}
