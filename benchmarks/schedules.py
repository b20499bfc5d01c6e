"""`python -m benchmarks.schedules`: what a schedule of practice leaves behind, for simulated learners.

Twelve cases a day for twenty days (or 120 a day for two, crammed), then thirty days of nothing but, for one schedule,
three sessions of maintenance. The product's schedule is the product's own code: placement, composition of rounds,
memory, Elo, levels of help. It is a model and no people: it guards the scheduler, it claims no effect.

reach          share of learners whose kappa on the balanced mix was .8 on some evening within the attempts
natural        kappa on unseen cases in the mix of real work; balanced: every pattern equally often
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log
from statistics import fmean, median, stdev
from typing import Any

import numpy as np

from benchmarks.schedules_world import ACTION, DAY, EVENING, FREQUENCY, PACE, PATTERNS, Cases, Learner
from seci.internalization.memory import Memory, grade, recall, review
from seci.internalization.placement import chosen, start_levels
from seci.internalization.round import LENGTH, Candidate, Need, compose
from seci.internalization.scaffold import Level, Step, standing
from seci.internalization.tracing import elo
from seci.kit.clock import DAY as MICROS_A_DAY
from seci.kit.ids import Draw, seeded

DAYS, LATER = 20, 30
POOL, UNSEEN = 1_600, 320
MAINTENANCE = (DAYS + 7, DAYS + 14, DAYS + 21)
REACHED = 0.8
# Plainness of a typical case, for the author's prior.
TYPICAL = 0.17
# Chance that help shows the answer to somebody who does not have it; the artifact, once opened, always does.
HELP = {Level.WORKED: 1.0, Level.COMPLETION: 0.5}


@dataclass(slots=True)
class World:
    """What a team shares: a pool of cases whose difficulty is learned from everybody, and cases to test with."""

    pool: Cases
    natural: Cases
    balanced: Cases
    items: elo.Items
    prior: list[float]

    @classmethod
    def draw(cls, seed: int) -> World:
        chance = np.random.default_rng(seed)
        pool = Cases.draw(chance, np.repeat(np.arange(PATTERNS), POOL // PATTERNS))
        return cls(
            pool,
            Cases.draw(chance, chance.choice(PATTERNS, UNSEEN, p=FREQUENCY)),
            Cases.draw(chance, np.repeat(np.arange(PATTERNS), UNSEEN // PATTERNS)),
            elo.Items(),
            [log(TYPICAL / (plain + 0.02)) for plain in pool.plainness().tolist()],
        )

    def begin(self, case: int, pattern: int) -> None:
        """A case that nobody tried starts at its pattern's difficulty, the plainer to the panel the easier."""
        if case not in self.items.by_item:
            self.items.by_item[case] = elo.Rating(self.items.difficulty(-1, pattern) + self.prior[case])


