"""The bench of simulated experts itself: its worlds are as described, and the product's way is what it measures."""

from __future__ import annotations

import pytest

from benchmarks.elicitation import Asked, reached, run, summary
from benchmarks.elicitation_worlds import HUMAN_LIKE, KINDS, SETS, random_choice, world


@pytest.mark.parametrize("of", SETS)
def test_worlds_are_balanced_and_come_out_the_same_again(of: str) -> None:
    one, again = world(of, "fft", 7), world(of, "fft", 7)
    assert one.truth == again.truth
    assert one.pool == again.pool
    share = one.truth.count("a") / len(one.truth)
    assert 0.2 < share < 0.8
    assert len(one.pool) + len(one.held_out) == (800 if of == "mixed" else 900)
    assert not {case.id for case in one.pool} & {case.id for case in one.held_out}


def test_the_expert_slips_about_once_in_twenty() -> None:
    one = world("mixed", "rules", 3)
    choices = [random_choice(one, n) for n in range(480)]
    slips = sum(one.judge(choice, n).outcome != one.verdict(choice.case) for n, choice in enumerate(choices))
    assert 10 <= slips <= 40


@pytest.mark.parametrize("kind", KINDS)
def test_three_outcomes_all_occur(kind: str) -> None:
    assert set(world("mixed", kind, 2, outcomes=3).truth) == {"a", "b", "c"}


def test_a_curve_has_reached_its_mark_when_it_stays_there_for_three_questions() -> None:
    assert reached([0.9, 0.8, 0.9, 0.9, 0.9], 0.9) == 3
    assert reached([0.9, 0.9, 0.8], 0.9) is None


def test_a_run_chooses_and_learns_as_the_product_does() -> None:
    done = run(Asked("mixed", "rules", 0, 12))
    assert done.ours[11] >= 0.7
    found = summary([done])
    assert found["worlds"] == 1
    assert found["ours"]["agreement"] == {}
    assert done.kind in HUMAN_LIKE
