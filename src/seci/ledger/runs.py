# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""One import from a source: begun, watched, finished or failed, taken up again, undone. Without Django."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from seci.ledger.store import mend_index

RUNNING, DONE, FAILED, UNDONE = "running", "done", "failed", "undone"

# A wrong file shows at once as rejects by the thousand; a large good one may have as many strays.
REJECTS_AT_LEAST = 1_000
REJECTS_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read: where it is, a code for machines, what was expected."""

    locator: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands. `cursor` is what its last committed buffer left, to go on from."""

    id: int
    source: int
    version: int
    state: str
    started_at: Micros
    ended_at: Micros | None
    cursor: Any
    step: str
    done: int
    total: int | None
    unit: str
    accepted: int
    duplicate: int
    rejected: int
    sentence: str
    undoes: int | None
    first_seq: int | None
    last_seq: int | None


_COLUMNS = (
    "id, source_id, version, state, started_at, ended_at, cursor, step, done, total, unit, accepted, duplicate, "
    "rejected, sentence, undoes_id, first_seq, last_seq"
)


def register(db: Database, *, kind: str, uri: str, title: str, at: Micros) -> int:
    """The id of the source at `uri`, added when it is new."""
    with db.transaction():
        db.run(
            "INSERT INTO ledger_source (kind, uri, title, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (uri) DO NOTHING",
            [kind, uri, title[:200], at],
        )
        return int(db.rows("SELECT id FROM ledger_source WHERE uri = ?", [uri])[0][0])


def begin(
    db: Database, source: int, *, at: Micros, version: int = 1, unit: str = "commits", undoes: int | None = None
) -> Standing:
    """A new run of a source, with the cursor of the last one that was not undone."""
    mend_index(db)
    with db.transaction():
        before = latest(db, source)
        cursor = None if before is None or before.version != version else before.cursor
        rows = db.rows(
            "INSERT INTO ledger_run (source_id, version, state, started_at, cursor, unit, undoes_id, step, done, "
            "accepted, duplicate, rejected, sentence) VALUES (?, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0, '') RETURNING id",
            [source, version, RUNNING, at, None if cursor is None else json.dumps(cursor), unit, undoes],
        )
        return get(db, rows[0][0])


def resume(db: Database, source: int, *, at: Micros, version: int = 1, unit: str = "commits") -> Standing:
    """The unfinished run of a source to go on with from its cursor, or a new one."""
    found = db.rows(
        f"SELECT {_COLUMNS} FROM ledger_run WHERE source_id = ? AND state = ? AND version = ? AND undoes_id IS NULL "
        "ORDER BY id DESC LIMIT 1",
        [source, RUNNING, version],
    )
    return _standing(found[0]) if found else begin(db, source, at=at, version=version, unit=unit)


def latest(db: Database, source: int) -> Standing | None:
    """The last run of a source that still counts: not undone, and not itself the undoing of another."""
    found = db.rows(
        f"SELECT {_COLUMNS} FROM ledger_run WHERE source_id = ? AND state <> ? AND undoes_id IS NULL "
        "ORDER BY id DESC LIMIT 1",
        [source, UNDONE],
    )
    return _standing(found[0]) if found else None


def get(db: Database, run: int) -> Standing:
    found = db.rows(f"SELECT {_COLUMNS} FROM ledger_run WHERE id = ?", [run])
    if not found:
        raise NotFound(f"There is no run {run}; `seci ledger runs` lists them.")
    return _standing(found[0])


def every(db: Database, source: int | None = None, limit: int = 50) -> list[Standing]:
    """Runs, the newest first."""
    where, parameters = ("WHERE source_id = ?", [source]) if source is not None else ("", [])
    return [
        _standing(row)
        for row in db.rows(f"SELECT {_COLUMNS} FROM ledger_run {where} ORDER BY id DESC LIMIT ?", [*parameters, limit])
    ]


def undoing(db: Database, run: int) -> list[Standing]:
    """The runs that undid a run or brought it back, in order."""
    return [
        _standing(row)
        for row in db.rows(
            f"SELECT {_COLUMNS} FROM ledger_run WHERE undoes_id = ? AND state = ? ORDER BY id", [run, DONE]
        )
    ]


def stuck(db: Database, before: Micros) -> list[Standing]:
    """Runs that began before an instant and have not ended."""
    return [
        _standing(row)
        for row in db.rows(
            f"SELECT {_COLUMNS} FROM ledger_run WHERE state = ? AND started_at < ? ORDER BY id", [RUNNING, before]
        )
    ]


def progress(db: Database, run: int, *, step: str, done: int, total: int | None = None) -> None:
    db.run("UPDATE ledger_run SET step = ?, done = ?, total = ? WHERE id = ?", [step[:80], done, total, run])


def move_cursor(db: Database, run: int, cursor: object) -> None:
    """For a run that read something and found no event in it."""
    db.run("UPDATE ledger_run SET cursor = ? WHERE id = ?", [json.dumps(cursor), run])


def finish(db: Database, run: int, *, at: Micros, sentence: str = "") -> None:
    _end(db, run, DONE, at, sentence)


def fail(db: Database, run: int, *, at: Micros, sentence: str) -> None:
    _end(db, run, FAILED, at, sentence)


def mark(db: Database, run: int, state: str, sentence: str) -> None:
    db.run("UPDATE ledger_run SET state = ?, sentence = ? WHERE id = ?", [state, sentence, run])


def reject(db: Database, run: int, rejects: list[Reject], *, at: Micros) -> None:
    """Sets records aside with where they are and why; raises BadInput when the whole input looks wrong."""
    with db.transaction():
        db.load(
            "ledger_quarantine",
            ("run_id", "locator", "code", "sentence", "seen_at"),
            [(run, each.locator, each.code, each.sentence, at) for each in rejects],
        )
        db.run("UPDATE ledger_run SET rejected = rejected + ? WHERE id = ?", [len(rejects), run])
    stop_if_hopeless(get(db, run))


def stop_if_hopeless(run: Standing) -> None:
    """Raises BadInput when more than 1,000 records and more than 5 % of all were rejected."""
    seen = run.accepted + run.duplicate + run.rejected
    if run.rejected > REJECTS_AT_LEAST and run.rejected > REJECTS_SHARE * seen:
        raise BadInput(
            f"{run.rejected:,} of {seen:,} records could not be read, so this is probably not what it was taken for; "
            f"`seci ledger quarantine --run {run.id}` shows what was expected.",
            code="too_many_rejects",
        )


def _end(db: Database, run: int, state: str, at: Micros, sentence: str) -> None:
    db.run("UPDATE ledger_run SET state = ?, ended_at = ?, sentence = ? WHERE id = ?", [state, at, sentence, run])


def _standing(row: tuple[Any, ...]) -> Standing:
    cells = list(row)
    cells[6] = None if cells[6] is None else json.loads(cells[6])
    return Standing(*cells)
