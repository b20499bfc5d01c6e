"""Elo for learners and items, updated after every attempt.

The logit of success is  theta[learner] + theta[learner, skill] - difficulty[item]; after each attempt all three move
towards what happened by a step of  K / (1 + 0.05 n),  n counting the updates of that term alone, halved for the two
terms of the learner (Pelanek 2016, "Applications of the Elo rating system in adaptive educational systems"). A new
item starts at the difficulty of its skill.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp

import numpy as np
import numpy.typing as npt

from seci.internalization.tracing.attempts import Attempts

STEP = 1.0
SLOWING = 0.05


@dataclass(slots=True)
class Rating:
    """One term: where it stands, in logits, and how often it was moved."""

    value: float = 0.0
    count: int = 0

    def move(self, surprise: float, step: float = STEP) -> None:
        self.value += step / (1 + SLOWING * self.count) * surprise
        self.count += 1


@dataclass(slots=True)
class Learner:
    overall: Rating = field(default_factory=Rating)
    by_skill: dict[int, Rating] = field(default_factory=dict)

    def move(self, skill: int, surprise: float) -> None:
        self.overall.move(surprise, STEP / 2)
        self.by_skill.setdefault(skill, Rating()).move(surprise, STEP / 2)


@dataclass(slots=True)
class Items:
    """Difficulties of items, and of skills for items never seen, in logits."""

    by_item: dict[int, Rating] = field(default_factory=dict)
    by_skill: dict[int, Rating] = field(default_factory=dict)

    def difficulty(self, item: int, skill: int) -> float:
        known = self.by_item.get(item) or self.by_skill.get(skill)
        return known.value if known else 0.0

    def move(self, item: int, skill: int, surprise: float) -> None:
        if item not in self.by_item:
            self.by_item[item] = Rating(self.difficulty(item, skill))
        self.by_item[item].move(-surprise)
        self.by_skill.setdefault(skill, Rating()).move(-surprise)


def logit(learner: Learner, items: Items, item: int, skill: int) -> float:
    own = learner.by_skill.get(skill)
    return learner.overall.value + (own.value if own else 0.0) - items.difficulty(item, skill)


def probability(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def trace(log: Attempts, items: Items, *, learn: bool) -> npt.NDArray[np.float64]:
    """The logit of success before each attempt, shape (attempts,); every learner starts anew.

    With `learn` the difficulties in `items` move along, else they stay as they are.
    """
    out = np.empty(len(log))
    learner, current = Learner(), -1
    for place, (user, item, skill, correct) in enumerate(log.rows()):
        if user != current:
            learner, current = Learner(), user
        out[place] = logit(learner, items, item, skill)
        surprise = correct - probability(float(out[place]))
        learner.move(skill, surprise)
        if learn:
            items.move(item, skill, surprise)
    return out
