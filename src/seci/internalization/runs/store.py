"""Rows of runs, written and read in SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from seci.internalization.runs.course import Done
from seci.internalization.runs.transfer import Decision
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json

_SECOND = 1_000_000


def insert(
    db: Database, artifact: int, revision: int, person: int, task: str, link: str, pressure: int, at: Micros
) -> int:
    rows = db.rows(
        "INSERT INTO internalization_run (artifact_id, revision, person_id, task, link, pressure, state, reason, "
        "decided, looks, consulted, went, started_at) VALUES (?, ?, ?, ?, ?, ?, 'open', '', '', 0, ?, '', ?) "
        "RETURNING id",
        [artifact, revision, person, task, link, pressure, False, at],
    )
    return int(rows[0][0])


def moves(db: Database, run: int, started: Micros) -> list[Done]:
    """The moves of a run in their order, timed from its start."""
    rows = db.rows(
        "SELECT did, node, value, note, at FROM internalization_move WHERE run_id = ? ORDER BY number", [run]
    )
    return [Done(did, node, value, note, (at - started) / _SECOND) for did, node, value, note, at in rows]


def moves_of(db: Database, artifact: int) -> dict[int, list[Done]]:
    """{run: its moves in their order} of the ended runs of an artifact on real work; untimed."""
    found: dict[int, list[Done]] = {}
    for run, did, node, value in db.rows(
        "SELECT m.run_id, m.did, m.node, m.value FROM internalization_move m JOIN internalization_run r "
        "ON r.id = m.run_id WHERE r.artifact_id = ? AND r.state = 'done' AND r.pressure > 0 "
        "ORDER BY m.run_id, m.number",
        [artifact],
    ):
        found.setdefault(run, []).append(Done(did, node, value))
    return found


def write_move(db: Database, run: int, number: int, move: Done, other: int | None, at: Micros) -> bool:
    """Writes a move; False when there is one with that number already."""
    return bool(
        db.run(
            "INSERT INTO internalization_move (run_id, number, did, node, value, note, other_id, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, number) DO NOTHING",
            [run, number, move.did, move.node, move.value, move.note, other, at],
        )
    )


def change(db: Database, run: int, columns: Mapping[str, object]) -> int:
    """Changes columns of a run; `result` is given as plain data."""
    values = [json.dumps(value) if name == "result" else value for name, value in columns.items()]
    names = ", ".join(f"{name} = ?" for name in columns)
    return db.run(f"UPDATE internalization_run SET {names} WHERE id = ?", [*values, run])


def close(db: Database, run: int, state: str) -> bool:
    """Takes a run out of the open ones; False when somebody else has done so."""
    return bool(db.run("UPDATE internalization_run SET state = ? WHERE id = ? AND state = 'open'", [state, run]))


def write_went(db: Database, run: int, went: str) -> bool:
    """Writes how it turned out; False when that is written already."""
    return bool(db.run("UPDATE internalization_run SET went = ? WHERE id = ? AND went = ''", [went, run]))


def write_review(
    db: Database, run: int, person: int, *, is_blind: bool, decision: str, upheld: bool, because: str, at: Micros
) -> bool:
    """Writes a review; False when that person has given one already."""
    return bool(
        db.run(
            "INSERT INTO internalization_review (run_id, person_id, is_blind, decision, upheld, because, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, person_id) DO NOTHING",
            [run, person, is_blind, decision, upheld, because, at],
        )
    )


def decisions(db: Database, artifact: int, person: int | None = None) -> list[Decision]:
    """The finished runs of an artifact as decisions; of several reviews a blind one counts before a seen one."""
    where, values = ("", [artifact]) if person is None else (" AND person_id = ?", [artifact, person])
    rows = db.rows(
        "SELECT id, ended_at, pressure, person_id, looks, consulted, went, result, decided FROM internalization_run "
        f"WHERE artifact_id = ? AND state = 'done'{where} ORDER BY ended_at, id",
        values,
    )
    reviews = {
        run: (bool(blind), bool(upheld))
        for run, blind, upheld in db.rows(
            "SELECT v.run_id, v.is_blind, v.upheld FROM internalization_review v JOIN internalization_run r "
            "ON r.id = v.run_id WHERE r.artifact_id = ? ORDER BY v.is_blind, v.id",
            [artifact],
        )
    }
    return [_decision(row, reviews.get(row[0])) for row in rows]


def _decision(row: Sequence[object], review: tuple[bool, bool] | None) -> Decision:
    _, at, pressure, person, looks, consulted, went, result, decided = row
    told = from_json(result)
    kept = told if isinstance(told, dict) else {}
    return Decision(
        at=at,  # type: ignore[arg-type]
        pressure=pressure,  # type: ignore[arg-type]
        person=person,  # type: ignore[arg-type]
        looks=looks,  # type: ignore[arg-type]
        consulted=bool(consulted),
        overturned=None if review is None else not review[1],
        blind=None if review is None else review[0],
        went=None if not went else went == "good",
        omissions=None if decided else len(kept.get("open", ())),
        seconds=kept.get("seconds"),
    )


def rung(db: Database, artifact: int, person: int) -> int:
    """The rung somebody stands on: the last step that was decided, else the sandbox."""
    rows = db.rows(
        "SELECT rung FROM internalization_promotion WHERE artifact_id = ? AND person_id = ? ORDER BY id DESC LIMIT 1",
        [artifact, person],
    )
    return int(rows[0][0]) if rows else 0


def write_promotion(
    db: Database,
    artifact: int,
    person: int,
    rung: int,
    evidence: object,
    reason: str,
    by: int | None,
    decided_by: int | None,
    at: Micros,
) -> None:
    db.run(
        "INSERT INTO internalization_promotion (artifact_id, person_id, rung, evidence, reason, by, decided_by_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [artifact, person, rung, json.dumps(evidence), reason, by, decided_by, at],
    )
