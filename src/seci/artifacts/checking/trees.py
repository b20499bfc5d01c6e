"""Checks of decision trees."""

from __future__ import annotations

from collections.abc import Iterator

from seci.artifacts.bodies import Leaf, Split, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.checking.finding import Finding
from seci.artifacts.regions import Region, Unknown, parts, rules
from seci.artifacts.walk import splits
from seci.artifacts.words import Named, by_key, question_words


def findings(tree: Tree) -> Iterator[Finding]:
    named = by_key(tree.attributes)
    yield from _node(tree.root, Region(), named)
    reached = {rule.outcome for rule in rules(tree) if not rule.region.empty}
    for outcome in tree.outcomes:
        if outcome not in reached:
            words = f"No case comes to “{outcome}”."
            yield Finding("unreachable", "warns", f"outcome:{outcome}", words, "Say when it holds, or leave it out.")
    asked = {split.condition.attribute for split in splits(tree.root)}
    for attribute in tree.attributes:
        if attribute.type == "number" and attribute.key in asked and (attribute.low is None or attribute.high is None):
            words = f"{attribute.name} has no range, so the tree answers for numbers that nobody has seen."
            mend = "Give the lowest and the highest value that was judged."
            yield Finding("unbounded", "notes", f"attribute:{attribute.key}", words, mend)


def _node(node: Split | Leaf, region: Region, named: Named) -> Iterator[Finding]:
    """Of a subtree that no case reaches only its top is reported."""
    if region.empty:
        words = f"No case comes to “{_words(node, named)}”: the questions above it rule it out."
        yield Finding("unreachable", "warns", node.id, words, "Take it out, or change a question above it.")
        return
    if isinstance(node, Leaf):
        if node.outcome == ASK_EXPERT:
            words = f"There is no answer where {region.words(named)}."
            yield Finding("gap", "warns", node.id, words, "Judge a case there.")
        return
    key = node.condition.attribute
    may_be_unknown = isinstance(region.spans.get(key, Unknown()), Unknown)
    if node.unknown is None and may_be_unknown:
        words = f"Where {named[key].name} is not known, the tree asks the expert at “{_words(node, named)}”."
        yield Finding("gap", "notes", node.id, words, "Judge such a case, if they occur.")
    below = parts(node, region, named)
    ends = {outcome for branch, inside in below if not inside.empty for outcome in _outcomes(branch, inside, named)}
    if len(ends) == 1 and sum(not inside.empty for _, inside in below) > 1:
        words = f"“{_words(node, named)}” makes no difference: every answer leads to “{ends.pop()}”."
        yield Finding("redundant", "notes", node.id, words, "Put the outcome in its place.")
    for branch, inside in below:
        yield from _node(branch, inside, named)


def _outcomes(node: Split | Leaf, region: Region, named: Named) -> set[str]:
    if region.empty:
        return set()
    if isinstance(node, Leaf):
        return {node.outcome}
    ends = {one for branch, inside in parts(node, region, named) for one in _outcomes(branch, inside, named)}
    key = node.condition.attribute
    # Where the value may be missing and no branch says what then, asking the expert is one of the ends.
    unsaid = node.unknown is None and isinstance(region.spans.get(key, Unknown()), Unknown)
    return ends | {ASK_EXPERT} if unsaid else ends


def _words(node: Split | Leaf, named: Named) -> str:
    return node.outcome if isinstance(node, Leaf) else question_words(node.condition, named)
