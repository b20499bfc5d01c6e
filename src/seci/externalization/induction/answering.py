"""What a tree or a scorecard answers to many cases at once: the same as `artifacts.execution.evaluate` one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seci.artifacts.bodies.scorecard import Scorecard
from seci.artifacts.bodies.tree import ASK_EXPERT, Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.execution import evaluate
from seci.artifacts.scope import outside
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.externalization.induction.grid import Bools, Ints


def answers(body: Tree | Scorecard, cases: Sequence[Case]) -> list[str]:
    """The outcome for each case. What no whole numbers of points can settle is left to `evaluate`."""
    if not cases:
        return []
    if isinstance(body, Scorecard):
        return _card(body, cases)
    found = np.empty(len(cases), dtype=object)
    _below(body, body.root, np.arange(len(cases)), cases, found)
    return [str(one) for one in found]


def _below(
    tree: Tree, node: Split | Leaf | None, here: Ints, cases: Sequence[Case], found: np.typing.NDArray[np.object_]
) -> None:
    if not len(here):
        return
    if node is None or isinstance(node, Leaf):
        found[here] = node.outcome if node else ASK_EXPERT
        return
    held, beyond = _held(tree, node.condition, [cases[int(n)] for n in here])
    found[here[beyond]] = ASK_EXPERT
    for state, below in ((1, node.yes), (0, node.no), (-1, node.unknown)):
        _below(tree, below, here[(held == state) & ~beyond], cases, found)


def _held(body: Tree | Scorecard, condition: Condition, cases: Sequence[Case]) -> tuple[Ints, Bools]:
    """(1 where it holds, 0 where not, -1 where it is not known; whether the value lies outside what was elicited)."""
    attribute = next(one for one in body.attributes if one.key == condition.attribute)
    held = np.empty(len(cases), np.int64)
    beyond = np.zeros(len(cases), bool)
    for n, case in enumerate(cases):
        value = case.values.get(attribute.key)
        if value is None or value == "" or value != value:
            held[n] = -1
        elif not _within(value, attribute):
            held[n], beyond[n] = -1, True
        else:
            held[n] = bool(condition.holds({attribute.key: value}))
    return held, beyond


def _within(value: Value, attribute: Attribute) -> bool:
    """As `scope.outside`, without the words where a plain number settles it."""
    if attribute.type == "number" and isinstance(value, float):
        low, high = attribute.low, attribute.high
        return (low is None or value >= low) and (high is None or value <= high)
    return not outside(value, attribute)


def _card(body: Scorecard, cases: Sequence[Case]) -> list[str]:
    total = np.zeros(len(cases))
    apart = np.zeros(len(cases), bool)
    for item in body.items:
        held, beyond = _held(body, item.condition, cases)
        total += np.where(held == 1, item.points, 0.0)
        apart |= beyond
    place = (total[:, None] >= np.array(body.cuts)[None, :]).sum(axis=1)
    # Next to a cut the sum is taken as on paper.
    apart |= (np.abs(total[:, None] - np.array(body.cuts)[None, :]) < 1e-6).any(axis=1)
    return [
        evaluate(body, case.values).outcome if alone else body.outcomes[at]
        for case, at, alone in zip(cases, place.tolist(), apart.tolist(), strict=True)
    ]
