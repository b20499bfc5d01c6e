"""Who could take over: those who already work on or beside the files, and what earlier takeovers teach."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from seci.cycle.reviewers import HALF_LIVES, RECENCIES, SIGNALS, Signals, Unit, observed
from seci.cycle.successors import SCORERS, Takeovers, rank, scores
from seci.kit.clock import DAY
from tests.cycle.test_reviewers import ALICE, BOB, CHARLIE, DORA, LATER, PATHS, histories, unit


def test_who_changes_the_files_beside_is_named_before_who_is_merely_active() -> None:
    past = [unit(i, [ALICE], [], "core/engine.py") for i in range(10)]
    beside = [unit(10 + i, [BOB], [], "core/gear.py") for i in range(5)]
    elsewhere = [unit(15 + i, [CHARLIE], [], "ui/page.ts") for i in range(6)]
    found = rank(observed([*past, *beside, *elsewhere]), ["core/engine.py"], [ALICE], 22 * DAY)
    assert found[0].person == BOB
    assert found[0].evidence.near
    assert found[0].evidence.commits == 5
    assert ALICE not in {successor.person for successor in found}


def test_several_who_leave_together_are_not_each_other_s_successors() -> None:
    state = observed([unit(i, [i % 3], []) for i in range(9)])
    assert [s.person for s in rank(state, PATHS[:1], [ALICE, BOB], 10 * DAY)] == [CHARLIE]


def test_nobody_is_named_without_any_sign_of_fitting() -> None:
    assert rank(observed([]), PATHS, [ALICE], LATER) == []
    assert rank(observed([unit(1, [ALICE], [])]), PATHS, [ALICE], 2 * DAY) == []


def takeover(seed: int) -> tuple[Signals, int]:
    """Whoever reviewed the leaver's changes takes over; nothing else means anything."""
    draw = np.random.default_rng(seed)
    share = draw.random((9, len(HALF_LIVES) * len(SIGNALS)))
    signals = Signals(np.arange(9), share, draw.random((9, len(RECENCIES))) * 300)
    return signals, int(np.argmax(share[:, len(SIGNALS) + SIGNALS.index("affinity")]))


def test_it_leaves_the_formula_only_for_what_was_clearly_right_more_often() -> None:
    takeovers = Takeovers()
    for seed in range(8):
        takeovers.learn(*takeover(seed))
    assert takeovers.choice == "formula"
    for seed in range(8, 150):
        takeovers.learn(*takeover(seed))
    assert takeovers.choice == "reviewers of the leaver"


def test_it_keeps_to_the_formula_where_that_is_right() -> None:
    takeovers = Takeovers()
    for seed in range(150):
        signals, _ = takeover(seed)
        takeovers.learn(signals, int(np.argmax(scores(signals)["formula"])))
    assert takeovers.choice == "formula"


def test_a_newcomer_who_takes_over_teaches_nothing() -> None:
    takeovers = Takeovers()
    takeovers.learn(takeover(1)[0], 99)
    assert takeovers.n == 0


def test_every_scorer_scores_every_candidate() -> None:
    signals, _ = takeover(1)
    assert tuple(scores(signals)) == SCORERS
    assert all(len(score) == len(signals.person) for score in scores(signals).values())


@settings(max_examples=25, deadline=None)
@given(histories)
def test_no_leaver_is_named_and_the_best_stands_first(past: list[Unit]) -> None:
    found = rank(observed(past), PATHS[:2], [ALICE, DORA], LATER, limit=4)
    assert not {s.person for s in found} & {ALICE, DORA}
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
