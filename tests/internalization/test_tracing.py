"""Predicting the next answer: nothing looks ahead, planted truths are found, the better model is chosen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.tracing import combined
from seci.internalization.tracing.attempts import Attempts, Ints, attempts, folds
from seci.internalization.tracing.choice import choose, elo_predictions
from seci.internalization.tracing.elo import Items, trace
from seci.internalization.tracing.features import NAMES, features
from seci.internalization.tracing.foretelling import chances
from seci.internalization.tracing.scores import calibration_error, scores
from seci.kit.errors import BadInput


def planted(learners: int, each: int, seed: int, *, items: int = 30, skills: int = 5) -> Attempts:
    """Learners of different ability on items of different difficulty, who get better at a skill as they practise it."""
    draw = np.random.default_rng(seed)
    difficulty = np.random.default_rng(99).normal(0, 1.5, items)
    rows = []
    for learner in range(learners):
        ability, practised = draw.normal(), np.zeros(skills)
        for _ in range(each):
            item = int(draw.integers(items))
            skill = item % skills
            success = 1 / (1 + np.exp(-(ability + 0.3 * practised[skill] - difficulty[item])))
            rows.append((learner, item, skill, int(draw.random() < success)))
            practised[skill] += 1
    return attempts(*(list(column) for column in zip(*rows, strict=True)))


logs = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 2), st.integers(0, 1)), min_size=2, max_size=40
).map(lambda rows: attempts(*(list(column) for column in zip(*rows, strict=True))))


@given(logs)
def test_a_verdict_changes_nothing_that_was_known_before_it(log: Attempts) -> None:
    changed = Attempts(log.user, log.item, log.skill, np.append(log.correct[:-1], 1 - log.correct[-1]))
    before, after = (trace(each, Items(), learn=True) for each in (log, changed))
    assert np.array_equal(before, after)
    assert np.array_equal(features(log, before), features(changed, after))


@given(logs)
def test_learners_do_not_tell_of_each_other_when_items_stand_still(log: Attempts) -> None:
    whole = trace(log, Items(), learn=False)
    for learner in np.unique(log.user):
        own = log.user == learner
        assert np.array_equal(whole[own], trace(log.where(own), Items(), learn=False))


def test_a_log_is_sorted_by_learner_and_time() -> None:
    log = attempts([1, 0, 1], [5, 6, 7], [0, 0, 0], [1, 0, 0], timestamp=[9, 1, 2])
    assert log.rows() == [(0, 6, 0, 0), (1, 7, 0, 0), (1, 5, 0, 1)]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (([0], [0, 1], [0], [1]), "different lengths"),
        (([0], [-1], [0], [1]), "numbered from 0"),
        (([0], [0], [0], [2]), "neither 0 nor 1"),
    ],
)
def test_a_log_that_makes_no_sense_is_refused(columns: tuple[list[int], ...], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        attempts(*columns)


def test_all_attempts_of_a_learner_are_in_one_fold() -> None:
    log = planted(20, 10, 1)
    fold = folds(log, 5, seed=3)
    assert all(len(set(fold[log.user == learner])) == 1 for learner in range(20))
    assert set(fold) == {0, 1, 2, 3, 4}


def test_elo_finds_the_planted_order_of_difficulties() -> None:
    items = Items()
    trace(planted(150, 40, 2), items, learn=True)
    found = [items.difficulty(item, item % 5) for item in range(30)]
    truth = np.random.default_rng(99).normal(0, 1.5, 30)
    assert np.corrcoef(found, truth)[0, 1] > 0.95


def test_a_new_item_is_as_hard_as_its_skill() -> None:
    items = Items()
    trace(attempts([0] * 8, [1] * 8, [0] * 8, [0] * 8), items, learn=True)
    assert items.difficulty(7, 0) == items.by_skill[0].value > 0
    assert items.difficulty(7, 1) == 0


def test_the_combined_model_beats_elo_on_learners_it_has_not_seen() -> None:
    log, unseen = planted(60, 40, 3), planted(30, 40, 4)
    one = scores(unseen.correct, elo_predictions(log, unseen))
    other = scores(unseen.correct, combined.fit(log).predict(unseen))
    assert one.auc is not None
    assert other.auc is not None
    assert other.auc > 0.75
    assert other.log_loss < one.log_loss


def test_an_item_and_a_skill_that_were_never_tried_have_a_prediction() -> None:
    model = combined.fit(planted(12, 20, 5), items=40, skills=8)
    chance = model.predict(attempts([0, 0], [39, 39], [7, 7], [1, 0]))
    assert ((chance > 0) & (chance < 1)).all()


def test_what_is_foretold_is_what_is_predicted_when_the_case_comes() -> None:
    model, one = combined.fit(planted(12, 20, 5), items=40, skills=8), planted(1, 9, 6)
    asked = np.array([[3, 3], [39, 7]])
    told = chances(model, one, asked[:, 0], asked[:, 1])
    for (item, skill), chance in zip(asked.tolist(), told, strict=True):
        log = attempts(
            *([*column.tolist(), last] for column, last in zip(columns(one), (0, item, skill, 1), strict=True))
        )
        assert model.predict(log)[-1] == pytest.approx(chance)


def columns(log: Attempts) -> tuple[Ints, Ints, Ints, Ints]:
    return log.user, log.item, log.skill, log.correct


def test_who_never_failed_gives_nothing_to_fit() -> None:
    log = planted(6, 10, 8)
    found = choose(Attempts(log.user, log.item, log.skill, np.ones_like(log.correct)), items=30, skills=5)
    assert (found.chosen, found.learners, found.combined) == ("elo", 6, None)


def test_few_learners_are_left_to_elo_and_many_to_the_better_model() -> None:
    few = choose(planted(4, 30, 6), items=30, skills=5)
    assert (few.chosen, few.combined) == ("elo", None)
    many = choose(planted(10, 20, 7), items=30, skills=5)
    assert many.elo is not None
    assert many.combined is not None
    assert (many.chosen == "combined") == (many.combined.log_loss < many.elo.log_loss)


def test_calibration_is_measured_against_what_happened() -> None:
    correct = np.array([1] * 7 + [0] * 3)
    assert calibration_error(correct, np.full(10, 0.7)) == pytest.approx(0)
    assert calibration_error(correct, np.full(10, 0.95)) == pytest.approx(0.25)
    assert scores(np.ones(3, dtype=np.int64), np.full(3, 0.8)).auc is None


def test_every_feature_has_a_name() -> None:
    log = planted(2, 5, 8)
    assert features(log, np.zeros(len(log))).shape == (10, len(NAMES))
