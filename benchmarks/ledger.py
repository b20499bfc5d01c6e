"""Writing and reading the ledger on SQLite, beside the plainest insert that SQLite allows.

    python -m benchmarks.ledger [--events 1000000] [--json] [--quick]

Synthetic history: commits in the order of time, one to four assets each, 2,000 identities, 300 assets, both
Zipf-like. Measured: `append` with everything it does (keys, both indexes, counters, durable commits), the same again
(all known), the digest. Baseline of the same run: `sqlite3.executemany` of the same values into a table without key
and index, in the same transactions. Rates are rows per second of wall time and per second of processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from seci.kit import schema
from seci.kit.clock import SECOND, stopwatch
from seci.kit.database import BATCH, Database, connect
from seci.kit.instance import Instance
from seci.ledger import runs
from seci.ledger.append import append
from seci.ledger.columns import EventColumns
from seci.ledger.digest import digest
from seci.ledger.kinds import Kind

PEOPLE, ASSETS = 2_000, 300
BEGINNING = 1_400_000_000 * SECOND


def synthetic(n: int) -> EventColumns:
    draw = np.random.default_rng(7)
    sizes = draw.integers(1, 5, n)
    commit = np.repeat(np.arange(n), sizes)[:n]
    author = np.minimum(draw.zipf(1.4, n), PEOPLE)
    t = BEGINNING + np.cumsum(draw.exponential(1_800, n)).astype(np.int64) * SECOND
    shas = draw.bytes(20 * n)
    return EventColumns(
        t=t[commit],
        actor=author[commit],
        other=None,
        asset=np.minimum(draw.zipf(1.3, n), ASSETS),
        kind=np.full(n, int(Kind.APPLY)),
        weight=draw.integers(100, 3_000, n),
        role=np.arange(n) % 4,
        source_key=[shas[20 * c : 20 * c + 20] for c in commit.tolist()],
    )


def measured(work: Callable[[], Any], n: int) -> dict[str, float]:
    wall, before = stopwatch(), os.times()
    work()
    after = os.times()
    processor = after.user + after.system - before.user - before.system
    seconds = stopwatch() - wall
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(processor, 3),
        "rows_per_second": round(n / seconds),
        "rows_per_cpu_second": round(n / processor),
    }


def plainest(folder: Path, events: EventColumns) -> None:
    """What any insert into SQLite costs: no key, no second index, nothing computed."""
    connection = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute(
        "CREATE TABLE event (seq INTEGER PRIMARY KEY, key BLOB, t INTEGER, actor INTEGER, other INTEGER, asset INTEGER,"
        " kind INTEGER, weight INTEGER, artifact INTEGER, revision INTEGER, source INTEGER, source_key BLOB,"
        " run INTEGER, supersedes INTEGER, recorded_at INTEGER)"
    )
    columns = [np.asarray(column).tolist() for column in (events.t, events.actor, events.asset, events.kind)]
    for start in range(0, len(events), BATCH):
        part = [column[start : start + BATCH] for column in columns]
        native = events.source_key[start : start + BATCH]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO event (key, t, actor, asset, kind, weight, source, source_key, run, recorded_at)"
            " VALUES (?, ?, ?, ?, ?, 1000, 1, ?, 1, 1)",
            zip([key[:16] for key in native], *part, native, strict=True),
        )
        connection.execute("COMMIT")
    connection.close()


def people_and_assets(db: Database) -> None:
    with db.transaction():
        db.load(
            "people_person",
            ("id", "name", "nature", "function"),
            [(n, f"Person {n}", "person", "") for n in range(1, PEOPLE + 1)],
        )
        db.load(
            "people_identity",
            ("id", "key", "name", "email", "person_id", "rule", "confidence", "confirmed"),
            [(n, f"person {n} <p{n}@example.org>", "", "", n, "alone", 1.0, 0) for n in range(1, PEOPLE + 1)],
        )
        named = ("id", "key", "name", "concept", "topic", "languages", "state", "reason", "decay", "created_at")
        db.load(
            "assets_asset",
            named,
            [(n, f"folder{n}/", f"Asset {n}", "", "code", "[]", "kept", "", "mixed", 0) for n in range(1, ASSETS + 1)],
        )


def bench(n: int) -> dict[str, Any]:
    events = synthetic(n)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SECI_DATA_DIR"] = name
        os.environ.pop("SECI_DATABASE_URL", None)
        instance = Instance.from_environment()
        schema.ready(instance)
        with connect(instance) as db:
            people_and_assets(db)
            source = runs.register(db, kind="git", uri="file:///synthetic", title="synthetic", at=0)
            run = runs.begin(db, source, at=0).id
            plain = measured(lambda: plainest(folder, events), n)
            first = measured(lambda: append(db, events, source=source, run=run, at=1), n)
            again = measured(lambda: append(db, events, source=source, run=run, at=2), n)
            said = measured(lambda: digest(db), n)
            standing = runs.get(db, run)
        size = instance.data / "seci.sqlite3"
        return {
            "events": n,
            "accepted": standing.accepted,
            "duplicate": standing.duplicate,
            "plainest": plain,
            "append": first,
            "again": again,
            "digest": said,
            "append_cpu_over_plainest": round(first["cpu_seconds"] / plain["cpu_seconds"], 2),
            "again_cpu_over_plainest": round(again["cpu_seconds"] / plain["cpu_seconds"], 2),
            "bytes_per_event": round(size.stat().st_size / standing.accepted),
            "targets": {"append_rows_per_second": 200_000, "again_rows_per_cpu_second": 700_000},
        }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="200,000 events")
    parser.add_argument("--json", action="store_true", help="print data as JSON")
    given = parser.parse_args()
    result = bench(200_000 if given.quick else given.events)
    if given.json:
        print(json.dumps(result))
        return
    for name in ("plainest", "append", "again", "digest"):
        row = result[name]
        print(f"{name:9} {row['rows_per_second']:>9,} rows/s  {row['rows_per_cpu_second']:>9,} rows/CPU-s")
    print(f"append costs {result['append_cpu_over_plainest']} x the plainest insert")


if __name__ == "__main__":
    main()
