# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""Everything that writes events: append, supersede, withdraw, restore. Nothing here changes a row that exists.

An event that is corrected keeps its row; a new row supersedes it. A new row of weight 0 withdraws it. When the
source shows a withdrawn event again, a third row restores it. So an event is *effective* when no row supersedes it
and its weight is above 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.kit.clock import Micros
from seci.kit.database import BATCH, Database, Row, batches, values
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.columns import EventColumns, Ints, ints, nullable
from seci.ledger.keys import fingerprints, natural_keys, successor_key

COLUMNS = (
    "key", "t", "actor", "other", "asset", "kind", "weight", "artifact", "revision",
    "source_id", "source_key", "run_id", "supersedes", "recorded_at",
)  # fmt: skip

# The last word on an event, and not a withdrawal. `e` is the alias of the event.
EFFECTIVE = "e.weight > 0 AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = e.seq)"

# Readers keep a watermark of seq; on PostgreSQL a later number could be committed first, so writers take turns.
_TURN = 0x5EC1_1ED6

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


@dataclass(frozen=True, slots=True)
class Names:
    """Fingerprints of the natural keys of identities and assets, indexed by id."""

    actors: npt.NDArray[np.void]
    assets: npt.NDArray[np.void]

    @classmethod
    def of(cls, actors: Mapping[int, str], assets: Mapping[int, str]) -> Names:
        return cls(fingerprints(actors), fingerprints(assets))

    @classmethod
    def read(cls, db: Database) -> Names:
        return cls.of(
            dict(db.rows("SELECT id, key FROM people_identity")), dict(db.rows("SELECT id, key FROM assets_asset"))
        )


def append(
    db: Database,
    events: EventColumns,
    *,
    source: int,
    run: int,
    at: Micros,
    cursor: object = None,
    done: int | None = None,
    names: Names | None = None,
) -> Appended:
    """Writes events that the ledger does not hold yet; appending the same again changes nothing.

    In buffers of 20,000, each one transaction with the counters of the run. `cursor` (JSON, where to go on after
    all of these) and `done` are written with the last buffer. `names` saves reading the natural keys of identities
    and assets at every call; without it they are read here. Raises BadInput for an unknown identity or asset.
    """
    uri = _source_uri(db, source)
    if events.key is None and names is None:
        names = Names.read(db)
    total = Appended()
    restorable: dict[bytes, int] | None = None
    starts = range(0, len(events), BATCH) or range(1)
    for start in starts:
        part = events.part(start, start + BATCH)
        rows = _rows(part, uri, names, source, run, at)
        with db.transaction():
            take_turn(db)
            if restorable is None:
                restorable = _restorable(db, source)
            wrote = _write(db, rows, restorable)
            last = start == starts[-1]
            write_down(db, run, wrote, cursor if last else None, done if last else None)
        total += wrote
    return total


def withdraw(db: Database, seqs: Iterable[int], *, source: int, run: int, at: Micros) -> int:
    """Supersedes events by rows of weight 0; returns how many were effective until now.

    `source` says who withdraws: withdrawn by their own source they come back when it shows them again; withdrawn
    by anyone else they stay so.
    """
    return supersede(db, seqs, {"weight": 0}, source=source, run=run, at=at)


def supersede(
    db: Database, seqs: Iterable[int], changes: Mapping[str, object], *, source: int, run: int, at: Micros
) -> int:
    """Corrects events: a copy with `changes` (column → value) takes the place of each; returns how many.

    Raises NotFound for a number that is not in the ledger, Conflict for an event that was superseded before.
    Withdrawing what is withdrawn already does nothing.
    """
    count = 0
    with db.transaction():
        take_turn(db)
        for batch in batches(seqs, 500):
            found = _heads(db, batch)
            fresh = [
                successor(row, {**changes, "source_id": source, "run_id": run, "recorded_at": at})
                for row in found
                if not (changes.get("weight") == 0 and row[1 + COLUMNS.index("weight")] == 0)
            ]
            count += insert(db, fresh)
        write_down(db, run, _between(db, count), None, None)
    return count


