"""Truck factor: what is published, what the definition says, and what planted histories must give."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.spiral.truck_factor import Authorship, degree_of_authorship, truck_factor

Touch = tuple[int, int, bool]
touches = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=40)


def authorship(rows: list[Touch], *, creators_exempt: bool = False) -> Authorship:
    """(file, person, added) rows; what does not add, changes."""
    file, person, added = (np.array([row[i] for row in rows], kind) for i, kind in enumerate((int, int, bool)))
    return degree_of_authorship(file, person, added, ~added, creators_exempt=creators_exempt)


def authors_by_definition(rows: list[Touch]) -> dict[int, set[int]]:
    found = {}
    for file in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == file]
        changes = sum(not added for _, _, added in mine)
        degree = {}
        for person in {row[1] for row in mine}:
            first = any(added for _, p, added in mine if p == person)
            own = sum(not added for _, p, added in mine if p == person)
            degree[person] = 3.293 + 1.098 * first + 0.164 * own - 0.321 * math.log(1 + changes - own)
        top = max(degree.values())
        found[file] = {p for p, d in degree.items() if d / top > 0.75 and d >= 3.293}
    return found


def truck_factor_by_definition(authors: dict[int, set[int]]) -> int:
    owned: dict[int, set[int]] = {}
    for file, people in authors.items():
        for person in people:
            owned.setdefault(person, set()).add(file)
    gone = 0
    while owned and len(set().union(*owned.values())) / len(authors) >= 0.5:
        del owned[max(sorted(owned), key=lambda person: len(owned[person]))]
        gone += 1
    return gone


@settings(deadline=None, max_examples=60)
@given(touches)
def test_authors_are_those_of_the_formula_written_out(rows: list[Touch]) -> None:
    found = authorship(rows)
    pairs = set(zip(found.file[found.author].tolist(), found.person[found.author].tolist(), strict=True))
    assert pairs == {(file, person) for file, people in authors_by_definition(rows).items() for person in people}


@settings(deadline=None, max_examples=60)
@given(touches.filter(bool))
def test_greedy_removal_agrees_with_its_definition(rows: list[Touch]) -> None:
    assert truck_factor(authorship(rows)).n == truck_factor_by_definition(authors_by_definition(rows))


@settings(deadline=None, max_examples=60)
@given(touches.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_touches_does_not_matter(rows: list[Touch], random: object) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert truck_factor(authorship(shuffled)) == truck_factor(authorship(rows))


@settings(deadline=None, max_examples=60)
@given(touches.filter(bool), st.sets(st.integers(0, 4)))
def test_fewer_people_here_never_make_it_larger(rows: list[Touch], here: set[int]) -> None:
    found = authorship(rows)
    ever, active = truck_factor(found), truck_factor(found, active=np.array(sorted(here), int))
    assert active.n is not None
    assert ever.n is not None
    assert active.n <= ever.n
    assert active.coverage[0] <= ever.coverage[0]


def test_one_who_wrote_everything_is_a_truck_factor_of_one() -> None:
    found = truck_factor(authorship([(file, 7, True) for file in range(10)]))
    assert (found.n, found.leavers, found.coverage, found.files) == (1, (7,), (1.0, 0.0), 10)


def test_work_that_is_spread_evenly_needs_half_of_the_people_and_one() -> None:
    found = truck_factor(authorship([(file, file % 5, True) for file in range(20)]))
    assert found.n == 3
    assert found.coverage == pytest.approx((1.0, 0.8, 0.6, 0.4))


def test_when_everybody_has_left_nobody_else_need_leave() -> None:
    found = truck_factor(authorship([(1, 1, True), (2, 1, True)]), active=np.array([9]))
    assert (found.n, found.leavers, found.without_author) == (0, (), 1.0)


def test_no_files_have_no_truck_factor_rather_than_zero() -> None:
    found = truck_factor(authorship([]))
    assert found.n is None
    assert found.without_author is None


def test_one_asset_is_judged_by_its_own_files() -> None:
    found = authorship([(1, 1, True), (2, 2, True), (3, 3, True), (4, 3, True)])
    assert truck_factor(found, np.array([1])).leavers == (1,)
    assert truck_factor(found.of_files(np.array([3, 4]))).leavers == (3,)


def test_a_file_without_any_author_counts_as_uncovered() -> None:
    assert truck_factor(authorship([(1, 1, True)]), np.array([1, 2, 3])).n == 0


def test_whoever_adds_a_file_again_is_its_author_too() -> None:
    found = authorship([(1, 1, True), (1, 2, True)])
    assert found.author.all()


def test_a_creator_overtaken_by_many_others_is_an_author_only_where_creators_are_exempt() -> None:
    rows = [(1, 1, True)] + [(1, person, False) for person in range(2, 42)]
    assert not authorship(rows).author.any()
    exempt = authorship(rows, creators_exempt=True)
    assert exempt.person[exempt.author].tolist() == [1]
