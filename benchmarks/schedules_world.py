"""A hidden policy, cases of it, and simulated learners who remember cases and forget them.

The policy is a decision tree over seven readings with eight leaves (patterns) of uneven frequency and four actions. A
learner judges a new case by the cases they remember (exemplar model: Nosofsky 1986), compared mostly by the cues
that the feedback named. A remembered case fades by a power of its age; the more present its answer was when it was
met, the faster (Pavlik & Anderson 2005): so what is crammed goes first. Nothing of the product's own models (FSRS,
Elo) is inside a learner.

The constants were set once so that random practice ends near kappa .80 on the balanced mix and keeps .77 for a month;
no schedule has constants of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

READINGS, ACTIONS = 7, 4
# Readings asked on the way to each leaf, and the side taken; leaves 2k and 2k+1 part at their last reading.
PATH: Ints = np.array([[0, 1 + leaf // 4, 3 + leaf // 2] for leaf in range(8)])
SIDE: Ints = np.array([[leaf >> 2 & 1, leaf >> 1 & 1, leaf & 1] for leaf in range(8)])
ACTION: Ints = np.array([0, 1, 2, 0, 1, 3, 3, 2])
FREQUENCY: Floats = np.array([0.27, 0.20, 0.15, 0.12, 0.09, 0.07, 0.06, 0.04])
PATTERNS = len(ACTION)

# Minutes of memory: a day counts as 36 (Pavlik & Anderson 2005 count time between sessions at a fraction).
DAY, EVENING, PACE = 36.0, 10.0, 1.0
NARROWNESS, ASIDE = 7.0, 0.03
SLOWEST, QUICKENING = 0.10, 0.80
GUESSING, SHARPNESS = 0.03, 2.0


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of the policy: readings (n, 7) in 0 to 1, the pattern (leaf) of each, the right action."""

    readings: Floats
    pattern: Ints

    @property
    def action(self) -> Ints:
        return ACTION[self.pattern]

    @classmethod
    def draw(cls, chance: np.random.Generator, pattern: Ints) -> Cases:
        """A case of each pattern named; the further a reading from its threshold, the plainer the case."""
        readings = chance.random((len(pattern), READINGS))
        rows = np.arange(len(pattern))
        for step in range(PATH.shape[1]):
            margin = 0.5 * chance.random(len(pattern)) ** 0.7
            side = SIDE[pattern, step]
            readings[rows, PATH[pattern, step]] = np.where(side == 1, 0.5 + margin, 0.5 - margin)
        return cls(readings, pattern)

    def plainness(self) -> Floats:
        """Distance of the closest reading on the path from its threshold, 0 to .5: where experts disagree it is 0."""
        rows = np.arange(len(self.pattern))[:, None]
        return np.asarray(np.abs(self.readings[rows, PATH[self.pattern]] - 0.5).min(axis=1))


@dataclass(slots=True)
class Learner:
    """What somebody remembers, and how well they judge. `talent` scales how narrowly cases are told apart."""

    talent: float = 1.0
    readings: Floats = field(default_factory=lambda: np.empty((400, READINGS)))
    weight: Floats = field(default_factory=lambda: np.empty((400, READINGS)))
    action: Ints = field(default_factory=lambda: np.empty(400, dtype=np.int64))
    at: Floats = field(default_factory=lambda: np.empty(400))
    decay: Floats = field(default_factory=lambda: np.empty(400))
    count: int = 0

    def evidence(self, readings: Floats, now: float) -> Floats:
        """How much speaks for each action, shape (cases, 4)."""
        n = self.count
        if n == 0:
            return np.zeros((len(readings), ACTIONS))
        apart = np.abs(readings[:, None, :] - self.readings[None, :n]) * self.weight[None, :n]
        alike = np.exp(-NARROWNESS * self.talent * apart.sum(axis=2))
        strength = np.maximum(now - self.at[:n], PACE) ** -self.decay[:n]
        return np.asarray((alike * strength) @ np.eye(ACTIONS)[self.action[:n]])

    def chances(self, readings: Floats, now: float) -> Floats:
        """Probability of each action, shape (cases, 4)."""
        weighed = (self.evidence(readings, now) + GUESSING) ** SHARPNESS
        return np.asarray(weighed / weighed.sum(axis=1, keepdims=True))

    def remember(self, readings: Floats, pattern: int, now: float) -> None:
        """A case whose answer and cues were seen."""
        present = float(self.evidence(readings[None, :], now)[0, ACTION[pattern]])
        place = self.count
        self.readings[place], self.action[place], self.at[place] = readings, ACTION[pattern], now
        self.weight[place] = ASIDE
        self.weight[place, PATH[pattern]] = 1.0
        self.decay[place] = SLOWEST + QUICKENING * min(present, 3.0)
        self.count += 1

    def kappa(self, cases: Cases, now: float) -> float:
        """Expected Cohen's kappa with the policy on cases never met; remembers none of them."""
        chances = self.chances(cases.readings, now)
        agreement = float(chances[np.arange(len(cases.pattern)), cases.action].mean())
        chance = float(chances.mean(axis=0) @ (np.bincount(cases.action, minlength=ACTIONS) / len(cases.action)))
        return (agreement - chance) / (1 - chance)
