"""Who fits a change: planted habits are found, and the score obeys its laws whatever landed."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.cycle.reviewers import LARGE, ReviewerState, Unit, folders, observed
from seci.cycle.tally import Fading
from seci.kit.clock import DAY

PATHS = ("core/engine.py", "core/gear.py", "docs/guide.md", "ui/page.ts", "ui/deep/er/est/leaf.ts")
ALICE, BOB, CHARLIE, DORA = range(4)
LATER = 400 * DAY


def unit(at: int, authors: list[int], reviewers: list[int], *paths: str) -> Unit:
    return Unit(at, paths or PATHS[:1], authors, reviewers, at * DAY)


units = st.builds(
    unit,
    st.integers(0, 399),
    st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True),
    st.lists(st.integers(0, 3), max_size=2, unique=True),
    st.sampled_from(PATHS),
)
histories = st.lists(units, max_size=25).map(lambda found: sorted(found, key=lambda u: u.at))
changes = st.tuples(
    st.lists(st.sampled_from(PATHS), min_size=1, unique=True), st.lists(st.integers(0, 3), max_size=2, unique=True)
)


def test_who_reviews_a_folder_is_named_for_a_new_file_in_it() -> None:
    state = observed(
        [unit(i, [ALICE], [BOB if i % 2 else CHARLIE], "ui/a.ts" if i % 2 else "core/a.py") for i in range(40)]
    )
    assert state.rank(["ui/new.ts"], [DORA], 41 * DAY)[0].person == BOB
    assert state.rank(["core/new.py"], [DORA], 41 * DAY)[0].person == CHARLIE


def test_whom_an_author_asks_counts_where_files_say_nothing() -> None:
    state = observed([unit(i, [i % 2], [CHARLIE if i % 2 else DORA], f"a{i}/b/c/d/e/f.py") for i in range(40)])
    assert state.rank(["z/b/c/d/e/f.py"], [ALICE], 41 * DAY)[0].person == DORA
    assert state.rank(["z/b/c/d/e/f.py"], [BOB], 41 * DAY)[0].person == CHARLIE


def test_what_goes_on_now_outweighs_what_went_on_longer_ago() -> None:
    past = [unit(i, [ALICE], [BOB]) for i in range(20)]
    lately = [unit(200 + i, [ALICE], [CHARLIE]) for i in range(10)]
    assert observed([*past, *lately]).rank(PATHS[:1], [ALICE], 211 * DAY)[0].person == CHARLIE


def test_nobody_seen_for_more_than_a_year_is_named() -> None:
    state = observed([unit(0, [ALICE], [BOB]), unit(300, [ALICE], [CHARLIE])])
    assert [c.person for c in state.rank(PATHS[:1], [ALICE], 366 * DAY)] == [CHARLIE]


def test_the_facts_behind_a_name_are_counted_with_their_units() -> None:
    state = observed(
        [
            unit(1, [BOB], [ALICE]),
            unit(2, [ALICE], [BOB]),
            unit(3, [ALICE], [BOB], "ui/page.ts"),
            unit(4, [ALICE], [CHARLIE], "core/gear.py"),
        ]
    )
    bob = state.evidence(BOB, ["core/engine.py"], [ALICE])
    assert (bob.commits, bob.reviews, bob.together, bob.near) == (1, 1, 2, False)
    assert bob.last == 3 * DAY
    assert bob.units == (3, 2, 1)
    charlie = state.evidence(CHARLIE, ["core/engine.py"], [ALICE])
    assert (charlie.commits, charlie.reviews, charlie.near) == (0, 1, True)
    nobody = state.evidence(DORA, ["core/engine.py"], [ALICE])
    assert nobody.last is None
    assert nobody.units == ()


def test_who_reviewed_much_this_week_is_asked_less() -> None:
    busy = [unit(100, [ALICE], [BOB]) for _ in range(8)]
    state = observed([unit(99, [ALICE], [CHARLIE]), *busy])
    asked = {load: state.rank(PATHS[:1], [ALICE], 101 * DAY, load=load) for load in (True, False)}
    bob = {load: next(c for c in found if c.person == BOB) for load, found in asked.items()}
    assert bob[True].week == 8
    assert bob[True].score == pytest.approx(bob[False].score * math.exp(-0.8))


def test_bots_and_changes_of_very_many_files_teach_nothing_about_files() -> None:
    paths = tuple(f"core/{i}.py" for i in range(LARGE + 1))
    state = ReviewerState(bots=[DORA])
    state.observe(Unit(1, paths, [ALICE], [BOB, DORA], 0))
    signals = state.signals(["core/1.py"], [ALICE], DAY)
    assert signals.person.tolist() == [BOB]
    assert signals.parts(0).file == 0
    assert signals.parts(0).affinity > 0


def test_an_empty_history_names_nobody() -> None:
    assert ReviewerState().rank(PATHS, [ALICE], LATER) == []
    assert ReviewerState().scores(PATHS, [], 0) == {}


def test_folders_halve_a_level_up_and_stop_after_four() -> None:
    assert dict(folders(["a/b/c/d/e/f"], 0.5)) == {"a/b/c/d/e/": 1, "a/b/c/d/": 0.5, "a/b/c/": 0.25, "a/b/": 0.125}
    assert dict(folders(["f"], 0.5)) == {"": 1}
    assert dict(folders(["a/f", "b/f"], 0.5)) == {"a/": 0.5, "": 0.5, "b/": 0.5}


@settings(max_examples=25, deadline=None)
@given(histories, changes)
def test_no_author_of_the_change_is_ever_named(past: list[Unit], change: tuple[list[str], list[int]]) -> None:
    paths, authors = change
    named = {c.person for c in observed(past).rank(paths, authors, LATER, limit=9)}
    assert not named & set(authors)


@settings(max_examples=25, deadline=None)
@given(histories, changes)
def test_scores_are_finite_within_bounds_and_the_sum_of_their_parts(
    past: list[Unit], change: tuple[list[str], list[int]]
) -> None:
    signals = observed(past).signals(*change, LATER)
    assert ((signals.share >= 0) & (signals.share <= 1.875 + 1e-9)).all()
    assert [signals.parts(i).total for i in range(len(signals.person))] == pytest.approx(signals.fixed.tolist())


@settings(max_examples=25, deadline=None)
@given(histories, changes, st.permutations(range(4)))
def test_scores_do_not_depend_on_how_people_are_numbered(
    past: list[Unit], change: tuple[list[str], list[int]], number: list[int]
) -> None:
    def renamed(who: list[int]) -> list[int]:
        return [number[p] for p in who]

    paths, authors = change
    scores = observed(past).scores(paths, authors, LATER)
    other = observed(
        [replace(u, authors=renamed(list(u.authors)), reviewers=renamed(list(u.reviewers))) for u in past]
    ).scores(paths, renamed(authors), LATER)
    assert {number[p]: s for p, s in scores.items()} == pytest.approx(other)


@settings(max_examples=25, deadline=None)
@given(histories, changes, st.integers(0, 3))
def test_one_more_review_of_the_change_s_files_never_lowers_the_reviewer(
    past: list[Unit], change: tuple[list[str], list[int]], person: int
) -> None:
    paths, authors = change
    if person in authors:
        return
    before = observed(past).scores(paths, authors, LATER)
    # By somebody unknown, so that nobody's part of a change grows beside the reviewer's.
    after = observed([*past, unit(400, [9], [person], *paths)]).scores(paths, authors, LATER)
    assert after[person] >= before.get(person, 0) - 1e-9


@settings(max_examples=25, deadline=None)
@given(histories, changes)
def test_time_alone_takes_confidence_away_and_never_gives_it(
    past: list[Unit], change: tuple[list[str], list[int]]
) -> None:
    state = observed(past)
    soon, late = state.scores(*change, LATER), state.scores(*change, LATER + 100 * DAY)
    assert set(late) <= set(soon)
    assert all(late[p] <= soon[p] + 1e-9 for p in late)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-60_000, 60_000), st.floats(0.1, 9)), min_size=1, max_size=12))
def test_amounts_halve_every_half_life_over_a_century_of_dates(added: list[tuple[int, float]]) -> None:
    fading = Fading(14)
    tally = fading.tally()
    added.sort()
    for day, amount in added:
        tally.add("k", [7], amount * fading.growth(day * DAY))
    now = added[-1][0] + 14
    expected = sum(amount * 2.0 ** -((now - day) / 14) for day, amount in added)
    assert tally.row("k")[7] * fading.left(now * DAY) == pytest.approx(expected)
    assert tally.total("k") == pytest.approx(tally.row("k")[7])
    assert np.isfinite(tally.total("k"))
