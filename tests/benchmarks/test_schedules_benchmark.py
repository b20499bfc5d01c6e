"""The simulation tells schedules apart, and its learners forget as the literature says."""

from __future__ import annotations

import numpy as np

from benchmarks.schedules import SCHEDULES, measure
from benchmarks.schedules_world import ACTION, DAY, FREQUENCY, PATH, PATTERNS, SIDE, Cases, Learner


def test_the_hidden_policy_decides_every_case_by_its_own_path() -> None:
    cases = Cases.draw(np.random.default_rng(1), np.arange(PATTERNS).repeat(20))
    for readings, pattern in zip(cases.readings, cases.pattern, strict=True):
        assert ((readings[PATH[pattern]] > 0.5) == (SIDE[pattern] == 1)).all()
    assert (cases.plainness() >= 0).all()
    assert FREQUENCY.sum() == 1


def _after(gap: float) -> float:
    """Kappa ten days after forty cases, each so many minutes of memory after the one before."""
    chance = np.random.default_rng(3)
    learner = Learner()
    cases = Cases.draw(chance, chance.permutation(np.arange(PATTERNS).repeat(5)))
    for place, (readings, pattern) in enumerate(zip(cases.readings, cases.pattern.tolist(), strict=True)):
        learner.remember(readings, pattern, (place - len(cases.pattern)) * gap)
    unseen = Cases.draw(np.random.default_rng(4), np.arange(PATTERNS).repeat(30))
    return learner.kappa(unseen, 10 * DAY)


def test_who_has_met_nothing_agrees_by_chance_and_what_is_crammed_fades_more_than_what_is_spread() -> None:
    unseen = Cases.draw(np.random.default_rng(4), np.arange(PATTERNS).repeat(30))
    assert Learner().kappa(unseen, 0.0) == 0
    assert 0.3 < _after(1.0) < _after(3.0)


def test_learning_two_brothers_never_confuses_actions_of_other_branches() -> None:
    assert all(ACTION[leaf] != ACTION[leaf + 1] for leaf in range(0, PATTERNS, 2))


def test_the_product_s_schedule_leaves_more_behind_than_cramming() -> None:
    rows = measure(2)["schedules"]
    assert list(rows) == list(SCHEDULES)
    assert rows["product, maintenance"]["later_balanced"] > rows["crammed, random"]["later_balanced"] + 0.02
