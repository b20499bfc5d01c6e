"""A ranker of reviewers that learns from the history it is used on.

It is an option: the fixed formula stands, and this takes its place only where it ranked the changes so far better,
each of them before it was learned from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from seci.cycle.learning import Choices, place
from seci.cycle.reviewers import HALF_LIVES, NEVER, RECENCIES, SIGNALS, Floats, Ints, ReviewerState, Signals, Unit

FLOOR = 0.01
ENOUGH = 200
"""Changes to have been ranked by both before the learned ranker may take over."""

FADE = 0.998
"""Each change makes what either ranker did before count a little less: half after 350 changes."""

SIZE = 2 * len(HALF_LIVES) * len(SIGNALS) + len(RECENCIES) + 1


class LearnedReviewers:
    """What the signals of a history say, and how well this and the formula have ranked it so far."""

    def __init__(self) -> None:
        self._choices = Choices(SIZE)
        self._learned, self._fixed = 0.0, 0.0

    @property
    def n(self) -> int:
        """Changes learned from."""
        return self._choices.n

    @property
    def ahead(self) -> bool:
        """Whether it has ranked the changes so far better than the formula."""
        return self.n >= ENOUGH and self._learned > self._fixed

    def scores(self, signals: Signals) -> Floats:
        """Score of each candidate; only their order and differences mean anything."""
        return self._choices.scores(features(signals))

    def best(self, signals: Signals) -> Floats:
        """Scores by whichever of the two has been ahead, none below 0: the formula's, or chances that sum to 1."""
        if not self.ahead or not len(signals.person):
            return signals.fixed
        score = self.scores(signals)
        chance: Floats = np.exp(score - score.max())
        chance /= chance.sum()
        return chance

    def learn(self, signals: Signals, reviewers: Ints) -> None:
        """Takes in who did review the change that the signals describe. Without one of them among the candidates
        there is nothing to learn."""
        chosen = np.isin(signals.person, reviewers)
        if chosen.any():
            x = features(signals)
            self._learned = FADE * self._learned + 1 / place(self._choices.scores(x), chosen)
            self._fixed = FADE * self._fixed + 1 / place(signals.fixed, chosen)
            self._choices.learn(x, chosen)


def trained(
    units: Iterable[Unit], bots: Collection[int] = (), recent: int = 1000
) -> tuple[ReviewerState, LearnedReviewers]:
    """A state with all units, in landing order, and a ranker that learned from the last `recent` reviewed ones, each
    ranked with what had landed before it: `state.rank(..., score=ranker.best)`."""
    landed = list(units)
    reviewed = [i for i, unit in enumerate(landed) if unit.reviewers]
    learn_from = reviewed[-recent] if len(reviewed) >= recent else 0
    state, ranker = ReviewerState(bots), LearnedReviewers()
    for i, unit in enumerate(landed):
        if unit.reviewers and i >= learn_from:
            ranker.learn(state.signals(unit.paths, unit.authors, unit.at), np.array(unit.reviewers))
        state.observe(unit)
    return state, ranker


def features(signals: Signals) -> Floats:
    """(n, SIZE): the shares, their logarithms, the recencies' logarithms, and the formula's logarithm."""
    return np.column_stack(
        [
            signals.share,
            np.log(signals.share + FLOOR),
            np.log1p(signals.days) / np.log1p(NEVER),
            np.log(signals.fixed + FLOOR),
        ]
    )
