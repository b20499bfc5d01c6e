"""Files at risk: who knows a file, who is here, and what is lost when the worst ones leave."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.spiral.files_at_risk import Knowers, departure_loss, files_at_risk, knowers, leaving

FILES, PEOPLE = np.arange(6), np.arange(5)
pairs = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=20)
some = st.sets(st.integers(0, 4))


def known(of: set[tuple[int, int]]) -> Knowers:
    rows = sorted(of)
    file, person = (np.array([row[i] for row in rows], int) for i in (0, 1))
    return knowers(file, person, np.zeros(len(rows), int))


@settings(deadline=None, max_examples=60)
@given(pairs, some)
def test_counts_and_chances_are_those_of_the_definition(of: set[tuple[int, int]], here: set[int]) -> None:
    people = np.array(sorted(here), int)
    leave = leaving(people / 5)
    found = files_at_risk(known(of), FILES, people, leave)
    for row, file in enumerate(FILES):
        mine = [person for f, person in of if f == file and person in here]
        assert found.knowers[row] == len(mine)
        assert found.all_leave[row] == pytest.approx(np.prod([1 - 0.9 * person / 5 for person in mine]))
    assert sum(found.counts().values()) == len(FILES)
    assert found.at_risk.tolist() == FILES[found.knowers < 2].tolist()


@settings(deadline=None, max_examples=60)
@given(pairs, some)
def test_the_worst_departures_are_the_worst_of_all_that_are_possible(of: set[tuple[int, int]], here: set[int]) -> None:
    def lost(gone: set[int]) -> int:
        mine = [{p for f, p in of if f == file and p in here} for file in FILES.tolist()]
        return sum(bool(people) and people <= gone for people in mine)

    found = departure_loss(known(of), FILES, np.array(sorted(here), int))
    assert found.worst_one == max((lost({person}) for person in here), default=0)
    assert found.worst_two == max((lost(set(two)) for two in combinations(here, 2)), default=found.worst_one)
    assert lost(set(found.worst_pair)) == found.worst_two


@settings(deadline=None, max_examples=60)
@given(pairs, some, st.integers(0, 4))
def test_one_more_person_here_never_puts_a_file_at_risk(of: set[tuple[int, int]], here: set[int], more: int) -> None:
    fewer = files_at_risk(known(of), FILES, np.array(sorted(here), int))
    after = files_at_risk(known(of), FILES, np.array(sorted(here | {more}), int))
    assert (after.knowers >= fewer.knowers).all()
    assert set(after.at_risk.tolist()) <= set(fewer.at_risk.tolist())


def test_a_date_in_the_past_sees_only_what_had_happened_then() -> None:
    file, person, when = np.array([1, 1, 1]), np.array([1, 2, 1]), np.array([10, 20, 30])
    assert knowers(file, person, when, until=10).person.tolist() == [1]
    assert knowers(file, person, when, since=20).last.tolist() == [30, 20]
    assert knowers(file, person, when).last.tolist() == [30, 20]


def test_the_levels_tell_orphans_single_and_thin_files_apart() -> None:
    of = {(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2), (4, 4)}
    found = files_at_risk(known(of), np.array([1, 2, 3, 4]), np.array([0, 1, 2]))
    assert found.counts() == {"orphan": 1, "single": 1, "thin": 1, "held": 1}


def test_with_nobody_here_every_file_is_an_orphan_and_nothing_more_can_be_lost() -> None:
    nobody = np.zeros(0, int)
    found = files_at_risk(known({(1, 1)}), np.array([1]), nobody)
    assert found.all_leave.tolist() == [1.0]
    assert departure_loss(known({(1, 1)}), np.array([1]), nobody).worst_two == 0
