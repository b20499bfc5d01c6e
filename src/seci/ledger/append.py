# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""Everything that writes events: append, supersede, withdraw, restore. Nothing here changes a row that exists.

An event that is corrected keeps its row; a new row supersedes it. A new row of weight 0 withdraws it. When the
source shows a withdrawn event again, a third row restores it. So an event is *effective* when no row supersedes it
and its weight is above 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.kit.clock import Micros
from seci.kit.database import BATCH, Database, Row, batches, values
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.columns import EventColumns, Ints, ints, nullable
from seci.ledger.keys import fingerprints, natural_keys, successor_key
from seci.ledger.store import (
    COLUMNS,
    Appended,
    Cells,
    insert,
    insert_columns,
    known,
    last_seq,
    many,
    take_turn,
    write_down,
)

# An append of at least so many events, and of more than there are, is worth making an index anew.
_MANY = 50_000


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
    buffers = range(0, len(events), BATCH) or range(1)
    is_most = len(events) >= _MANY and len(events) > last_seq(db)
    with many(db) if is_most else nullcontext():
        for start in buffers:
            part = events.part(start, start + BATCH)
            keys = _keys(part, uri, names)
            with db.transaction():
                take_turn(db)
                if restorable is None:
                    restorable = _restorable(db, source)
                wrote = _write(db, part, keys, {"source_id": source, "run_id": run, "recorded_at": at}, restorable)
                last = start == buffers[-1]
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


def _source_uri(db: Database, source: int) -> str:
    found = db.rows("SELECT uri FROM ledger_source WHERE id = ?", [source])
    if not found:
        raise NotFound(f"There is no source {source} in the ledger; register it first.")
    return str(found[0][0])


def _keys(events: EventColumns, uri: str, names: Names | None) -> Sequence[bytes]:
    if events.key is not None:
        return events.key
    assert names is not None
    n = len(events)
    return natural_keys(
        uri,
        ints(events.t, n, 0),
        ints(events.kind, n, 0),
        ints(events.role, n, 0),
        _named(names.actors, ints(events.actor, n, -1), "identity"),
        _named(names.assets, ints(events.asset, n, -1), "asset"),
        events.native or events.source_key,
    )


def _cells(events: EventColumns) -> dict[str, Sequence[Any]]:
    """The columns that the events bring, as plain values."""
    n = len(events)
    columns: dict[str, Sequence[Any]] = {
        "t": ints(events.t, n, 0).tolist(),
        "actor": ints(events.actor, n, -1).tolist(),
        "kind": ints(events.kind, n, 0).tolist(),
        "weight": ints(events.weight, n, 1000).tolist(),
        "source_key": events.source_key,
    }
    for name, column in (
        ("other", events.other),
        ("asset", events.asset),
        ("artifact", events.artifact),
        ("revision", events.revision),
    ):
        if column is not None:
            columns[name] = nullable(ints(column, n, -1))
    return columns


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


def _write(
    db: Database,
    events: EventColumns,
    keys: Sequence[bytes],
    same: Mapping[str, object],
    restorable: dict[bytes, int],
) -> Appended:
    there = known(db, keys) if keys else set()
    again = {key: restorable.pop(key) for key in dict.fromkeys(keys) if key in restorable} if restorable else {}
    if there.issuperset(keys) and not again:
        return Appended(duplicate=len(keys))
    before = last_seq(db)
    columns = {"key": keys, **_cells(events)}
    fresh = columns
    if there:
        places = [place for place, key in enumerate(keys) if key not in there]
        fresh = {name: [column[place] for place in places] for name, column in columns.items()}
    new = insert_columns(db, fresh, same) if fresh["key"] else 0
    restored = insert(db, list(_restoring(db, columns, same, again))) if again else 0
    duplicate = len(keys) - new - restored
    if new + restored == 0:
        return Appended(duplicate=duplicate)
    return Appended(new, duplicate, restored, before + 1, last_seq(db))


def _restoring(
    db: Database, columns: Mapping[str, Sequence[Any]], same: Mapping[str, object], again: Mapping[bytes, int]
) -> Iterator[Cells]:
    """The rows that supersede withdrawals (`again`: key → the row that withdrew it)."""
    place = {key: number for number, key in enumerate(columns["key"])}
    withdrawn = dict(zip(again.values(), again, strict=True))
    for batch in batches(withdrawn, 500):
        for seq, key in db.rows(f"SELECT seq, key FROM ledger_event WHERE seq IN {values(len(batch))}", batch):
            here = place[withdrawn[seq]]
            row = {name: column[here] for name, column in columns.items()}
            row |= {**same, "key": successor_key(bytes(key)), "supersedes": seq}
            yield tuple(row.get(name) for name in COLUMNS)


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
