"""The analytical copy: effective events in monthly Parquet segments, and a lazy frame over all of them.

A segment is written beside its place, renamed in one step and entered in `ledger_segment`. It can always be made
again from the rows; a month is stale as soon as a row recorded after the sealing falls into it or supersedes one of
its events. What is not sealed yet is read from the database, so a reader always sees the whole ledger.

Columns: seq, t int64; week int32 (t // 604 800 000 000); actor, other, asset int32; kind, mode int8 (mode null where
the kind has none); weight int32; source int32. Sorted by asset, then t.
"""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from seci.kit.clock import DAY, Micros, from_date, to_date
from seci.kit.database import BATCH, Database, Row, batches
from seci.ledger.store import EFFECTIVE, last_seq

GROUP_ROWS = 500_000
MICROS_A_WEEK = 7 * DAY
COLUMNS = ("seq", "t", "week", "actor", "other", "asset", "kind", "mode", "weight", "source")

_SELECT = (
    f"SELECT e.seq, e.t, e.actor, e.other, e.asset, e.kind, e.weight, e.source_id FROM ledger_event e WHERE {EFFECTIVE}"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One segment on disk. `month` counts from 1970-01; `seq_max` is the watermark at its sealing."""

    month: int
    file: str
    rows: int
    seq_max: int
    sha256: str


def seal(db: Database, folder: Path, *, at: Micros, before: Micros) -> list[int]:
    """Brings the segments of all months that end before an instant up to date; returns the months written."""
    with db.snapshot():
        watermark = last_seq(db)
        end = _month(before)
        lost = {each.month for each in sealed(db) if not (folder / each.file).is_file()}
        stale = sorted(month for month in _stale(db) | lost if month < end)
        fresh = [_write(db, folder, month, watermark) for month in stale]
    with db.transaction():
        for each in fresh:
            db.run("DELETE FROM ledger_segment WHERE month = ?", [each.month])
            if each.rows:
                db.run(
                    "INSERT INTO ledger_segment (month, file, rows, seq_max, sha256, sealed_at) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [each.month, each.file, each.rows, each.seq_max, each.sha256, at],
                )
    return stale


def sealed(db: Database) -> list[Sealed]:
    return [
        Sealed(*row) for row in db.rows("SELECT month, file, rows, seq_max, sha256 FROM ledger_segment ORDER BY month")
    ]


def damaged(db: Database, folder: Path) -> list[int]:
    """Months whose segment is missing or is not the file that was sealed."""
    return [each.month for each in sealed(db) if checksum(folder / each.file) != each.sha256]


def events(db: Database, folder: Path) -> nw.LazyFrame[Any]:
    """All effective events as a lazy frame for the kernels, run by DuckDB: sealed months that still hold, and the
    rest from the database."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    with db.snapshot():
        stale = _stale(db)
        good = {
            each.month: str(folder / each.file)
            for each in sealed(db)
            if each.month not in stale and (folder / each.file).is_file()
        }
        tail = _table(row for month in sorted(_newest(db).keys() - good) for row in _rows(db, month))
    relation = connection.from_arrow(tail)
    if good:
        relation = relation.union(connection.read_parquet(list(good.values())).select(*COLUMNS))
    frame: nw.LazyFrame[Any] = nw.from_native(relation)
    return frame


def checksum(file: Path) -> str:
    """SHA-256 of a file; empty when it is not there."""
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _write(db: Database, folder: Path, month: int, watermark: int) -> Sealed:
    import pyarrow.parquet as pq

    table = _table(_rows(db, month)).sort_by([("asset", "ascending"), ("t", "ascending"), ("seq", "ascending")])
    file = folder / f"month={1970 + month // 12}-{month % 12 + 1:02}.parquet"
    if not len(table):
        file.unlink(missing_ok=True)
        return Sealed(month, file.name, 0, watermark, "")
    folder.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    pq.write_table(table, partial, compression="zstd", row_group_size=GROUP_ROWS)
    found = checksum(partial)
    os.replace(partial, file)
    return Sealed(month, file.name, len(table), watermark, found)


def _rows(db: Database, month: int) -> Iterable[Row]:
    first, after = _beginning(month), _beginning(month + 1)
    # Keys begin with the milliseconds, so a month is one stretch of their index; a correction keeps the beginning
    # of the key it supersedes, whatever its own time. Moments before 1970 have keys of their own order.
    if first < 0:
        return db.stream(f"{_SELECT} AND e.t >= ? AND e.t < ?", [first, after])
    edges = [(moment // 1000).to_bytes(6, "big") for moment in (first, after)]
    return db.stream(
        f"{_SELECT} AND ((e.key >= ? AND e.key < ?) OR e.supersedes IS NOT NULL) AND e.t >= ? AND e.t < ?",
        [*edges, first, after],
    )


def _newest(db: Database) -> dict[int, int]:
    """The last row that falls into each month or supersedes a row that did."""
    newest: dict[int, int] = defaultdict(int)
    day = f"CASE WHEN p.t < 0 THEN (p.t - {DAY - 1}) / {DAY} ELSE p.t / {DAY} END"
    touched = "SELECT {day}, MAX({seq}) FROM ledger_event p {join} GROUP BY 1"
    for seq, join in (("p.seq", ""), ("s.seq", "JOIN ledger_event s ON s.supersedes = p.seq")):
        for when, last in db.rows(touched.format(day=day, seq=seq, join=join)):
            month = _month(when * DAY)
            newest[month] = max(newest[month], last)
    return newest


def _stale(db: Database) -> set[int]:
    """Months that have no segment, or one from before a row that touches them."""
    known = {each.month: each.seq_max for each in sealed(db)}
    return {month for month, seq in _newest(db).items() if known.get(month, 0) < seq}


def _table(rows: Iterable[Row]) -> Any:
    import pyarrow as pa

    schema = pa.schema(
        [
            ("seq", pa.int64()), ("t", pa.int64()), ("week", pa.int32()), ("actor", pa.int32()), ("other", pa.int32()),
            ("asset", pa.int32()), ("kind", pa.int8()), ("mode", pa.int8()), ("weight", pa.int32()),
            ("source", pa.int32()),
        ]
    )  # fmt: skip
    parts = []
    for batch in batches(rows, BATCH):
        seq, t, actor, other, asset, kind, weight, source = zip(*batch, strict=True)
        week = np.array(t, np.int64) // MICROS_A_WEEK
        kinds = np.array(kind, np.int8)
        mode = pa.array(kinds // 20, pa.int8(), mask=kinds >= 80)
        columns = (seq, t, week, actor, other, asset, kinds, mode, weight, source)
        parts.append(
            pa.record_batch(
                [pa.array(column, form.type) for column, form in zip(columns, schema, strict=True)], schema=schema
            )
        )
    return pa.Table.from_batches(parts, schema=schema)


def _month(instant: Micros) -> int:
    day = to_date(instant)
    return (day.year - 1970) * 12 + day.month - 1


def _beginning(month: int) -> Micros:
    return from_date(date(1970 + month // 12, month % 12 + 1, 1))
