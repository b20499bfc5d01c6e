"""How it went: outcomes beside events, and events about a revision of an artifact, through everything that a ledger
goes through."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from seci.accounts.actor import Actor
from seci.kit.database import Database, connect
from seci.kit.errors import BadInput
from seci.ledger import queries, services, undo
from seci.ledger.digest import digest
from seci.ledger.kinds import Kind
from seci.ledger.outcome import Outcome
from seci.people.store import record
from tests.ledger.making import ledger_with_names

LEAD = Actor(account=1, person=2, role="lead", door="page")
WENT = Outcome(score=0.75, pressure=2, aid="artifact", difficulty=0.5, hours=0.25)


def an_artifact(db: Database, id_: int = 1, key: str = "tree") -> int:
    db.run(
        "INSERT INTO artifacts_artifact (id, key, type, title, state, head, who, situation, exceptions, unsupported, "
        "label, created_at, changed_at) VALUES (?, ?, 'decision_tree', 'T', 'draft', 1, '', '', '', 0, '', 0, 0)",
        [id_, key],
    )
    return id_


def a_run(db: Database, outcome: Outcome | None = WENT, revision: int | None = 3, artifact: int = 1) -> int:
    with db.transaction():
        return record(
            db, LEAD, Kind.APPLY, "ran it", asset=1, other=3, artifact=artifact, revision=revision, outcome=outcome
        )


def said(db: Database, seq: int) -> dict[str, object]:
    event = asdict(queries.event(LEAD, db, seq))
    return {name: event[name] for name in ("artifact", "revision", "score", "pressure", "aid", "difficulty", "hours")}


HOW = {"artifact": 1, "revision": 3, "score": 0.75, "pressure": 2, "aid": 1, "difficulty": 0.5, "hours": 0.25}


def test_an_event_keeps_its_artifact_its_revision_and_how_it_went(ledger: Database) -> None:
    ledger_with_names(ledger)
    an_artifact(ledger)
    seq = a_run(ledger)
    assert said(ledger, seq) == HOW
    silent = a_run(ledger, outcome=None, revision=None)
    assert said(ledger, silent) == {**dict.fromkeys(HOW), "artifact": 1}
    assert digest(ledger).outcomes == 1


def test_how_it_went_survives_a_correction_an_undo_and_a_redo(ledger: Database) -> None:
    ledger_with_names(ledger)
    an_artifact(ledger)
    seq = a_run(ledger)
    run = queries.event(LEAD, ledger, seq).run
    before = digest(ledger)
    corrected = services.reclassify(LEAD, ledger, seq, Kind.INCIDENT)
    assert said(ledger, corrected.seq) == HOW
    undo.undo(ledger, corrected.run, at=5)
    assert digest(ledger).outcomes == 1
    undo.undo(ledger, run, at=6)
    assert (digest(ledger).events, digest(ledger).outcomes) == (before.events, before.outcomes)


def test_an_event_that_is_undone_takes_its_outcome_along_and_brings_it_back(ledger: Database) -> None:
    ledger_with_names(ledger)
    an_artifact(ledger)
    run = queries.event(LEAD, ledger, a_run(ledger)).run
    before = digest(ledger)
    undo.undo(ledger, run, at=5)
    assert (digest(ledger).events, digest(ledger).outcomes) == (0, 0)
    undo.redo(ledger, run, at=6)
    assert digest(ledger) == before


def test_the_digest_tells_artifacts_and_revisions_apart_and_not_their_numbers_of_rows(
    migrated_folder: Path, tmp_path: Path
) -> None:
    def life(name: str, *, id_: int = 1, key: str = "tree", revision: int | None = 3) -> str:
        import shutil

        with connect(Path(shutil.copy(migrated_folder / "seci.sqlite3", tmp_path / name))) as db:
            ledger_with_names(db)
            an_artifact(db, id_, key)
            seq = a_run(db, revision=revision, artifact=id_)
            # Two lives differ in time and in the random native identity; both are made alike.
            db.run("INSERT INTO ledger_erasure (scope, rows, opened_at) VALUES ('a test', 1, 0)")
            db.run("UPDATE ledger_event SET key = ?, source_key = ?, t = 1 WHERE seq = ?", [bytes(16), b"x", seq])
            return digest(db).digest

    first = life("first")
    assert first == life("second", id_=7)
    assert len({first, life("key", key="other"), life("revision", revision=4), life("none", revision=None)}) == 4


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"score": 1.5}, "score"),
        ({"difficulty": -0.1}, "difficulty"),
        ({"pressure": 4}, "pressure"),
        ({"aid": "oracle"}, "aid"),
        ({"hours": -1.0}, "hours"),
        ({"score": float("nan")}, "score"),
    ],
)
def test_an_outcome_outside_its_range_is_refused_in_one_sentence(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        Outcome(**wrong)  # type: ignore[arg-type]
