"""Rules in order and what was learned, put together as one tree, or as a flowchart where a tree would repeat itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seci.artifacts.bodies import ASK_EXPERT, Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute
from seci.externalization.state import State
from seci.externalization.understanding.rules import Standing, Understanding

MOST_NODES = 120
"""Nodes above which a tree made of rules is no longer one that anybody reads; a flowchart shares what it repeats."""


class TooLargeError(Exception):
    """The rules have no compact tree: every rule hangs on other attributes."""


@dataclass(frozen=True, slots=True)
class Residual:
    """A rule with the conditions that are not settled yet on the way down."""

    standing: Standing
    conditions: tuple[Condition, ...]


def tree(state: State, known: Understanding) -> Tree:
    """The tree that answers as the understanding does. Raises TooLargeError."""
    learned = known.induced.body if known.induced is not None else None
    tail = learned.root if isinstance(learned, Tree) else Leaf("rest", ASK_EXPERT, "nobody has said or judged this")
    rules = [Residual(one, one.rule.conditions) for one in known.rules]
    made = _Composer(state.attributes).build(rules, tail, "")
    return Tree(state.words("decision"), state.attributes, state.outcomes, made)


class _Composer:
    """Asks first what most of the rules left ask, so that what excludes them is out of the way early."""

    def __init__(self, attributes: Sequence[Attribute]) -> None:
        self.attributes = {one.key: one for one in attributes}
        self.nodes = 0

    def build(self, rules: list[Residual], tail: Split | Leaf, way: str) -> Split | Leaf:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooLargeError
        if not rules:
            return renamed(tail, way)
        first = rules[0]
        if not first.conditions:
            standing = first.standing
            return Leaf(f"r{standing.rule.claim}{way}", standing.rule.outcome, "", standing.evidence)
        condition = self._asked(rules)
        yes = self.build(list(self._given(rules, condition, holds=True)), tail, f"{way}y")
        no = self.build(list(self._given(rules, condition, holds=False)), tail, f"{way}n")
        exception = first.standing.rule.exception
        claims = tuple(dict.fromkeys(
            one.standing.rule.claim for one in rules if condition in one.conditions
        ))  # fmt: skip
        cornerstone = first.standing.rule.cornerstone if exception else None
        evidence = Evidence(claims, cornerstone=cornerstone)
        return Split(f"q{way}", condition, yes, no, exception=exception, evidence=evidence)

    def _asked(self, rules: list[Residual]) -> Condition:
        """Of the conditions of the first rule, the one that most rules share, then the attribute most of them ask."""
        exact = Counter(condition for one in rules for condition in set(one.conditions))
        broad = Counter(key for one in rules for key in {condition.attribute for condition in one.conditions})
        return max(rules[0].conditions, key=lambda one: (broad[one.attribute], exact[one]))

    def _given(self, rules: list[Residual], fact: Condition, *, holds: bool) -> Iterator[Residual]:
        """The rules that can still fit, without the conditions that the fact settles."""
        for one in rules:
            left = []
            for condition in one.conditions:
                settled = implied(condition, fact, holds, self.attributes.get(condition.attribute))
                if settled is False:
                    break
                if settled is None:
                    left.append(condition)
            else:
                yield Residual(one.standing, tuple(left))


def renamed(node: Split | Leaf, way: str) -> Split | Leaf:
    """The same subtree with names of its own, since it may stand in several places."""
    if not way:
        return node
    if isinstance(node, Leaf):
        return replace(node, id=f"{node.id}{way}")
    unknown = renamed(node.unknown, way) if node.unknown is not None else None
    return replace(node, id=f"{node.id}{way}", yes=renamed(node.yes, way), no=renamed(node.no, way), unknown=unknown)


def implied(condition: Condition, fact: Condition, holds: bool, attribute: Attribute | None) -> bool | None:
    """Whether a condition is true, false or open where `fact` holds or does not hold."""
    if condition.attribute != fact.attribute:
        return None
    if condition.operator in ("<=", ">") and fact.operator in ("<=", ">"):
        return _on_numbers(condition, fact, holds)
    possible = _levels(fact, holds, attribute)
    wanted = _levels(condition, True, attribute)
    if possible is None or wanted is None:
        return None
    if possible <= wanted:
        return True
    return None if possible & wanted else False


def _on_numbers(condition: Condition, fact: Condition, holds: bool) -> bool | None:
    bound, at = float(condition.value), float(fact.value)  # type: ignore[arg-type]
    above = (fact.operator == ">") == holds
    if condition.operator == ">":
        return True if above and at >= bound else False if not above and at <= bound else None
    return True if not above and at <= bound else False if above and at >= bound else None


def _levels(condition: Condition, holds: bool, attribute: Attribute | None) -> frozenset[object] | None:
    """The values that are left; None where they cannot be listed."""
    levels: tuple[object, ...] = attribute.levels if attribute else ()
    every = frozenset((True, False) if attribute and attribute.type == "boolean" else levels)
    given = frozenset(condition.value if isinstance(condition.value, tuple) else (condition.value,))
    if condition.operator not in ("is", "is not", "in") or not every:
        return None
    return given if (condition.operator == "is not") != holds else every - given
