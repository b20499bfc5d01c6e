"""From a list of rules to a decision tree that is short to read.

Asked in the order of the list, the same rule comes back below every earlier one. So the tree is grown anew from what
the list answers on many cases: at each node the condition of the list that tells most about the answer (information
gain; Quinlan 1986), until the answers agree. A question that changes the answer of next to none of the cases, and of
none that was judged, is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seci.artifacts.bodies.tree import Leaf, Split, Tree
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute
from seci.cases.case import Judgement
from seci.externalization.induction.bodies import Rule, name
from seci.externalization.induction.grid import Bools, Floats, Ints, fires
from seci.externalization.induction.posterior import Posterior

DEEPEST = 12
FEWEST = 0.005
"""Share of the cases whose answer a question must be able to change; what was judged counts always."""

Node = Split | Leaf
Part = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Rows:
    """Cases with what the list answers: `held[c]` is where condition c holds, `missing[c]` where it is not known.
    The first `judged` rows are the judged cases."""

    held: Bools
    missing: Bools
    answer: Ints
    judged: int

    @classmethod
    def of(cls, rules: Sequence[Rule], parts: Sequence[Part], table: Floats, judged: int) -> Rows:
        held, missing = _held(parts, table), np.isnan(table[:, [part[0] for part in parts]]).T
        answer = np.full(len(table), rules[-1].outcome, dtype=np.int64)
        for rule in reversed(rules[:-1]):
            every = np.logical_and.reduce([held[parts.index(part)] for part in rule.conditions])
            answer[every] = rule.outcome
        return cls(held, missing, answer, judged)

    def mixed(self, here: Bools, outcomes: int) -> bool:
        """Whether the answers here are still worth telling apart."""
        counts = np.bincount(self.answer[here], minlength=outcomes)
        judged = np.bincount(self.answer[: self.judged][here[: self.judged]], minlength=outcomes)
        most = int(counts.argmax())
        return bool(counts.sum() - counts[most] > FEWEST * len(self.answer) or judged.sum() > judged[most])

    def usual(self, here: Bools, otherwise: int, outcomes: int) -> int:
        counts = np.bincount(self.answer[here], minlength=outcomes)
        return int(counts.argmax()) if counts.any() else otherwise

    def best(self, here: Bools, outcomes: int) -> int | None:
        """The condition that tells most; None where each holds of all cases here or of none."""
        total = np.bincount(self.answer[here], minlength=outcomes)
        one_hot = np.eye(outcomes)[self.answer] * here[:, None]
        yes = self.held @ one_hot
        no = total - yes
        splits = np.minimum(yes.sum(axis=1), no.sum(axis=1)) > 0
        if not splits.any():
            return None
        left = _entropy(yes) + _entropy(no)
        return int(np.where(splits, left, np.inf).argmin())


def _entropy(counts: Floats) -> Floats:
    """Bits still missing, times cases, for each row."""
    total = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(total, 1)
    found: Floats = -(counts * np.log2(np.where(shares > 0, shares, 1))).sum(axis=1)
    return found


def _held(parts: Sequence[Part], table: Floats) -> Bools:
    columns = [np.array(column) for column in zip(*parts, strict=True)]
    return fires(table, columns[0], columns[1], columns[2].astype(float))


@dataclass(frozen=True, slots=True)
class Reader:
    """Builds the tree of a list of rules, along the judged cases that come to each node."""

    posterior: Posterior
    judgements: Sequence[Judgement]
    others: Floats

    def tree(self, rules: Sequence[Rule], decision: str, attributes: Sequence[Attribute]) -> Tree:
        """Answers as the list does on the judged cases, and on `others` but for a few in two hundred."""
        parts = list(dict.fromkeys(part for rule in rules for part in rule.conditions))
        table = np.concatenate([self.posterior.evidence.table, self.others])
        everything = np.ones(len(table), bool)
        if not parts:
            root: Node = self._leaf(rules[-1].outcome, everything, "")
        else:
            rows = Rows.of(rules, parts, table, len(self.posterior.evidence.table))
            root = self._node(rows, parts, everything, rules[-1].outcome, "")
        return Tree(decision, tuple(attributes), self.posterior.outcomes, root)

    def _node(self, rows: Rows, parts: Sequence[Part], here: Bools, otherwise: int, way: str) -> Node:
        count = len(self.posterior.outcomes)
        usual = rows.usual(here, otherwise, count)
        chosen = rows.best(here, count) if rows.mixed(here, count) and len(way) < DEEPEST else None
        if chosen is None:
            return self._leaf(usual, here, way)
        held, missing = rows.held[chosen], rows.missing[chosen]
        yes = self._node(rows, parts, here & held, usual, way + "y")
        no = self._node(rows, parts, here & ~held, usual, way + "n")
        if isinstance(yes, Leaf) and isinstance(no, Leaf) and yes.outcome == no.outcome:
            return self._leaf(usual, here, way)
        unknown = self._node(rows, parts, here & missing, usual, way + "u") if (here & missing).any() else None
        condition = self.posterior.coding.condition(*parts[chosen])
        return Split(
            name(way, condition.attribute, condition.operator), condition, yes, no, unknown,
            evidence=self._evidence(here, None),
        )  # fmt: skip

    def _leaf(self, outcome: int, here: Bools, way: str) -> Leaf:
        words = self.posterior.outcomes[outcome]
        return Leaf(name(way, "=", words), words, evidence=self._evidence(here, words))

    def _evidence(self, here: Bools, outcome: str | None) -> Evidence:
        cases = [self.judgements[int(n)] for n in np.flatnonzero(here[: len(self.judgements)])]
        agree = tuple(one.case.id for one in cases if outcome in (None, one.outcome))
        against = tuple(dict.fromkeys(one.case.id for one in cases if outcome not in (None, one.outcome)))
        return Evidence((), tuple(dict.fromkeys(agree)), against)
