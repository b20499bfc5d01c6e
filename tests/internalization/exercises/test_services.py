"""Drills, seeded checklists and explanations, durable and on both databases."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.internalization import services as practice
from seci.internalization.exercises import queries, services
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.artifacts.making import FOR_ALL
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, table
from tests.internalization.runs.conftest import CHECKLIST, RUNBOOK

SCRIPT = {
    "scene": "The queue stands still since four.",
    "causes": ["a worker hangs", "the disk is full"],
    "cause": "a worker hangs",
    "faults": [{"step": "s1", "kind": "misleading_metric", "sign": "the counter is from yesterday"}],
}
WORDS = "I look at the share of missing values first; where many are missing and nobody knows why, I hold it back."


def published(db: Database, type_: str, body: object) -> int:
    made = artifacts.create(AUTHOR, db, type_, f"A {type_}", body, asset=2, context=FOR_ALL, claims=[]).id  # type: ignore[arg-type]
    artifacts.publish(AUTHOR, db, made)
    return made


def acts(db: Database, actor: Actor, walk: int, *deeds: str) -> None:
    start = queries.walk(actor, db, walk).number
    for number, deed in enumerate(deeds, start):
        services.act(actor, db, walk, number, *deed.split(":"))


def events(db: Database, kind: Kind) -> list[tuple[int, float | None, float | None]]:
    return db.rows(
        "SELECT e.actor, o.score, o.difficulty FROM ledger_event e LEFT JOIN ledger_outcome o ON o.event_id = e.seq "
        "WHERE e.kind = ? ORDER BY e.seq",
        [int(kind)],
    )


@pytest.fixture
def drill(house: Database) -> int:
    return services.write_drill(AUTHOR, house, published(house, "runbook", RUNBOOK), script=SCRIPT)


def test_a_drill_is_walked_resumed_and_lands_in_the_ledger(house: Database, drill: int) -> None:
    walk = services.walk(LEARNER, house, drill)
    acts(house, LEARNER, walk, "do", "check")
    assert queries.walk(LEARNER, house, walk).seen == "the counter is from yesterday"
    assert services.walk(LEARNER, house, drill) == walk
    acts(house, LEARNER, walk, "fails", "diagnose:a worker hangs", "do", "works", "stop")
    done = queries.walk(LEARNER, house, walk)
    assert done.state == "done"
    assert done.result is not None
    assert done.result["goal"]
    assert events(house, Kind.SIMULATE) == [(5, 1.0, pytest.approx(1 / 3))]


def test_nothing_of_what_was_laid_in_is_told_before_the_end(house: Database, drill: int) -> None:
    view = queries.walk(LEARNER, house, services.walk(LEARNER, house, drill))
    assert view.result is None
    assert "yesterday" not in repr(view)


def test_an_act_sent_twice_counts_once_and_another_under_its_number_is_refused(house: Database, drill: int) -> None:
    walk = services.walk(LEARNER, house, drill)
    services.act(LEARNER, house, walk, 1, "do")
    services.act(LEARNER, house, walk, 1, "do")
    assert queries.walk(LEARNER, house, walk).number == 2
    with pytest.raises(Conflict, match="another one"):
        services.act(LEARNER, house, walk, 1, "check")
    with pytest.raises(Conflict, match="next is number 2"):
        services.act(LEARNER, house, walk, 7, "works")
    with pytest.raises(BadInput, match="choose"):
        services.act(LEARNER, house, walk, 2, "do")
    acts(house, LEARNER, walk, "stop")
    with pytest.raises(Conflict, match="over"):
        services.act(LEARNER, house, walk, 3, "check")


def test_a_walk_is_nobody_else_s(house: Database, drill: int) -> None:
    walk = services.walk(LEARNER, house, drill)
    with pytest.raises(NotFound):
        queries.walk(OTHER, house, walk)


def test_drills_are_written_by_those_who_prepare_practice_on_published_runbooks(house: Database) -> None:
    runbook = published(house, "runbook", RUNBOOK)
    with pytest.raises(Refused):
        services.write_drill(LEARNER, house, runbook)
    with pytest.raises(BadInput, match="1 to 2 faults"):
        services.write_drill(AUTHOR, house, runbook, faults=3)
    with pytest.raises(BadInput, match="no runbook"):
        services.write_drill(AUTHOR, house, published(house, "checklist", CHECKLIST))
    assert services.write_drill(AUTHOR, house, runbook, faults=2)
    assert [kind for _, kind, _, _ in queries.exercises(LEARNER, house, runbook)] == ["drill"]


def test_a_seeded_checklist_tells_false_ticks_after_it_was_stopped(house: Database) -> None:
    checklist = published(house, "checklist", CHECKLIST)
    with pytest.raises(BadInput, match="no item"):
        services.seed_checklist(AUTHOR, house, checklist, "Release 7", {"c9": "?"})
    made = services.seed_checklist(AUTHOR, house, checklist, "Release 7", {"c2": "nobody ever tried the way back"})
    walk = services.walk(LEARNER, house, made)
    acts(house, LEARNER, walk, "ok:c1", "ok:c2", "stop")
    result = queries.walk(LEARNER, house, walk).result
    assert result is not None
    assert (result["false_ticks"], result["found"], result["seeded"]) == (["c2"], 0, 1)
    assert (5, 0.0, None) in events(house, Kind.PRACTICE)


@pytest.fixture
def pattern(house: Database, framework: int) -> int:
    practice.bring_file(AUTHOR, house, framework, table(12))
    return int(house.rows("SELECT id FROM internalization_pattern WHERE node = 'n2'")[0][0])


def verdicts(db: Database, cases: list[int], *, right: bool) -> dict[str, str]:
    keys = dict(db.rows("SELECT case_id, option FROM internalization_key"))
    return {str(case): keys[case] if right else "use" for case in cases}


def test_a_reader_judges_without_the_words_then_with_them_and_the_gain_is_told(house: Database, pattern: int) -> None:
    practice.begin(LEARNER, house, int(house.rows("SELECT artifact_id FROM internalization_pattern")[0][0]))
    told = services.explain(LEARNER, house, pattern, WORDS)
    before = queries.reading(OTHER, house, told)
    cases = [case.id for case in before.cases]
    assert (before.step, before.words, before.pattern, len(cases)) == ("before", "", "", 8)
    assert services.judge(OTHER, house, told, verdicts(house, cases, right=False)) is None
    assert queries.reading(OTHER, house, told).words == WORDS
    carried = services.judge(OTHER, house, told, verdicts(house, cases, right=True))
    assert carried is not None
    assert carried.is_understood
    assert carried.gain == pytest.approx(1.0)
    done = queries.reading(LEARNER, house, told)
    assert done.step == "done"
    assert done.result is not None
    assert done.result["understood"]
    assert events(house, Kind.TEACH_BACK) == [(5, 1.0, None)]
    with pytest.raises(Conflict):
        services.judge(OTHER, house, told, verdicts(house, cases, right=True))


def test_nobody_reads_their_own_words_or_those_on_what_they_practise(house: Database, pattern: int) -> None:
    told = services.explain(LEARNER, house, pattern, WORDS)
    assert queries.reading(LEARNER, house, told).step == "own"
    with pytest.raises(Refused, match="Somebody else"):
        services.judge(LEARNER, house, told, {})
    assert queries.explanations(OTHER, house) == ([], [told])
    practice.begin(OTHER, house, int(house.rows("SELECT artifact_id FROM internalization_pattern")[0][0]))
    assert queries.explanations(OTHER, house) == ([], [])
    with pytest.raises(Refused, match="practise"):
        queries.reading(OTHER, house, told)


def test_a_case_left_open_and_an_explanation_without_cases_are_refused(house: Database, framework: int) -> None:
    pattern = int(house.rows("SELECT id FROM internalization_pattern WHERE node = 'n2'")[0][0])
    with pytest.raises(Conflict, match="8 cases"):
        services.explain(LEARNER, house, pattern, WORDS)
    practice.bring_file(AUTHOR, house, framework, table(12))
    told = services.explain(LEARNER, house, pattern, WORDS)
    with pytest.raises(BadInput, match="case 1 of 8"):
        services.judge(OTHER, house, told, {})
