"""A ranker of reviewers that learns from the history it is used on.

It is an option: the fixed formula stands, and this takes its place only where it ranked the changes so far better,
each of them before it was learned from.
"""

from __future__ import annotations

import numpy as np

from seci.cycle.learning import Choices, place
from seci.cycle.reviewers import HALF_LIVES, NEVER, RECENCIES, SIGNALS, Floats, Ints, Signals

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
        """Scores by whichever of the two has been ahead."""
        return self.scores(signals) if self.ahead else signals.fixed

    def learn(self, signals: Signals, reviewers: Ints) -> None:
        """Takes in who did review the change that the signals describe. Without one of them among the candidates
        there is nothing to learn."""
        chosen = np.isin(signals.person, reviewers)
        if chosen.any():
            x = features(signals)
            self._learned = FADE * self._learned + 1 / place(self._choices.scores(x), chosen)
            self._fixed = FADE * self._fixed + 1 / place(signals.fixed, chosen)
            self._choices.learn(x, chosen)


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
