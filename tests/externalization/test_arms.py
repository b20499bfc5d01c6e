"""Dialogues by humans alone against dialogues with a partner: means, differences, and silence below five."""

from __future__ import annotations

import pytest

from seci.externalization import conversions, queries
from seci.externalization.measuring.arms import Comparison, Row, Sitting, compare, sitting
from seci.kit.database import Database
from seci.kit.errors import Refused
from tests.externalization.conftest import People


def sat(*, with_partner: bool, questions: int, corrected: float | None = None) -> Sitting:
    return Sitting(with_partner, questions, 20.0, 10, 9, corrected, 0.1, 12, 3 if with_partner else 0)


def row(found: Comparison, name: str) -> Row:
    return next(one for one in found.rows if one.name == name)


def test_a_planted_difference_between_the_arms_comes_back_with_its_interval() -> None:
    alone = [sat(with_partner=False, questions=40 + n) for n in range(8)]
    together = [sat(with_partner=True, questions=30 + n) for n in range(8)]
    found = row(compare([*alone, *together]), "questions")
    assert (found.alone.value, found.together.value, found.difference.value) == (43.5, 33.5, -10)
    assert (found.difference.low or 0) < -10 < (found.difference.high or 0) < 0
    assert found.difference.n == 16
    same = row(compare([*alone, *together]), "agreement on blind cases").difference
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_below_five_dialogues_nothing_is_said_of_an_arm() -> None:
    few = [sat(with_partner=True, questions=30) for _ in range(4)]
    enough = [sat(with_partner=False, questions=40, corrected=0.2) for _ in range(5)]
    found = compare([*few, *enough])
    assert (found.alone, found.together) == (5, 4)
    measured = row(found, "questions")
    assert measured.alone.known
    assert not measured.together.known
    assert not measured.difference.known
    assert not row(found, "restatements corrected").together.known


def test_a_dialogue_is_measured_without_its_long_pauses() -> None:
    state = conversions.sample("dirty_data").state
    found = sitting(state, with_partner=False)
    assert (found.questions, found.from_partner) == (len(state.turns), 0)
    assert found.claims == len(state.standing)
    assert 0 < found.minutes <= len(state.turns) * 10
    assert found.agreed <= found.audits


def test_arms_are_compared_by_those_who_look_after_dialogues(ledger: Database, people: People) -> None:
    assert queries.arms(people.erin, ledger).alone == 0
    with pytest.raises(Refused):
        queries.arms(people.bob, ledger)
