"""What of an artifact is practised: its smallest judgements, and which of them a case exercises.

A tree is practised by its ends, because an end stands for a family of situations; a body that comes to no outcome by
itself (checklist, runbook) by its steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.artifacts.bodies import Body, Flowchart, Scorecard, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT, Leaf, Split
from seci.artifacts.execution import evaluate
from seci.artifacts.walk import Node, attributes_of, branches, conditions_of, nodes
from seci.artifacts.words import by_key, condition_words, opposite_words
from seci.cases.attribute import Attribute, Values

# The questions on the way to an end, each with the branch taken.
Way = tuple[tuple[Split, str], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of an artifact. `name` says it in words that can stand alone."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a case exercises.

    node     the judgement that it stands for
    nodes    all nodes on the way, in their order
    outcome  what the artifact answers
    cues     keys of the attributes that the way looks at
    """

    node: str
    nodes: tuple[str, ...]
    outcome: str
    cues: tuple[str, ...]


def judgements(body: Body) -> tuple[Judgement, ...]:
    """What of the body is practised, in the order of reading; nothing where it asks the expert itself."""
    if isinstance(body, Tree):
        named = by_key(body.attributes)
        found = []
        for way, leaf in _ways(body.root):
            if leaf.outcome == ASK_EXPERT:
                continue
            facts = [
                condition_words(split.condition, named) if branch == "yes"
                else opposite_words(split.condition, named) if branch == "no"
                else f"{_name(split.condition.attribute, body.attributes)} not known"
                for split, branch in way
            ]  # fmt: skip
            found.append(Judgement(leaf.id, f"{', '.join(facts)}: {leaf.outcome}" if facts else leaf.outcome))
        return tuple(found)
    kept: Sequence[Node] = list(nodes(body))
    if isinstance(body, Flowchart):
        ends = {symbol.id for symbol in body.symbols if symbol.kind == "end"}
        kept = [node for node in kept if node.id in ends]
    return tuple(Judgement(node.id, node.words) for node in kept)


def unanswered(name: str, outcomes: Sequence[str]) -> str:
    """The name of a judgement without its answer, for whoever is to give that by themselves."""
    return next((name.removesuffix(f": {one}") for one in outcomes if name.endswith(f": {one}")), name)


def exercise(body: Body, values: Values) -> Exercise | None:
    """What a case exercises; None where the artifact asks the expert. Raises BadInput for a body that does not
    decide."""
    trace = evaluate(body, values)
    if trace.asks_expert or not trace.path:
        return None
    return Exercise(_decisive(body, trace.path, values), trace.path, trace.outcome, cues_of(body, trace.path))


def parting(body: Body, path: Sequence[str], option: str) -> str | None:
    """The node of a tree where the way to `option` parts from `path`, the nodes of a case from the top to an end.

    Of all ends with that option the one that shares most of the way counts. None where they do not part, where no end
    has that option, and for bodies that are no tree.
    """
    if not isinstance(body, Tree) or not path:
        return None
    ways = [([*(split.id for split, _ in way), leaf.id], leaf) for way, leaf in _ways(body.root)]
    if any(nodes[-1] == path[-1] and leaf.outcome == option for nodes, leaf in ways):
        return None
    shared = [len(_together(path, nodes)) for nodes, leaf in ways if leaf.outcome == option]
    return path[max(shared) - 1] if shared and max(shared) > 0 else None


def way_to(body: Body, node: str) -> tuple[str, ...]:
    """The nodes from the top of a tree to one of its ends; of other bodies the node alone."""
    if isinstance(body, Tree):
        for way, leaf in _ways(body.root):
            if leaf.id == node:
                return (*(split.id for split, _ in way), leaf.id)
    return (node,)


def cues_of(body: Body, path: Sequence[str]) -> tuple[str, ...]:
    """Keys of the attributes that these nodes look at, in their order."""
    conditions = _conditions(body)
    return tuple(dict.fromkeys(key for node in path for key in conditions.get(node, ())))


def words(body: Body, node: str) -> str:
    """What a node says; "" for one that the body no longer has."""
    return next((one.words for one in nodes(body) if one.id == node), "")


def way_words(body: Body, path: Sequence[str]) -> tuple[str, ...]:
    """What the nodes on a way say, each question of a tree with the answer that leads on; a node that the body no
    longer has is left out."""
    known = {one.id: one for one in nodes(body)}
    way = [known[node] for node in path if node in known]
    return tuple(
        _led(one.words, after.branch) if after is not None and after.parent == one.id else one.words
        for one, after in zip(way, [*way[1:], None], strict=False)
    )


def _led(question: str, branch: str) -> str:
    answer = {"unknown": "not known"}.get(branch, branch)
    return f"{question} {answer}" if question.endswith("?") else f"{question}: {answer}"


def _together(one: Sequence[str], other: Sequence[str]) -> list[str]:
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return list(one[:place])
    return list(one[: min(len(one), len(other))])


def _ways(
    node: Split | Leaf, way: tuple[tuple[Split, str], ...] = ()
) -> list[tuple[tuple[tuple[Split, str], ...], Leaf]]:
    if isinstance(node, Leaf):
        return [(way, node)]
    return [found for branch, below in branches(node) for found in _ways(below, (*way, (node, branch)))]


def _conditions(body: Body) -> dict[str, list[str]]:
    """Keys of attributes that each node looks at."""
    found: dict[str, list[str]] = {}
    for node, condition in conditions_of(body):
        found.setdefault(node, []).append(condition.attribute)
    return found


def _decisive(body: Body, path: Sequence[str], values: Values) -> str:
    """The end of the way; of a scorecard the item that weighs most among those that hold."""
    if not isinstance(body, Scorecard):
        return path[-1]
    holding = [item for item in body.items if item.condition.holds(values)]
    return max(holding, key=lambda item: abs(item.points)).id if holding else path[0]


def _name(key: str, attributes: Sequence[Attribute]) -> str:
    return next((one.name for one in attributes if one.key == key), key)


def cue_names(body: Body, keys: Sequence[str]) -> tuple[str, ...]:
    """The attributes of these keys as people call them."""
    return tuple(_name(key, attributes_of(body)) for key in keys)
