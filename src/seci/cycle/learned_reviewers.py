"""A ranker that learns, change by change, how much each signal says in this one history.

A conditional logit (McFadden 1974): the chance that a candidate reviews is e^(w·x) over the sum of all candidates'.
After each change that landed, w takes one step of AdaGrad (Duchi, Hazan and Singer 2011) towards who did review.
Nothing is fitted ahead of time, so all it knows lies in the past, and it follows a team whose habits change.

It is an option: the fixed formula stands, and this takes its place only where it ranked the changes so far better.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from seci.cycle.reviewers import HALF_LIVES, NEVER, RECENCIES, SIGNALS, Floats, Ints, Signals

STEP = 0.05
FLOOR = 0.01
ENOUGH = 200
"""Changes to have been ranked by both before the learned ranker may take over."""

FADE = 0.998
"""Each change makes what either ranker did before count a little less: half after 350 changes."""

_SIZE = 2 * len(HALF_LIVES) * len(SIGNALS) + len(RECENCIES) + 1


class LearnedReviewers:
    """Weights of a history, and how well they and the formula have ranked it so far."""

    def __init__(self) -> None:
        self.weights = np.zeros(_SIZE)
        self.n = 0
        self._squares = np.full(_SIZE, 0.01)
        self._mean, self._spread = np.zeros(_SIZE), np.ones(_SIZE)
        self._learned, self._fixed = 0.0, 0.0

    @property
    def ahead(self) -> bool:
        """Whether it has ranked the changes so far better than the formula, each before it was learned from."""
        return self.n >= ENOUGH and self._learned > self._fixed

    def scores(self, signals: Signals) -> Floats:
        """Score of each candidate; only their order and differences mean anything."""
        scores: Floats = self._standard(features(signals)) @ self.weights
        return scores

    def best(self, signals: Signals) -> Floats:
        """Scores by whichever of the two has been ahead."""
        return self.scores(signals) if self.ahead else signals.fixed

    def learn(self, signals: Signals, reviewers: Ints) -> None:
        """Takes in who did review the change that the signals describe. Without one of them among the candidates
        there is nothing to learn."""
        chosen = np.isin(signals.person, reviewers)
        if not chosen.any():
            return
        raw = features(signals)
        x = self._standard(raw)
        score = x @ self.weights
        self._compare(score, signals.fixed, chosen)
        self._note_scale(raw)
        chance = np.exp(score - score.max())
        slope = x.T @ (chance / chance.sum() - chosen / chosen.sum())
        self._squares += slope * slope
        self.weights -= STEP * slope / np.sqrt(self._squares)

    def _compare(self, learned: Floats, fixed: Floats, chosen: npt.NDArray[np.bool_]) -> None:
        self._learned = FADE * self._learned + reciprocal_rank(learned, chosen)
        self._fixed = FADE * self._fixed + reciprocal_rank(fixed, chosen)

    def _note_scale(self, raw: Floats) -> None:
        """Follows mean and spread of the features, each change counting alike."""
        self.n += 1
        rate = max(1 / self.n, 0.002)
        self._mean += rate * (raw.mean(axis=0) - self._mean)
        self._spread += rate * (((raw - self._mean) ** 2).mean(axis=0) - self._spread)

    def _standard(self, raw: Floats) -> Floats:
        standard: Floats = (raw - self._mean) / np.sqrt(self._spread + 1e-6)
        return standard


def features(signals: Signals) -> Floats:
    """(n, features): the shares, their logarithms, the recencies' logarithms, and the formula's logarithm."""
    return np.column_stack(
        [
            signals.share,
            np.log(signals.share + FLOOR),
            np.log1p(signals.days) / np.log1p(NEVER),
            np.log(signals.fixed + FLOOR),
        ]
    )


def reciprocal_rank(score: Floats, chosen: npt.NDArray[np.bool_]) -> float:
    """1 / place of the best-placed chosen candidate; ties count half. 0 if none was chosen."""
    if not chosen.any():
        return 0.0
    best = score[chosen].max()
    others = score[~chosen]
    return float(1 / (1 + (others > best).sum() + (others == best).sum() / 2))
