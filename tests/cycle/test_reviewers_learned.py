"""The ranker that learns: it finds a planted habit, takes over only when ahead, and looks at nothing ahead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.cycle.learned_reviewers import ENOUGH, LearnedReviewers, trained
from seci.cycle.learning import Choices, place
from seci.cycle.reviewers import HALF_LIVES, RECENCIES, SIGNALS, Signals
from seci.kit.clock import DAY
from tests.cycle.test_reviewers import ALICE, BOB, CHARLIE, unit


def signals(seed: int, people: int = 6) -> Signals:
    draw = np.random.default_rng(seed)
    return Signals(
        np.arange(people),
        draw.random((people, len(HALF_LIVES) * len(SIGNALS))),
        draw.integers(0, 300, (people, len(RECENCIES))).astype(float),
    )


def test_it_takes_over_where_people_go_by_something_the_formula_ignores() -> None:
    ranker = LearnedReviewers()
    for seed in range(2 * ENOUGH):
        found = signals(seed)
        ranker.learn(found, np.array([np.argmin(found.days[:, 0])]))
    assert ranker.ahead
    fresh = [signals(seed) for seed in range(9000, 9050)]
    right = [int(np.argmax(ranker.best(s))) == int(np.argmin(s.days[:, 0])) for s in fresh]
    assert np.mean(right) > 0.7


def test_it_does_not_take_over_where_people_go_by_the_formula() -> None:
    ranker = LearnedReviewers()
    for seed in range(2 * ENOUGH):
        ranker.learn(signals(seed), np.array([int(np.argmax(signals(seed).fixed))]))
    assert not ranker.ahead
    assert ranker.best(signals(1)) == pytest.approx(signals(1).fixed)


def test_it_waits_until_enough_is_known() -> None:
    ranker = LearnedReviewers()
    for seed in range(ENOUGH - 1):
        ranker.learn(signals(seed), np.array([np.argmin(signals(seed).days[:, 0])]))
    assert not ranker.ahead


def test_a_trained_ranker_takes_the_place_of_the_formula_in_a_state() -> None:
    past = [unit(i, [ALICE], [BOB if i % 2 else CHARLIE]) for i in range(30)]
    state, ranker = trained(past, recent=20)
    assert ranker.n == 20
    named = state.rank(["core/engine.py"], [ALICE], 30 * DAY, score=ranker.best)
    assert {c.person for c in named} == {BOB, CHARLIE}
    assert named[0].score >= named[1].score > 0


def test_a_reviewer_who_was_no_candidate_teaches_nothing() -> None:
    ranker = LearnedReviewers()
    ranker.learn(signals(1), np.array([99]))
    assert ranker.n == 0


def test_choices_recover_the_sign_of_planted_weights() -> None:
    draw, truth, choices = np.random.default_rng(5), np.array([3.0, 0.0, -2.0]), Choices(3)
    for _ in range(600):
        x = draw.normal(size=(5, 3))
        chance = np.exp(x @ truth)
        choices.learn(x, np.arange(5) == draw.choice(5, p=chance / chance.sum()))
    assert choices.weights[0] > 0.5
    assert choices.weights[2] < -0.5
    assert abs(choices.weights[1]) < 0.5


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.data())
def test_the_place_is_the_mean_over_the_orders_that_ties_allow(score: list[int], data: st.DataObject) -> None:
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(score), max_size=len(score))))
    values = np.array(score, float)
    if not chosen.any():
        assert place(values, chosen) == float("inf")
        return
    best = values[chosen].max()
    above, level = (values[~chosen] > best).sum(), (values[~chosen] == best).sum()
    assert 1 + above <= place(values, chosen) <= 1 + above + level
