"""How alike people decide on equal cases, with planted decisions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.internalization.runs import queries
from seci.internalization.runs.consistency import Decided, consistency, noted
from seci.internalization.runs.course import Done
from seci.kit.database import Database
from seci.kit.errors import Refused
from tests.internalization.runs.conftest import GUEST, LEARNER, House


def test_those_who_always_agree_reach_one_and_opposites_fall_below_chance() -> None:
    alike = [Decided(case, person, ("use", "hold")[case % 2]) for case in range(8) for person in range(5)]
    found = consistency(alike)
    assert (found.value, found.n, found.status) == (1.0, 8, "validated")
    pairs = [
        Decided(case, person, option) for case in range(6) for person, option in ((case, "use"), (case + 9, "hold"))
    ]
    assert (consistency(pairs).value or 0.0) < 0


def test_a_planted_share_of_dissent_is_what_alpha_tells() -> None:
    """Five people, forty cases by halves; on ten of them one of the five says otherwise. By hand: observed disagreement
    10 * 8 / (40 * 5 * 4) = .1; expected 2 * 100 * 100 / (200 * 199), so alpha is 1 - .1 / .5025."""
    planted = [
        Decided(case, person, ("use", "hold")[(case + (person == 4 and case < 10)) % 2])
        for case in range(40)
        for person in range(5)
    ]
    found = consistency(planted)
    assert found.value == pytest.approx(1 - 0.1 / (20000 / (200 * 199)))
    assert found.low is not None
    assert found.low < (found.value or 0) < (found.high or 0)


def test_four_people_and_cases_of_one_person_tell_nothing() -> None:
    assert consistency([]).value is None
    assert consistency([Decided(case, person, "use") for case in range(9) for person in range(4)]).value is None
    assert consistency([Decided(person, person, "use") for person in range(9)]).value is None


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from("ab")), max_size=40))
def test_a_second_decision_of_a_person_on_a_case_changes_nothing(made: list[tuple[int, int, str]]) -> None:
    decided = [Decided(*one) for one in made]
    assert consistency([*decided, *(Decided(one.case, one.person, "c") for one in decided)]) == consistency(decided)


def test_facts_are_those_that_stand_after_all_that_was_taken_back() -> None:
    moves = [
        *(Done("fact", "nulls", "9"), Done("look"), Done("fact", "source", " Stream "), Done("fact", "nulls", "4")),
        *(Done("back"), Done("decide", value="use")),
    ]
    assert noted(moves) == (("nulls", "9"), ("source", "stream"))
    assert noted([Done("fact", "nulls", " "), Done("decide", value="use")]) == ()


def ended(db: Database, artifact: int, person: int, decided: str, nulls: str = "", pressure: int = 2) -> int:
    [(run,)] = db.rows(
        "INSERT INTO internalization_run (artifact_id, revision, person_id, task, link, pressure, state, reason, "
        "decided, looks, consulted, went, started_at, ended_at) "
        "VALUES (?, 1, ?, 'x', '', ?, 'done', '', ?, 0, ?, '', 0, 1) RETURNING id",
        [artifact, person, pressure, decided, False],
    )
    if nulls:
        db.run(
            "INSERT INTO internalization_move (run_id, number, did, node, value, note, at) "
            "VALUES (?, 1, 'fact', 'nulls', ?, '', 0)",
            [run, nulls],
        )
    return int(run)


def reviewed(db: Database, run: int, person: int, decision: str, *, is_blind: bool = True) -> None:
    db.run(
        "INSERT INTO internalization_review (run_id, person_id, is_blind, decision, upheld, because, at) "
        "VALUES (?, ?, ?, ?, ?, '', 0)",
        [run, person, is_blind, decision, True],
    )


def test_tasks_judged_again_blindly_and_tasks_of_the_same_facts_are_equal_cases(house: House) -> None:
    db = house.db
    for person in (1, 2, 3):
        ended(db, house.tree, person, "hold", "9")
    again = ended(db, house.tree, 5, "use", "1")
    reviewed(db, again, 6, "use")
    reviewed(db, again, 7, "hold", is_blind=False)  # saw the decision: no judgement of its own
    ended(db, house.tree, 7, "hold", "1", pressure=0)  # an exercise is no real work
    ended(db, house.tree, 7, "hold", "33")  # nobody else had this case
    [row] = queries.agreements(LEARNER, db, 2)
    assert (row.artifact, row.work.value, row.work.n, row.panel.value) == (house.tree, 1.0, 2, None)
    unseen = ended(db, house.tree, 5, "use")
    reviewed(db, unseen, 6, "hold")
    [after] = queries.agreements(LEARNER, db, 2)
    assert after.work.n == 3
    assert 0 < (after.work.value or 0) < 1
    assert queries.agreements(LEARNER, db, 3) == ()
    with pytest.raises(Refused):
        queries.agreements(GUEST, db, 2)