def take_turn(db: Database) -> None:
    """Waits for other writers of the ledger. SQLite has one writer anyway."""
    if db.vendor == "postgresql":
        db.run("SELECT pg_advisory_xact_lock(?)", [_TURN])


def insert(db: Database, rows: Sequence[Cells]) -> int:
    """Writes rows of COLUMNS whose key is not there yet; returns how many. Needs a transaction and the turn."""
    if not rows:
        return 0
    names = ", ".join(COLUMNS)
    if db.vendor == "sqlite":
        return db.run_many(
            f"INSERT INTO ledger_event ({names}) VALUES {values(len(COLUMNS))} ON CONFLICT (key) DO NOTHING", rows
        )
    db.run("CREATE TEMP TABLE IF NOT EXISTS ledger_stage (LIKE ledger_event) ON COMMIT DELETE ROWS")
    db.run("ALTER TABLE ledger_stage ALTER COLUMN seq DROP NOT NULL")
    db.run("DELETE FROM ledger_stage")
    db.load("ledger_stage", COLUMNS, rows)
    # ON CONFLICT alone would burn a number of the sequence for every duplicate.
    return db.run(
        f"INSERT INTO ledger_event ({names}) SELECT {names} FROM ledger_stage s WHERE NOT EXISTS "
        "(SELECT 1 FROM ledger_event e WHERE e.key = s.key) ON CONFLICT (key) DO NOTHING"
    )


def last_seq(db: Database) -> int:
    """The watermark: everything up to it has been written, nothing below it will be."""
    return int(db.rows("SELECT COALESCE(MAX(seq), 0) FROM ledger_event")[0][0])


def _source_uri(db: Database, source: int) -> str:
    found = db.rows("SELECT uri FROM ledger_source WHERE id = ?", [source])
    if not found:
        raise NotFound(f"There is no source {source} in the ledger; register it first.")
    return str(found[0][0])


def _rows(events: EventColumns, uri: str, names: Names | None, source: int, run: int, at: Micros) -> list[Cells]:
    n = len(events)
    if n == 0:
        return []
    t, actor, kind = ints(events.t, n, 0), ints(events.actor, n, -1), ints(events.kind, n, 0)
    asset, weight = ints(events.asset, n, -1), ints(events.weight, n, 1000)
    keys = events.key
    if keys is None:
        assert names is not None
        keys = natural_keys(
            uri, t, kind, ints(events.role, n, 0),
            _named(names.actors, actor, "identity"), _named(names.assets, asset, "asset"),
            events.native or events.source_key,
        )  # fmt: skip
    # In the order of the second index, whose pages are then visited one after the other; the order of the keys
    # hardly suffers, because all events of a buffer are near each other in time.
    order = np.lexsort((actor, asset))
    pick = itemgetter(*order.tolist()) if n > 1 else tuple
    return list(
        zip(
            pick(keys),
            t[order].tolist(),
            actor[order].tolist(),
            nullable(ints(events.other, n, -1)[order]),
            nullable(asset[order]),
            kind[order].tolist(),
            weight[order].tolist(),
            nullable(ints(events.artifact, n, -1)[order]),
            nullable(ints(events.revision, n, -1)[order]),
            (source,) * n,
            pick(events.source_key),
            (run,) * n,
            (None,) * n,
            (at,) * n,
            strict=True,
        )
    )


def _named(table: npt.NDArray[np.void], ids: Ints, what: str) -> npt.NDArray[np.void]:
    known = (ids < len(table) - 1) & (ids >= (0 if what == "identity" else -1))
    fingerprint = table[np.where(known, ids, 0)]
    absent = ~known | (fingerprint == np.void(bytes(16)))
    if absent.any():
        raise BadInput(f"An event names {what} {ids[absent][0]}, which does not exist; make it before the event.")
    return fingerprint