@dataclass(slots=True)
class Practice:
    """One learner with what the product knows of them."""

    world: World
    learner: Learner
    chance: np.random.Generator
    draw: Draw
    unseen: list[set[int]]
    skill: elo.Learner = field(default_factory=elo.Learner)
    memory: dict[int, Memory] = field(default_factory=dict)
    steps: dict[int, list[Step]] = field(default_factory=lambda: {pattern: [] for pattern in range(PATTERNS)})
    start: dict[int, Level] = field(default_factory=lambda: dict.fromkeys(range(PATTERNS), Level.WORKED))
    placed: list[tuple[int, bool, float | None]] = field(default_factory=list)

    @classmethod
    def begin(cls, world: World, seed: int) -> Practice:
        chance = np.random.default_rng(1_000 + seed)
        unseen = [set(np.flatnonzero(world.pool.pattern == pattern).tolist()) for pattern in range(PATTERNS)]
        learner = Learner(talent=float(np.exp(chance.normal(0, 0.15))))
        return cls(world, learner, chance, seeded("schedules", seed), unseen)

    def meet(self, case: int, now: float) -> tuple[int, bool, float]:
        """Answers a case and sees the right answer: pattern, whether it was right, and how sure."""
        readings, pattern = self.world.pool.readings[case], int(self.world.pool.pattern[case])
        chances = self.learner.chances(readings[None, :], now)[0]
        answer = int(self.chance.choice(len(chances), p=chances))
        self.learner.remember(readings, pattern, now)
        self.unseen[pattern].discard(case)
        return pattern, answer == ACTION[pattern], float(chances[answer])

    def any_of(self, pattern: int) -> int:
        return int(self.chance.choice(sorted(self.unseen[pattern])))

    # The product's side

    def attempt(self, case: int, now: float, day: int, level: Level) -> None:
        """An attempt in the product: what is done moves Elo, memory and the level of help."""
        pattern, right, sure = self.meet(case, now)
        looked_up = level is Level.ON_REQUEST and sure < 0.6
        if level < Level.ON_REQUEST or looked_up:
            right = right or self.chance.random() < HELP.get(level, 1.0)
        else:
            self._rate(case, pattern, right)
        at = day * MICROS_A_DAY
        given = grade(right, looked_up=looked_up or level < Level.ON_REQUEST, confidence=sure)
        self.memory[pattern] = review(self.memory.get(pattern), given, at)
        self.steps[pattern].append(Step(level, right, day, looked_up, sure))

    def _rate(self, case: int, pattern: int, right: bool) -> None:
        self.world.begin(case, pattern)
        surprise = right - elo.probability(elo.logit(self.skill, self.world.items, case, pattern))
        self.skill.move(pattern, surprise)
        self.world.items.move(case, pattern, surprise)

    def level(self, pattern: int) -> Level:
        return standing(self.steps[pattern], self.start[pattern]).level

    def predicted(self, case: int, pattern: int) -> float:
        prior = 0.0 if case in self.world.items.by_item else self.world.prior[case]
        return elo.probability(elo.logit(self.skill, self.world.items, case, pattern) - prior)

    def need(self, pattern: int, day: int) -> Need:
        return Need(
            str(pattern),
            float(FREQUENCY[pattern]),
            recall(self.memory.get(pattern), day * MICROS_A_DAY),
            elo.probability(elo.logit(self.skill, self.world.items, -1, pattern)),
            near=(str(pattern ^ 1),),
        )

    def round(self, day: int) -> list[int]:
        candidates = [
            Candidate(str(case), str(pattern), self.predicted(case, pattern))
            for pattern in range(PATTERNS)
            for case in sorted(self.unseen[pattern])
        ]
        picks = compose([self.need(pattern, day) for pattern in range(PATTERNS)], candidates, self.draw)
        return [int(pick.case) for pick in picks]


Day = Callable[[Practice, int], None]


def _clock(day: int, place: int) -> float:
    return day * DAY + place * PACE


def random_day(practice: Practice, day: int, length: int = LENGTH) -> None:
    """Cases as they come in real work."""
    for place in range(length):
        practice.meet(practice.any_of(int(practice.chance.choice(PATTERNS, p=FREQUENCY))), _clock(day, place))


def spaced_day(practice: Practice, day: int) -> None:
    """The patterns least remembered by FSRS, a random case of each: no difficulty, no natural half, no levels."""
    for place in range(LENGTH):
        at = day * MICROS_A_DAY
        met = practice.memory
        recalls = [(recall(met.get(one), at) or 0.0, met[one].due if one in met else 0, one) for one in range(PATTERNS)]
        pattern, right, sure = practice.meet(practice.any_of(min(recalls)[2]), _clock(day, place))
        met[pattern] = review(met.get(pattern), grade(right, confidence=sure), at)


def product_day(practice: Practice, day: int) -> None:
    """A round of the product; the first day begins with its placement."""
    place = 0
    if day == 0:
        firsts = chosen({pattern: [practice.any_of(pattern)] for pattern in range(PATTERNS)}, {})
        for place, (case, pattern) in enumerate(firsts):
            practice.attempt(case, _clock(day, place), day, Level.CLOSED)
            last = practice.steps[pattern].pop()
            practice.placed.append((pattern, last.right, last.confidence))
        practice.start = start_levels(range(PATTERNS), practice.placed)
        place = len(firsts)
    for case in practice.round(day)[: LENGTH - place]:
        pattern = int(practice.world.pool.pattern[case])
        practice.attempt(case, _clock(day, place), day, practice.level(pattern))
        place += 1


