"""Exceptions tied to the case they were made for (ripple-down rules; Compton and Jansen 1990).

A tree that errs on a case is not rebuilt: above the leaf that erred comes a question that tells this case from those
for which the leaf was right. Everything else stays as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from seci.artifacts.bodies.tree import Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.artifacts.execution import evaluate
from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.induction.grid import round_between
from seci.kit.errors import BadInput


def with_exception(
    tree: Tree, case: Case, outcome: str, condition: Condition, *, claims: tuple[str, ...] = (), because: str = ""
) -> Tree:
    """The tree with an exception above the leaf that the case comes to: where the condition holds, `outcome`.

    Raises BadInput when the condition does not hold of the case, or the tree does not come to a leaf for it.
    """
    if outcome not in tree.outcomes:
        raise BadInput(f"{outcome} is not an outcome of this decision; choose one of {', '.join(tree.outcomes)}.")
    if not condition.holds(case.values):
        raise BadInput("The condition of the exception does not hold of the case it is made for; choose another one.")
    end = evaluate(tree, case.values).path[-1]
    evidence = Evidence(claims, (case.id,), (), case.id)
    name = hashlib.blake2b(f"{end}\n{case.id}\n{condition!r}".encode(), digest_size=4).hexdigest()

    def put(node: Split | Leaf) -> Split | Leaf:
        if isinstance(node, Split):
            unknown = put(node.unknown) if node.unknown is not None else None
            return replace(node, yes=put(node.yes), no=put(node.no), unknown=unknown)
        if node.id != end:
            return node
        told = Leaf(f"x{name}y", outcome, because, evidence)
        unknown = replace(node, id=f"{node.id}u{name}")
        return Split(f"x{name}", condition, told, node, unknown, because, exception=True, evidence=evidence)

    root = put(tree.root)
    if root == tree.root:
        raise BadInput("The tree asks the expert about this case; add the missing answer before an exception.")
    return replace(tree, root=root)


def tells_apart(attributes: Sequence[Attribute], case: Case, cornerstones: Sequence[Case]) -> list[Condition]:
    """Conditions that hold of the case and of none of the cornerstones: the features to choose the exception by."""
    found: list[Condition] = []
    for attribute in attributes:
        value = case.values.get(attribute.key)
        others = [one.values.get(attribute.key) for one in cornerstones]
        if value is None or not others or None in others or value in others:
            continue
        if attribute.type != "number":
            found.append(Condition(attribute.key, "is", value))
            continue
        numbers = [float(one) for one in others if one is not None]
        x = float(value)
        if x > max(numbers):
            found.append(Condition(attribute.key, ">", round_between(max(numbers), x)))
        elif x < min(numbers):
            found.append(Condition(attribute.key, "<=", round_between(x, min(numbers))))
    return found
