"""Rows of the ledger into the database: how each vendor takes them fastest, and whose turn it is to write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from seci.kit.database import Database, values
from seci.kit.errors import NotFound
from seci.ledger.keys import KEY_BYTES
from seci.ledger.outcome import AIDS, Outcome

COLUMNS = (
    "key", "t", "actor", "other", "asset", "kind", "weight", "artifact", "revision",
    "source_id", "source_key", "run_id", "supersedes", "recorded_at",
)  # fmt: skip

# The last word on an event, and not a withdrawal. `e` is the alias of the event.
EFFECTIVE = "e.weight > 0 AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = e.seq)"

# Readers keep a watermark of seq; on PostgreSQL a later number could be committed first, so writers take turns.
_TURN = 0x5EC1_1ED6

# SQLite spends as much on starting a statement as on a row, so many rows share one. All columns of all rows stay far
# below the 32,766 parameters that a statement may have.
_ROWS_A_STATEMENT = 200

# How much longer than a buffer a stretch of the index may be before reading it costs more than it saves.
_STRETCH = 8

_INDEX = "event_asset_actor"

_BYTES = {"key", "source_key"}

_OUTCOME = "score, pressure, aid, difficulty, hours"

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: rows that were new, known already, withdrawn before and restored now."""

    new: int = 0
    duplicate: int = 0
    restored: int = 0
    first_seq: int | None = None
    last_seq: int | None = None

    def __add__(self, other: Appended) -> Appended:
        firsts = [seq for seq in (self.first_seq, other.first_seq) if seq is not None]
        lasts = [seq for seq in (self.last_seq, other.last_seq) if seq is not None]
        return Appended(
            self.new + other.new,
            self.duplicate + other.duplicate,
            self.restored + other.restored,
            min(firsts, default=None),
            max(lasts, default=None),
        )


def take_turn(db: Database) -> None:
    """Waits for other writers of the ledger. SQLite has one writer anyway."""
    if db.vendor == "postgresql":
        db.run("SELECT pg_advisory_xact_lock(?)", [_TURN])


def last_seq(db: Database) -> int:
    """The watermark: everything up to it has been written, nothing below it will be."""
    return int(db.rows("SELECT COALESCE(MAX(seq), 0) FROM ledger_event")[0][0])


def insert(db: Database, rows: Sequence[Cells]) -> int:
    """Writes rows of COLUMNS whose key is not there yet; returns how many. Needs a transaction and the turn.

    A row that supersedes another takes over how that one went, so that a correction, or an import undone and
    brought back, loses no outcome.
    """
    if not rows:
        return 0
    before = last_seq(db)
    count = insert_columns(db, dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)), {})
    db.run(
        f"INSERT INTO ledger_outcome (event_id, {_OUTCOME}) SELECT e.seq, {_OUTCOME} FROM ledger_event e "
        "JOIN ledger_outcome o ON o.event_id = e.supersedes WHERE e.seq > ?",
        [before],
    )
    return count


def score(db: Database, seq: int, outcome: Outcome) -> None:
    """Writes how an event went, beside it. Needs the transaction in which the event was appended."""
    db.run(
        f"INSERT INTO ledger_outcome (event_id, {_OUTCOME}) VALUES {values(6)}",
        [
            seq,
            outcome.score,
            outcome.pressure,
            None if outcome.aid is None else AIDS.index(outcome.aid),
            outcome.difficulty,
            outcome.hours,
        ],
    )


