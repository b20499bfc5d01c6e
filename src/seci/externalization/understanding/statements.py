"""What has been understood, in sentences the expert can say yes or no to, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seci.artifacts.bodies import ASK_EXPERT, Leaf, Scorecard, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.scales import scales
from seci.artifacts.words import all_words, by_key
from seci.cases.attribute import Attribute
from seci.externalization.state import State
from seci.externalization.understanding.rules import Understanding, understood
from seci.externalization.understanding.wording import capital, either


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence. `node` stays the same while only a number or the outcome in it changes."""

    node: str
    words: str
    claims: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """The way to one end of a tree."""

    conditions: tuple[Condition, ...]
    leaf: Leaf


def paths(tree: Tree) -> Iterator[Path]:
    """Every way from the root to an end on which all values are known."""
    yield from _paths(tree.root, (), tree.attributes)


def _paths(node: Split | Leaf, way: tuple[Condition, ...], attributes: Sequence[Attribute]) -> Iterator[Path]:
    if isinstance(node, Leaf):
        yield Path(way, node)
        return
    yield from _paths(node.yes, (*way, node.condition), attributes)
    opposite = negated(node.condition, attributes)
    if opposite is not None:
        yield from _paths(node.no, (*way, opposite), attributes)


def negated(condition: Condition, attributes: Sequence[Attribute]) -> Condition | None:
    """What holds where the condition does not, as a condition; None where no value is left."""
    match condition.operator:
        case "<=":
            return Condition(condition.attribute, ">", condition.value)
        case ">":
            return Condition(condition.attribute, "<=", condition.value)
        case "is not":
            return Condition(condition.attribute, "is", condition.value)
        case "is" if isinstance(condition.value, bool):
            return Condition(condition.attribute, "is", not condition.value)
        case "is":
            return Condition(condition.attribute, "is not", condition.value)
        case _:
            levels = next((one.levels for one in attributes if one.key == condition.attribute), ())
            taken = condition.value if isinstance(condition.value, tuple) else ()
            rest = tuple(level for level in levels if level not in taken)
            return Condition(condition.attribute, "in", rest) if rest else None


def tightened(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """The same conditions without those that another one implies: of two bounds on one side only the tighter."""
    kept: dict[tuple[str, str, object], Condition] = {}
    for one in conditions:
        at = (one.attribute, one.operator, None if one.operator in ("<=", ">", "is") else one.value)
        before = kept.get(at)
        if before is None or one.operator == "is":
            kept[at] = one
        elif isinstance(one.value, int | float) and isinstance(before.value, int | float):
            value = min(one.value, before.value) if one.operator == "<=" else max(one.value, before.value)
            kept[at] = Condition(one.attribute, one.operator, value)
    exact = {one.attribute for one in kept.values() if one.operator == "is"}
    return tuple(one for one in kept.values() if one.operator != "is not" or one.attribute not in exact)


def statements(state: State) -> tuple[Statement, ...]:
    """Everything that has been understood, rules that were told first."""
    return tuple(_statements(understood(state), state.attributes))


def _statements(known: Understanding, attributes: Sequence[Attribute]) -> Iterator[Statement]:
    named = by_key(attributes)
    for one in known.rules:
        words = f"{capital(one.rule.outcome)} when {all_words(one.rule.conditions, named)}"
        if one.rule.exception:
            words = f"An exception: {one.rule.outcome} when {all_words(one.rule.conditions, named)}"
        yield Statement(f"rule:{one.rule.claim}", words, (one.rule.claim,), (*one.cases_for, *one.cases_against))
    body = known.induced.body if known.induced else None
    if isinstance(body, Tree):
        rest = "Otherwise " if known.rules else ""
        for path in paths(body):
            if path.leaf.outcome != ASK_EXPERT:
                yield _end(path, rest, attributes)
    elif isinstance(body, Scorecard):
        yield from _weights(body)


def _end(path: Path, rest: str, attributes: Sequence[Attribute]) -> Statement:
    conditions = tightened(path.conditions)
    way = ";".join(f"{one.attribute} {one.operator} {'' if _is_number(one) else one.value}" for one in conditions)
    evidence = path.leaf.evidence
    outcome = f"{rest}{path.leaf.outcome}" if rest else capital(path.leaf.outcome)
    words = f"{outcome} when {all_words(conditions, by_key(attributes))}" if conditions else f"{outcome} always"
    return Statement(f"way:{way}", words, evidence.claims, (*evidence.cases_for, *evidence.cases_against))


def _is_number(one: Condition) -> bool:
    return one.operator in ("<=", ">")


def _weights(card: Scorecard) -> Iterator[Statement]:
    """What counts, the heaviest first; one sentence for each attribute however many steps its points have."""
    for one in scales(card):
        evidence = one.evidence
        yield Statement(f"weight:{one.key}", one.words, evidence.claims, (*evidence.cases_for, *evidence.cases_against))


def in_short(state: State) -> str:
    """One line on what has been understood: "12 rules for hold or ship"."""
    n = len(statements(state))
    return f"{n} statements on {either(list(state.outcomes))}" if n else "Nothing yet"
