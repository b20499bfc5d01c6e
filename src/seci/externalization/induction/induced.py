"""Learning from judged cases: the artifact that agrees best with everything the verdicts leave possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from seci.artifacts.bodies.scorecard import Scorecard
from seci.artifacts.bodies.tree import Tree
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.induction.answering import answers
from seci.externalization.induction.bodies import rules_of, scorecard
from seci.externalization.induction.posterior import Posterior, posterior
from seci.externalization.induction.prior import Prior
from seci.externalization.induction.reading import Reader
from seci.kit.errors import BadInput

TOLERANCE = 0.01
"""What a simpler artifact may lose in agreement with everything that is still possible."""


@dataclass(frozen=True, slots=True)
class Induced:
    """A decision tree or a scorecard, and what else could be meant.

    body       executable, each node with the cases for and against it
    posterior  everything the verdicts leave possible
    """

    body: Tree | Scorecard
    posterior: Posterior = field(repr=False, compare=False)

    def predict(self, cases: Sequence[Case]) -> list[str]:
        """What the artifact answers; ASK_EXPERT where it does not."""
        return answers(self.body, cases)

    def confidence(self, cases: Sequence[Case]) -> list[float]:
        """For each case the share of what is possible that answers as the artifact does, 0 to 1."""
        if not cases:
            return []
        chances = self.posterior.chances(self.posterior.votes(self.posterior.coding.table(cases)))
        said, outcomes = self.predict(cases), self.posterior.outcomes
        return [
            float(row[outcomes.index(one)]) if one in outcomes else 0.0 for row, one in zip(chances, said, strict=True)
        ]


def induce(
    attributes: Sequence[Attribute],
    outcomes: Sequence[str],
    judgements: Sequence[Judgement],
    *,
    prior: Prior | None = None,
    seed: object = 0,
    pool: Sequence[Case] = (),
    decision: str = "",
) -> Induced:
    """The artifact that the verdicts lead to. The same judgements, prior and seed give the same artifact.

    Of all draws of the posterior it is the simplest of those that agree most with the others (least expected
    disagreement), on `pool` if it is given, else on the judged cases and on mixtures of them.
    Raises BadInput when there are no attributes, fewer than two outcomes, or no verdict among the outcomes.
    """
    check(attributes, outcomes)
    judged = [one for one in judgements if one.outcome in outcomes]
    if not judged:
        raise BadInput("Nothing can be learned before a case is judged; judge one first.")
    found = posterior(attributes, outcomes, judged, prior=prior, seed=seed)
    table = found.coding.table(pool) if pool else mixtures(found)
    draw = central(found, table)
    lists = len(found.drawn.lists.rest)
    if draw < lists:
        body: Tree | Scorecard = Reader(found, judged, table).tree(rules_of(found, draw), decision, attributes)
    else:
        body = scorecard(found, draw - lists, judged, decision, attributes)
    return Induced(body, found)


def check(attributes: Sequence[Attribute], outcomes: Sequence[str]) -> None:
    if not attributes:
        raise BadInput("There is nothing to learn from: the cases have no attributes; name at least one.")
    if len(set(outcomes)) < 2:
        raise BadInput("A decision has at least two outcomes; name another one.")


def mixtures(found: Posterior) -> np.typing.NDArray[np.float64]:
    """Judged cases, and each with part of its values from another one, where no pool is at hand."""
    table = found.evidence.table
    parts = [table]
    for shift in (1, 2, 3):
        other = np.roll(table, shift, axis=0)
        from_other = (np.arange(table.shape[1])[None, :] + np.arange(len(table))[:, None]) % 3 == 0
        parts.append(np.where(from_other, other, table))
    return np.concatenate(parts)


def central(found: Posterior, table: np.typing.NDArray[np.float64]) -> int:
    """The simplest of the draws that agree with the others on the cases of the table as well as any, within a point."""
    votes = found.votes(table)
    chances = found.chances(votes)
    agreement = np.take_along_axis(chances.T, votes, axis=0).mean(axis=1)
    good = np.flatnonzero((agreement >= agreement.max() - TOLERANCE) & (found.weight > 0))
    if not len(good):
        return int(agreement.argmax())
    return min((effort(found, int(draw)), -float(agreement[draw]), int(draw)) for draw in good)[2]


def effort(found: Posterior, draw: int) -> float:
    """How much there is to read: the conditions of a list; half as much again for each attribute that is weighed."""
    lists = len(found.drawn.lists.rest)
    if draw < lists:
        return float(sum(len(rule.conditions) for rule in rules_of(found, draw)))
    return 1.5 * int((found.cards.weights[draw - lists] != 0).sum())
