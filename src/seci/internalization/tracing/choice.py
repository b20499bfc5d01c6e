"""Which model predicts: Elo, until the combined model does better on learners that neither has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from seci.internalization.tracing import combined
from seci.internalization.tracing.attempts import Attempts, folds
from seci.internalization.tracing.elo import Items, trace
from seci.internalization.tracing.scores import Scores, scores

Model = Literal["elo", "combined"]
FEWEST_LEARNERS = 5
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """Both models on held-out learners, and the one with the smaller log loss. `combined` is None while too few."""

    chosen: Model
    learners: int
    elo: Scores | None
    combined: Scores | None


def choose(log: Attempts, *, items: int, skills: int, seed: int = 0) -> Choice:
    """Cross-validates over learners; with fewer than five of them there is nothing to hold out, and Elo predicts."""
    learners = len(np.unique(log.user))
    if learners < FEWEST_LEARNERS:
        return Choice("elo", learners, None, None)
    fold = folds(log, FOLDS, seed)
    if any(len(np.unique(log.correct[fold != number])) < 2 for number in range(FOLDS)):
        return Choice("elo", learners, None, None)  # where nobody ever failed, or everybody did, nothing can be fitted
    by_elo, by_both = np.empty(len(log)), np.empty(len(log))
    for number in range(FOLDS):
        out, rest = fold == number, log.where(fold != number)
        by_elo[out] = elo_predictions(rest, log.where(out))
        by_both[out] = combined.fit(rest, items=items, skills=skills, seed=seed).predict(log.where(out))
    one, other = scores(log.correct, by_elo), scores(log.correct, by_both)
    return Choice("combined" if other.log_loss < one.log_loss else "elo", learners, one, other)


def elo_predictions(known: Attempts, unseen: Attempts) -> npt.NDArray[np.float64]:
    """Probability of success before each attempt of learners whom `known` does not hold."""
    items = Items()
    trace(known, items, learn=True)
    return np.asarray(1 / (1 + np.exp(-trace(unseen, items, learn=False))))
