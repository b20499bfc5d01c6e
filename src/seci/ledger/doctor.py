"""Is this instance well? Each check looks at the real thing and says what it saw and how to mend it."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seci.kit import schema
from seci.kit.clock import DAY, Micros, to_datetime
from seci.kit.database import Database
from seci.kit.errors import SeciError
from seci.kit.instance import Instance
from seci.ledger import guard, runs
from seci.ledger.digest import digest
from seci.ledger.segments import damaged

LEAST_FREE = 1 << 30

# Rooms above this one that know how to check themselves: a function (database, instance) -> findings.
ROOMS = ("seci.sources.git.doctor", "seci.spiral.doctor")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. `ok` is None when it could not be made."""

    check: str
    ok: bool | None
    sentence: str


Check = Callable[[Database, Instance], Iterator[Finding]]


def examine(db: Database, instance: Instance, at: Micros) -> Iterator[Finding]:
    """All findings, each as soon as it is known."""
    yield from _safely("writable", lambda: _writable(db))
    yield from _safely("journal", lambda: _journal(db))
    yield from _safely("integrity", lambda: _integrity(db))
    yield from _safely("schema", lambda: _schema(instance))
    yield from _safely("guard", lambda: _guard(db))
    yield from _safely("ledger", lambda: _ledger(db))
    yield from _safely("runs", lambda: _runs(db, at))
    yield from _safely("disk", lambda: _disk(instance))
    yield from _safely("git", _git)
    yield from _safely("segments", lambda: _segments(db, instance.segments))
    for room in ROOMS:
        if importlib.util.find_spec(room) is not None:
            check: Check = importlib.import_module(room).findings
            yield from _safely(room.split(".")[-2], lambda check=check: check(db, instance))  # type: ignore[misc]


def _safely(check: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except SeciError as error:
        yield Finding(check, False, error.sentence)


def _writable(db: Database) -> Iterator[Finding]:
    with db.transaction():
        record = db.rows(
            "INSERT INTO ledger_erasure (scope, rows, opened_at, closed_at) VALUES ('a test', 0, 0, 0) RETURNING id"
        )[0][0]
        db.run("DELETE FROM ledger_erasure WHERE id = ?", [record])
    yield Finding("writable", True, f"The database {db.place} ({db.vendor}) answers and can be written.")


def _journal(db: Database) -> Iterator[Finding]:
    if db.vendor == "postgresql":
        synchronous = db.rows("SHOW synchronous_commit")[0][0]
        ok = synchronous != "off"
        yield Finding("journal", ok, f"PostgreSQL commits with synchronous_commit {synchronous}.")
        return
    mode = db.rows("PRAGMA journal_mode")[0][0]
    level = db.rows("PRAGMA synchronous")[0][0]
    ok = mode == "wal" and level >= 2
    sentence = f"SQLite keeps a {mode} journal, synchronous level {level}"
    yield Finding("journal", ok, sentence + ("." if ok else "; it should be wal and 2 (FULL): is the disk local?"))


def _integrity(db: Database) -> Iterator[Finding]:
    if db.vendor == "postgresql":
        broken = db.rows("SELECT count(*) FROM pg_index WHERE NOT indisvalid")[0][0]
        yield Finding(
            "integrity",
            broken == 0,
            "Every index is valid." if broken == 0 else f"{broken} indexes are invalid; run REINDEX DATABASE.",
        )
        return
    problems = [row[0] for row in db.rows("PRAGMA integrity_check(3)") if row[0] != "ok"]
    yield Finding(
        "integrity",
        not problems,
        "The database file is whole."
        if not problems
        else f"The database file is damaged ({problems[0]}); restore it with: seci restore FILE.",
    )


def _schema(instance: Instance) -> Iterator[Finding]:
    standing = schema.standing(instance)
    if standing.current:
        yield Finding("schema", True, f"The layout is up to date ({len(standing.applied)} steps).")
    elif standing.unknown:
        yield Finding("schema", False, "The layout is newer than this program; install the later version.")
    else:
        yield Finding("schema", False, f"{len(standing.missing)} steps of the layout are missing; run any command.")


def _guard(db: Database) -> Iterator[Finding]:
    ok = guard.stands(db)
    yield Finding(
        "guard",
        ok,
        "The database refuses to change or remove events."
        if ok
        else "The triggers that protect the ledger are missing; restore the last backup with --replace.",
    )


def _ledger(db: Database) -> Iterator[Finding]:
    found = digest(db)
    yield Finding(
        "digest", True, f"{found.events:,} effective events from {len(found.sources)} sources: {found.digest}"
    )
    lost = db.rows(
        "SELECT count(*) FROM ledger_event e WHERE NOT EXISTS (SELECT 1 FROM people_identity i WHERE i.id = e.actor) "
        "OR (e.asset IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assets_asset a WHERE a.id = e.asset)) "
        "OR NOT EXISTS (SELECT 1 FROM ledger_source s WHERE s.id = e.source_id) "
        "OR NOT EXISTS (SELECT 1 FROM ledger_run r WHERE r.id = e.run_id)"
    )[0][0]
    yield Finding(
        "references",
        lost == 0,
        "Every event names an identity, an asset, a source and a run that exist."
        if lost == 0
        else f"{lost:,} events name something that is gone; restore the last backup with --replace.",
    )


def _runs(db: Database, at: Micros) -> Iterator[Finding]:
    stuck = runs.stuck(db, at - DAY)
    if not stuck:
        yield Finding("runs", True, "No import hangs.")
    for run in stuck:
        since = to_datetime(run.started_at).date()
        yield Finding(
            "runs", False, f"Run {run.id} has not ended since {since} ({run.step or 'begun'}); scan its source again."
        )


def _disk(instance: Instance) -> Iterator[Finding]:
    free = shutil.disk_usage(instance.data).free
    ok = free >= LEAST_FREE
    sentence = f"{free / (1 << 30):.1f} GiB are free at {instance.data}"
    yield Finding("disk", ok, sentence + ("." if ok else "; free some, at least 1 GiB."))


def _git() -> Iterator[Finding]:
    path = shutil.which("git")
    if path is None:
        yield Finding("git", False, "git is not installed; scanning repositories needs it.")
        return
    said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)
    yield Finding("git", said.returncode == 0, said.stdout.strip() or said.stderr.strip())


def _segments(db: Database, folder: Path) -> Iterator[Finding]:
    broken = damaged(db, folder)
    yield Finding(
        "segments",
        not broken,
        "Every sealed month is the file that was sealed."
        if not broken
        else f"{len(broken)} sealed months are missing or changed; delete {folder} and run: seci ledger seal.",
    )
