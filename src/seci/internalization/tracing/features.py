"""What is known of a learner before an attempt, as numbers.

Every feature looks back only: the attempt itself is never part of its own row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log1p

import numpy as np
import numpy.typing as npt

from seci.internalization.tracing.attempts import Attempts
from seci.internalization.tracing.elo import probability

Floats = npt.NDArray[np.float64]

NAMES = (
    "skill wins", "skill losses", "item wins", "item losses", "wins", "losses",
    "skill rate, last five or so", "rate, last five or so", "rate, last ten or so", "rate, last fifty or so",
    "last on the skill", "last on the item", "last", "streak on the skill", "streak",
    "skill rate, smoothed", "rate, smoothed", "skill is new", "item is new",
    "attempts since the skill", "attempts since the item", "Elo", "same skill as before", "run of the skill",
    "skill surprise", "surprise",
)  # fmt: skip

UNSEEN = -1.0


@dataclass(slots=True)
class Trail:
    """A learner's past on one skill, on one item, or altogether."""

    wins: int = 0
    losses: int = 0
    last: float = UNSEEN
    place: int = -1
    streak: int = 0
    rate: float = 0.5
    surprise: float = 0.0

    def add(self, correct: int, place: int, *, fading: float, surprise: float, forgetting: float) -> None:
        self.wins += correct
        self.losses += 1 - correct
        self.last = float(correct)
        self.place = place
        self.streak = (max(self.streak, 0) + 1) if correct else (min(self.streak, 0) - 1)
        self.rate += fading * (correct - self.rate)
        self.surprise += forgetting * (surprise - self.surprise)

    def since(self, place: int) -> float:
        return log1p(place - self.place) if self.place >= 0 else UNSEEN

    @property
    def is_new(self) -> bool:
        return self.wins + self.losses == 0


@dataclass(slots=True)
class Past:
    """A learner's past."""

    all: Trail = field(default_factory=Trail)
    skills: dict[int, Trail] = field(default_factory=dict)
    items: dict[int, Trail] = field(default_factory=dict)
    place: int = 0
    rate_ten: float = 0.5
    rate_fifty: float = 0.5
    skill_before: int = -1
    run: int = 0

    def row(self, item: int, skill: int, elo: float) -> tuple[float, ...]:
        """The features before an attempt, in the order of NAMES."""
        s, i, a = self.skills.get(skill, _NOTHING), self.items.get(item, _NOTHING), self.all
        return (
            log1p(s.wins), log1p(s.losses), log1p(i.wins), log1p(i.losses), log1p(a.wins), log1p(a.losses),
            s.rate, a.rate, self.rate_ten, self.rate_fifty,
            s.last, i.last, a.last, s.streak, a.streak,
            (s.wins + 1) / (s.wins + s.losses + 2), (a.wins + 2) / (a.wins + a.losses + 4), s.is_new, i.is_new,
            s.since(self.place), i.since(self.place), elo, skill == self.skill_before, self.run,
            s.surprise, a.surprise,
        )  # fmt: skip

    def add(self, item: int, skill: int, correct: int, elo: float) -> None:
        surprise = correct - probability(elo)
        for trail, forgetting in (
            (self.skills.setdefault(skill, Trail()), 0.3),
            (self.items.setdefault(item, Trail()), 0.3),
            (self.all, 0.15),
        ):
            trail.add(correct, self.place, fading=0.2, surprise=surprise, forgetting=forgetting)
        self.rate_ten += 0.1 * (correct - self.rate_ten)
        self.rate_fifty += 0.02 * (correct - self.rate_fifty)
        self.run = self.run + 1 if skill == self.skill_before else 0
        self.skill_before = skill
        self.place += 1


_NOTHING = Trail()


def features(log: Attempts, elo: Floats) -> Floats:
    """Rows of features, shape (attempts, len(NAMES)); `elo` is the logit before each attempt."""
    rows, past, current = [], Past(), -1
    for (user, item, skill, correct), rating in zip(log.rows(), elo.tolist(), strict=True):
        if user != current:
            past, current = Past(), user
        rows.append(past.row(item, skill, rating))
        past.add(item, skill, correct, rating)
    return np.array(rows, dtype=np.float64).reshape(len(log), len(NAMES))