def insert_columns(db: Database, columns: Mapping[str, Sequence[Any]], same: Mapping[str, object]) -> int:
    """Writes rows given as columns of equal length, with `same` for what every row shares; returns how many were
    new. Needs a transaction and the turn."""
    names = ", ".join([*columns, *same])
    if db.vendor == "sqlite":
        row = "(" + ", ".join(["?"] * len(columns) + [_literal(value) for value in same.values()]) + ")"
        return sum(
            db.run_many(
                f"INSERT INTO ledger_event ({names}) VALUES {', '.join([row] * size)} ON CONFLICT (key) DO NOTHING",
                part,
            )
            for size, part in _statements(columns)
        )
    db.run("CREATE TEMP TABLE IF NOT EXISTS ledger_stage (LIKE ledger_event) ON COMMIT DELETE ROWS")
    db.run("ALTER TABLE ledger_stage ALTER COLUMN seq DROP NOT NULL")
    db.run("DELETE FROM ledger_stage")
    fixed = tuple(same.values())
    rows = zip(*columns.values(), strict=True)
    db.load("ledger_stage", (*columns, *same), (cells + fixed for cells in rows))
    # ON CONFLICT alone would burn a number of the sequence for every duplicate.
    return db.run(
        f"INSERT INTO ledger_event ({names}) SELECT {names} FROM ledger_stage s WHERE NOT EXISTS "
        "(SELECT 1 FROM ledger_event e WHERE e.key = s.key) ON CONFLICT (key) DO NOTHING"
    )


def _statements(columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, list[list[Any]]]]:
    """Rows a statement, and the parameters of each such statement, row after row."""
    width, rows = len(columns), len(columns["key"])
    cells: list[Any] = [None] * (width * rows)
    for place, (name, column) in enumerate(columns.items()):
        # The driver looks for an adapter at every `bytes`, which takes longer than the row; at a bytearray it does not.
        cells[place::width] = map(bytearray, column) if name in _BYTES else column
    whole = rows - rows % _ROWS_A_STATEMENT
    for size, first, last in ((_ROWS_A_STATEMENT, 0, whole), (rows - whole, whole, rows)):
        if first < last:
            yield size, [cells[width * row : width * (row + size)] for row in range(first, last, size)]


def known(db: Database, keys: Sequence[bytes]) -> set[bytes]:
    """The keys that the ledger holds between the first and the last of these, as far as a cheap look tells; what it
    misses the index will stop.

    Keys begin with the time, so the keys of a buffer lie together: reading that stretch of the index is far
    cheaper than trying to insert each row. They come as one value, because a row of the answer costs more than a key.
    """
    joined = {"sqlite": "CAST(group_concat(key, '') AS BLOB)", "postgresql": "string_agg(key, ''::bytea)"}
    stretch = db.rows(
        f"SELECT {joined[db.vendor]} FROM (SELECT key FROM ledger_event WHERE key BETWEEN ? AND ? LIMIT ?) AS stretch",
        [min(keys), max(keys), _STRETCH * len(keys)],
    )[0][0]
    return set(np.frombuffer(stretch, f"V{KEY_BYTES}").tolist()) if stretch else set()


@contextmanager
def many(db: Database) -> Iterator[None]:
    """For an import that brings most of the ledger: the index by asset is made once at the end, not row by row.

    Should the process be killed meanwhile, `mend_index` makes it when the next run begins.
    """
    if db.vendor == "sqlite":
        db.run(f"DROP INDEX IF EXISTS {_INDEX}")
    try:
        yield
    finally:
        mend_index(db)


def mend_index(db: Database) -> None:
    if db.vendor == "sqlite":
        db.run(f"CREATE INDEX IF NOT EXISTS {_INDEX} ON ledger_event (asset, actor, t)")


def write_down(db: Database, run: int, wrote: Appended, cursor: object, done: int | None) -> None:
    """Adds what was written to the counters of its run, in the same transaction."""
    changed = db.run(
        "UPDATE ledger_run SET accepted = accepted + ?, duplicate = duplicate + ?, "
        "first_seq = COALESCE(first_seq, ?), last_seq = COALESCE(?, last_seq), "
        "cursor = COALESCE(?, cursor), done = COALESCE(?, done) WHERE id = ?",
        [
            wrote.new + wrote.restored,
            wrote.duplicate,
            wrote.first_seq,
            wrote.last_seq,
            None if cursor is None else json.dumps(cursor),
            done,
            run,
        ],
    )
    if changed != 1:
        raise NotFound(f"There is no run {run} to append to; begin one first.")


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    raise TypeError(f"{value!r} cannot stand in a statement")
