"""Killed, out of disk, two at once: what was acknowledged stays, and what goes on ends up the same."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from seci.kit.database import Database, connect
from seci.kit.errors import Unavailable
from seci.kit.ids import seeded
from seci.ledger import runs
from seci.ledger.append import append
from seci.ledger.digest import digest
from tests.ledger.making import events, ledger_with_names

TOTAL, SLICE = 60_000, 2_000

IMPORTER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from seci.kit.database import connect
    from seci.ledger import runs
    from seci.ledger.append import append
    from tests.ledger.making import events
    where = sys.argv[1]
    total, size = int(sys.argv[2]), int(sys.argv[3])
    with connect(where if "://" in where else Path(where)) as db:
        run = runs.resume(db, 1, at=5)
        start = (run.cursor or {"next": 0})["next"]
        print("reading", flush=True)
        while start < total:
            end = min(start + size, total)
            append(db, events(end - start, start), source=1, run=run.id, at=5, cursor={"next": end}, done=end)
            start = end
            print(end, flush=True)
        runs.finish(db, run.id, at=6)
    """
)


def start_importer(where: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", IMPORTER, where, str(TOTAL), str(SLICE)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"src{os.pathsep}."},
    )


def test_an_import_killed_at_random_points_ends_up_the_same(
    sqlite_ledger: Path, migrated_folder: Path, tmp_path: Path
) -> None:
    whole = Path(shutil.copy(migrated_folder / "seci.sqlite3", tmp_path / "whole.sqlite3"))
    with connect(whole) as db:
        place = ledger_with_names(db)
        append(db, events(TOTAL), source=place.source, run=place.run, at=5)
        expected = digest(db)
    with connect(sqlite_ledger) as db:
        ledger_with_names(db)
    draw = seeded("kill")
    for _ in range(3):
        importer = start_importer(str(sqlite_ledger))
        assert importer.stdout is not None
        acknowledged = 0
        for _ in range(draw.randint(2, 9)):
            acknowledged = int(line) if (line := importer.stdout.readline().strip()).isdigit() else acknowledged
        time.sleep(draw.random() * 0.03)
        importer.send_signal(signal.SIGKILL)
        importer.communicate()
        with connect(sqlite_ledger) as db:
            standing = runs.resume(db, 1, at=5)
            assert db.rows("SELECT count(*) FROM ledger_event")[0][0] == standing.accepted >= acknowledged
    last = start_importer(str(sqlite_ledger))
    last.communicate()
    assert last.returncode == 0
    with connect(sqlite_ledger) as db:
        assert digest(db) == expected
        assert len(runs.every(db)) == 1


def test_a_full_disk_loses_nothing_that_was_written_and_says_so(sqlite_ledger: Path) -> None:
    with connect(sqlite_ledger) as db:
        place = ledger_with_names(db)
        append(db, events(5_000), source=place.source, run=place.run, at=1)
        before = digest(db)
        pages = db.rows("PRAGMA page_count")[0][0]
        db.rows(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(Unavailable, match="is full") as caught:
            append(db, events(20_000), source=place.source, run=place.run, at=2)
        assert caught.value.sentence.count(". ") == 1
        assert digest(db) == before
        db.rows("PRAGMA max_page_count = 1000000")
        assert append(db, events(20_000), source=place.source, run=place.run, at=3).new == 15_000
        assert runs.get(db, place.run).accepted == 20_000


def write_every_third(where: str, offset: int) -> None:
    with connect(where if "://" in where else Path(where)) as db:
        run = runs.begin(db, 1, at=1).id
        for start in range(0, 6_000, 1_500):
            append(db, events(1_500, start + offset * 3_000), source=1, run=run, at=1)
        runs.finish(db, run, at=1)


def test_two_writers_at_once_lose_nothing_and_double_nothing(ledger: Database, request: pytest.FixtureRequest) -> None:
    ledger_with_names(ledger)
    where = address(ledger)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_every_third, args=(where, offset)) for offset in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert ledger.rows("SELECT count(*) FROM ledger_event") == [(9_000,)]
    standings = runs.every(ledger)
    assert sum(standing.accepted for standing in standings) == 9_000
    assert sum(standing.duplicate for standing in standings) == 3_000


def address(db: Database) -> str:
    if db.vendor == "sqlite":
        return db.place
    from tests import harness

    return harness.postgresql_address(db.place.rpartition("/")[2])
