from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from seci.people.units import working_groups

TEAMS = [range(5), range(10, 16), range(20, 24)]


def planted() -> dict[tuple[int, int], int]:
    ties = {pair: 20 for team in TEAMS for pair in combinations(team, 2)}
    ties |= {(0, 10): 1, (5, 20): 1, (30, 31): 40}
    return ties


def test_planted_teams_are_found_and_a_pair_is_no_team() -> None:
    groups = [set(group.people) for group in working_groups(planted())]
    assert {frozenset(team) for team in TEAMS[1:]} <= {frozenset(group & set(range(10, 24)) - {5}) for group in groups}
    assert not any({30, 31} <= group for group in groups)


@given(st.permutations(sorted(planted().items())))
def test_the_order_of_ties_changes_nothing(items: list[tuple[tuple[int, int], int]]) -> None:
    turned = {(two, one) if at % 2 else (one, two): times for at, ((one, two), times) in enumerate(items)}
    assert working_groups(turned) == working_groups(planted())


def test_nobody_is_in_a_unit_with_themselves() -> None:
    assert working_groups({(1, 1): 9}) == []
    assert working_groups({}) == []


def test_the_part_of_work_that_stays_inside_is_a_part() -> None:
    for group in working_groups(planted()):
        assert 0.5 < group.inside <= 1
        assert group.ties >= 20
