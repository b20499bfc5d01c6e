"""Learning how much each feature of a candidate says, from one choice after the other.

A conditional logit (McFadden 1974): the chance that a candidate is chosen is e^(w·x) over the sum of all candidates'.
After each choice that is known, w takes one step of AdaGrad (Duchi, Hazan and Singer 2011) towards the chosen.
Nothing is fitted ahead of time: all it knows lies in the past, and it follows a team whose habits change.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STEP = 0.05
SLOWEST = 0.002
"""Least rate at which mean and spread of the features are followed: over the last 500 choices."""


class Choices:
    """Weights of `size` features, all zero at first. `n` choices have been learned from."""

    def __init__(self, size: int) -> None:
        self.weights: Floats = np.zeros(size)
        self.n = 0
        self._squares = np.full(size, 0.01)
        self._mean, self._spread = np.zeros(size), np.ones(size)

    def scores(self, features: Floats) -> Floats:
        """Score of each candidate, a row of (candidates, size); only order and differences mean anything."""
        scores: Floats = self._standard(features) @ self.weights
        return scores

    def learn(self, features: Floats, chosen: Flags) -> None:
        """Takes in which of the candidates were chosen; nothing if none was."""
        if not chosen.any():
            return
        x = self._standard(features)
        score = x @ self.weights
        self._note_scale(features)
        chance = np.exp(score - score.max())
        slope = x.T @ (chance / chance.sum() - chosen / chosen.sum())
        self._squares += slope * slope
        self.weights -= STEP * slope / np.sqrt(self._squares)

    def _note_scale(self, features: Floats) -> None:
        self.n += 1
        rate = max(1 / self.n, SLOWEST)
        self._mean += rate * (features.mean(axis=0) - self._mean)
        self._spread += rate * (((features - self._mean) ** 2).mean(axis=0) - self._spread)

    def _standard(self, features: Floats) -> Floats:
        standard: Floats = (features - self._mean) / np.sqrt(self._spread + 1e-6)
        return standard


def place(score: Floats, chosen: Flags) -> float:
    """Place of the best-placed chosen candidate, from 1; ties count half; infinite if none was chosen."""
    if not chosen.any():
        return float("inf")
    best = score[chosen].max()
    others = score[~chosen]
    return float(1 + (others > best).sum() + (others == best).sum() / 2)
