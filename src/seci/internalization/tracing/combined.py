"""The combined model: a logistic regression and boosted trees over the past of a learner, averaged.

Items are known to it by how hard they were for *other* learners: for the attempts it learns from, Elo ratings and
success rates of an item are taken from the other folds of learners. Else rare items would tell their own answer
(target encoding must be out of fold).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.internalization.tracing.attempts import Attempts, Ints, folds
from seci.internalization.tracing.elo import Items, trace
from seci.internalization.tracing.features import NAMES, Floats, features

FOLDS = 5
# Below so many attempts a second thread costs more than it brings.
MANY = 20_000
# Pseudo-counts that pull an item's rate to its skill's, and a skill's to the mean of all.
ITEM_PULL, SKILL_PULL = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class Rates:
    """How often items and skills were judged rightly, smoothed; index is the item or skill."""

    item: Floats
    skill: Floats
    seen: Floats

    @classmethod
    def of(cls, log: Attempts, items: int, skills: int) -> Rates:
        mean = (log.correct.sum() + 1) / (len(log) + 2)
        tried = np.bincount(log.skill, minlength=skills)
        skill = (np.bincount(log.skill, log.correct, skills) + SKILL_PULL * mean) / (tried + SKILL_PULL)
        seen = np.bincount(log.item, minlength=items)
        home = np.full(items, mean)
        home[log.item] = skill[log.skill]
        item = (np.bincount(log.item, log.correct, items) + ITEM_PULL * home) / (seen + ITEM_PULL)
        return cls(item, skill, seen.astype(np.float64))

    def columns(self, log: Attempts) -> Floats:
        known = self.seen[log.item]
        rate = np.where(known > 0, self.item[log.item], self.skill[log.skill])
        return np.column_stack([_logit(rate), np.log1p(known), _logit(self.skill[log.skill])])


@dataclass(frozen=True, slots=True)
class Known:
    """What a log of learners tells of items: Elo difficulties and rates."""

    elo: Items
    rates: Rates

    @classmethod
    def of(cls, log: Attempts, items: int, skills: int) -> Known:
        elo = Items()
        trace(log, elo, learn=True)
        return cls(elo, Rates.of(log, items, skills))

    def rows(self, log: Attempts) -> Floats:
        """Features of learners whom the log did not hold."""
        return np.column_stack([features(log, trace(log, self.elo, learn=False)), self.rates.columns(log)])


@dataclass(frozen=True, slots=True)
class Combined:
    """A fitted model. It predicts for learners it has never seen, each attempt from those before it.

    few  fitted on few attempts: then Elo, which has nothing to fit, speaks with half the weight
    """

    known: Known
    items: int
    skills: int
    centre: Floats
    spread: Floats
    logistic: Any
    trees: Any
    few: bool

    def predict(self, log: Attempts) -> Floats:
        """Probability of success before each attempt, shape (attempts,)."""
        return self.voices(log, self.known.rows(log))

    def voices(self, log: Attempts, rows: Floats) -> Floats:
        """The same from features that are worked out already, a row for each attempt."""
        voices = [self.logistic.predict_proba(_design(self, log, rows))[:, 1], self.trees.predict_proba(rows)[:, 1]]
        fitted = np.mean(voices, axis=0)
        if not self.few:
            return np.asarray(fitted)
        elo = 1 / (1 + np.exp(-rows[:, NAMES.index("Elo")]))
        return np.asarray((fitted + elo) / 2)


def fit(log: Attempts, *, items: int | None = None, skills: int | None = None, seed: int = 0) -> Combined:
    """Fits both halves on a log; `items` and `skills` are how many there are, by default as many as the log shows."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    items = int(log.item.max()) + 1 if items is None else items
    skills = int(log.skill.max()) + 1 if skills is None else skills
    rows = _out_of_fold(log, folds(log, FOLDS, seed), items, skills)
    spread = rows.std(axis=0)
    trees = HistGradientBoostingClassifier(
        max_iter=400 if len(log) > MANY else 100,
        learning_rate=0.05,
        min_samples_leaf=100 if len(log) > MANY else 40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(None if len(log) > MANY else 1, user_api="openmp"):
        trees.fit(rows, log.correct)
    model = Combined(
        known=Known.of(log, items, skills),
        items=items,
        skills=skills,
        centre=rows.mean(axis=0),
        spread=np.where(spread > 0, spread, 1.0),
        logistic=LogisticRegression(C=0.3, max_iter=150, tol=1e-3),
        trees=trees,
        few=len(log) <= MANY,
    )
    model.logistic.fit(_design(model, log, rows), log.correct)
    return model


def _out_of_fold(log: Attempts, fold: Ints, items: int, skills: int) -> Floats:
    parts: dict[int, Floats] = {}
    for number in np.unique(fold).tolist():
        rest = log.where(fold != number)
        parts[number] = Known.of(rest if len(rest) else log, items, skills).rows(log.where(fold == number))
    out = np.empty((len(log), next(iter(parts.values())).shape[1]))
    for number, rows in parts.items():
        out[fold == number] = rows
    return out


def _design(model: Combined, log: Attempts, rows: Floats) -> Any:
    """Features beside a column for each item and skill, and the slope of wins and losses for each skill."""
    from scipy import sparse

    skill = _one_hot(log.skill, model.skills)
    return sparse.hstack(
        [
            sparse.csr_matrix((rows - model.centre) / model.spread),
            _one_hot(log.item, model.items),
            skill,
            skill.multiply(rows[:, :1]),
            skill.multiply(rows[:, 1:2]),
        ]
    ).tocsr()


def _one_hot(column: Ints, width: int) -> Any:
    from scipy import sparse

    inside = column < width
    places = np.flatnonzero(inside)
    return sparse.csr_matrix((np.ones(len(places)), (places, column[inside])), (len(column), width))


def _logit(rate: npt.NDArray[np.float64]) -> Floats:
    return np.asarray(np.log(rate / (1 - rate)))