def _restorable(db: Database, source: int) -> dict[bytes, int]:
    """Keys of the events that this source withdrew itself → the row that withdrew them."""
    return {
        bytes(key): head
        for head, key in db.rows(
            """
            WITH RECURSIVE chain (head, seq, supersedes) AS (
                SELECT s.seq, s.seq, s.supersedes FROM ledger_event s
                WHERE s.supersedes IS NOT NULL AND s.weight = 0 AND s.source_id = ?
                  AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = s.seq)
                UNION ALL
                SELECT chain.head, p.seq, p.supersedes FROM chain JOIN ledger_event p ON p.seq = chain.supersedes
            )
            SELECT chain.head, e.key FROM chain JOIN ledger_event e ON e.seq = chain.seq
            WHERE e.supersedes IS NULL AND e.source_id = ?
            """,
            [source, source],
        )
    }


def _write(db: Database, rows: list[Cells], restorable: dict[bytes, int]) -> Appended:
    before = last_seq(db)
    new = insert(db, unknown(db, rows) if db.vendor == "sqlite" else rows)
    restored = 0
    if restorable:
        again = {row[0]: row for row in rows if row[0] in restorable}
        fresh = _restoring(db, {restorable.pop(key): row for key, row in again.items()})
        restored = insert(db, fresh)
    duplicate = len(rows) - new - restored
    if new + restored == 0:
        return Appended(duplicate=duplicate)
    return Appended(new, duplicate, restored, before + 1, last_seq(db))


def _restoring(db: Database, shown: Mapping[int, Cells]) -> list[Cells]:
    fresh = []
    for batch in batches(shown, 500):
        for seq, key in db.rows(f"SELECT seq, key FROM ledger_event WHERE seq IN {values(len(batch))}", batch):
            row = list(shown[seq])
            row[0], row[COLUMNS.index("supersedes")] = successor_key(bytes(key)), seq
            fresh.append(tuple(row))
    return fresh


def unknown(db: Database, rows: list[Cells]) -> list[Cells]:
    """The rows whose key is not in the ledger, as far as a cheap look tells; the rest is left to the index.

    Keys begin with the time, so the keys of a buffer lie together: reading that stretch of the index is far
    cheaper than trying to insert each row. A stretch much longer than the buffer is not worth reading.
    """
    if not rows:
        return rows
    keys = [row[0] for row in rows]
    limit = 4 * len(rows)
    known = db.rows("SELECT key FROM ledger_event WHERE key BETWEEN ? AND ? LIMIT ?", [min(keys), max(keys), limit])
    if not known:
        return rows
    there = {key for (key,) in known}
    return [row for row in rows if row[0] not in there]


def _heads(db: Database, seqs: list[int]) -> list[Row]:
    found = db.rows(
        f"SELECT seq, {', '.join(COLUMNS)}, EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = e.seq)"
        f" FROM ledger_event e WHERE seq IN {values(len(seqs))}",
        seqs,
    )
    if missing := set(seqs) - {row[0] for row in found}:
        raise NotFound(f"There is no event {min(missing)} in the ledger.")
    for row in found:
        if row[-1]:
            raise Conflict(f"Event {row[0]} was corrected before; look at the correction and change that.")
    return found


def successor(row: Row, changes: Mapping[str, object]) -> Cells:
    """The row that takes the place of `row` (seq, then COLUMNS) with some columns changed."""
    cells = dict(zip(COLUMNS, row[1:], strict=False))
    cells.update(changes, key=successor_key(bytes(cells["key"])), supersedes=row[0])
    return tuple(cells[name] for name in COLUMNS)


def _between(db: Database, count: int) -> Appended:
    last = last_seq(db)
    return Appended(new=count, first_seq=last - count + 1, last_seq=last) if count else Appended()


def write_down(db: Database, run: int, wrote: Appended, cursor: object, done: int | None) -> None:
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