def _crammed(practice: Practice, day: int) -> None:
    # Two days in the place of the last two, so that the delay is the same for all.
    if day >= DAYS - 2:
        random_day(practice, day, LENGTH * DAYS // 2)


SCHEDULES: dict[str, tuple[Day, tuple[int, ...]]] = {
    "crammed, random": (_crammed, ()),
    "random daily": (random_day, ()),
    "plain spaced": (spaced_day, ()),
    "product": (product_day, ()),
    "product, maintenance": (product_day, MAINTENANCE),
}


def _learn(world: World, seed: int, day_of: Day, after: tuple[int, ...]) -> dict[str, float | None]:
    practice = Practice.begin(world, seed)
    reached: float | None = None
    evening = 0.0
    for day in range(DAYS):
        day_of(practice, day)
        met = practice.learner.count
        evening = _clock(day, 0) + max(LENGTH, met - LENGTH * day if day_of is not _crammed else met // 2) + EVENING
        if reached is None and met and practice.learner.kappa(world.balanced, evening) >= REACHED:
            reached = float(met)
    ends = [practice.learner.kappa(cases, evening) for cases in (world.natural, world.balanced)]
    for day in after:
        day_of(practice, day)
    later = _clock(DAYS - 1 + LATER, 0) + EVENING
    lasts = [practice.learner.kappa(cases, later) for cases in (world.natural, world.balanced)]
    levels = [float(practice.level(pattern)) for pattern in range(PATTERNS)] if practice.start else []
    return {
        "attempts": reached, "end_natural": ends[0], "end_balanced": ends[1],
        "later_natural": lasts[0], "later_balanced": lasts[1], "level": fmean(levels),
    }  # fmt: skip


def measure(learners: int, per_world: int = 6) -> dict[str, Any]:
    """Every schedule with the same learners in the same worlds; a world is a team of six who share its cases."""
    return {
        "learners": learners,
        "schedules": {name: _row(learners, per_world, *how) for name, how in SCHEDULES.items()},
    }


def _row(learners: int, per_world: int, day_of: Day, after: tuple[int, ...]) -> dict[str, Any]:
    found = list(_all(learners, per_world, day_of, after))
    reached = [one["attempts"] for one in found if one["attempts"] is not None]
    row: dict[str, Any] = {
        "reach": round(len(reached) / len(found), 3),
        "median_attempts": median(reached) if len(reached) * 2 > len(found) else None,
    }
    for name in ("end_natural", "end_balanced", "later_natural", "later_balanced"):
        values = [one[name] or 0.0 for one in found]
        row[name] = round(fmean(values), 3)
        row[f"{name}_se"] = round(stdev(values) / len(values) ** 0.5, 3) if len(values) > 1 else None
    if day_of is product_day:
        row["mean_level"] = round(fmean(one["level"] or 0.0 for one in found), 2)
    return row


def _all(learners: int, per_world: int, day_of: Day, after: tuple[int, ...]) -> Iterator[dict[str, float | None]]:
    world = World.draw(0)
    for seed in range(learners):
        if seed % per_world == 0:
            world = World.draw(seed)
        yield _learn(world, seed, day_of, after)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedules", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="6 learners instead of 30")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = measure(6 if given.quick else 30)
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"{result['learners']} learners; natural/balanced mix, standard error of the last in brackets")
    print(f"{'':22}{'reach .8':>9}{'attempts':>9}{'at the end':>13}{'30 days later':>22}")
    for name, row in result["schedules"].items():
        later = f"{row['later_natural']:.3f}/{row['later_balanced']:.3f} ({row['later_balanced_se']})"
        attempts = "never" if row["median_attempts"] is None else f"{row['median_attempts']:.0f}"
        end = f"{row['end_natural']:.3f}/{row['end_balanced']:.3f}"
        print(f"{name:22}{row['reach']:9.0%}{attempts:>9}{end:>13}{later:>22}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
