from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from seci.kit.database import Database, connect
from seci.kit.errors import BadInput, Conflict, SeciError, Unavailable
from seci.ledger import backup
from seci.ledger.append import append, withdraw
from seci.ledger.commands import tables
from seci.ledger.digest import digest
from tests.ledger.making import events, ledger_with_names


@pytest.fixture
def filled(sqlite_ledger: Path) -> Database:
    db = connect(sqlite_ledger)
    place = ledger_with_names(db)
    append(db, events(200), source=place.source, run=place.run, at=1, cursor={"tip": "é"})
    hand = ledger_with_names(db, uri="seci:people")
    withdraw(db, [3], source=hand.source, run=hand.run, at=2)
    db.run("INSERT INTO ledger_outcome (event_id, score, pressure, hours) VALUES (7, 0.25, 1, NULL)")
    return db


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "here" / "evidence"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "part.parquet").write_bytes(b"columns")
    return folder


@pytest.fixture
def saved(filled: Database, evidence: Path, tmp_path: Path) -> Path:
    file = tmp_path / "saved.seci"
    backup.write(filled, tables(), evidence, file, at=5)
    return file


def content(db: Database) -> list[tuple[object, ...]]:
    return [
        tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
        for row in db.rows("SELECT * FROM ledger_event ORDER BY seq")
    ]


def test_a_backup_goes_to_postgresql_and_comes_back_equal(
    filled: Database,
    saved: Path,
    new_postgresql: Callable[[], str],
    migrated_folder: Path,
    tmp_path: Path,
) -> None:
    with connect(new_postgresql()) as there:
        backup.restore(there, tables(), tmp_path / "there" / "evidence", saved, at=6)
        assert digest(there) == digest(filled)
        place = ledger_with_names(there)
        assert append(there, events(201), source=place.source, run=place.run, at=7).new == 1
        withdraw(there, [int(there.rows("SELECT max(seq) FROM ledger_event")[0][0])], source=1, run=1, at=7)
        second = tmp_path / "second.seci"
        backup.write(there, tables(), tmp_path / "there" / "evidence", second, at=8)
    with connect(Path(shutil.copy(migrated_folder / "seci.sqlite3", tmp_path / "back.sqlite3"))) as back:
        made, found = backup.restore(back, tables(), tmp_path / "back" / "evidence", second, at=9)
        assert found == digest(filled)
        assert made.events == 199
        assert content(back)[:201] == content(filled)
        assert json.loads(back.rows("SELECT cursor FROM ledger_run WHERE id = 1")[0][0]) == {"tip": "é"}
    assert (tmp_path / "back" / "evidence" / "1" / "part.parquet").read_bytes() == b"columns"


def test_a_damaged_backup_is_refused_and_nothing_changes(saved: Path, filled: Database, evidence: Path) -> None:
    whole = saved.read_bytes()
    before = content(filled)
    for place in (5, 60, 140, len(whole) // 2, len(whole) - 3):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            saved.write_bytes(damaged)
            with pytest.raises(BadInput, match=r"damaged|not a SECI backup"):
                backup.restore(filled, tables(), evidence, saved, at=6, replace=True)
    assert content(filled) == before
    assert (evidence / "1" / "part.parquet").read_bytes() == b"columns"


def test_what_is_no_backup_is_refused_in_one_sentence(tmp_path: Path, filled: Database, evidence: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "letter").write_text("Dear reader, this is a letter and no backup of anything.")
    for file in (tmp_path / "empty", tmp_path / "letter", tmp_path / "missing", tmp_path):
        with pytest.raises(BadInput):
            backup.restore(filled, tables(), evidence, file, at=6, replace=True)


def test_a_full_instance_is_replaced_only_when_told_so(filled: Database, saved: Path, evidence: Path) -> None:
    place = ledger_with_names(filled)
    append(filled, events(20, start=300), source=place.source, run=place.run, at=6)
    (evidence / "1" / "later.parquet").write_bytes(b"later")
    with pytest.raises(Conflict, match="--replace"):
        backup.restore(filled, tables(), evidence, saved, at=6)
    made, found = backup.restore(filled, tables(), evidence, saved, at=6, replace=True)
    assert found.events == made.events == 199
    assert sorted(path.name for path in (evidence / "1").iterdir()) == ["part.parquet"]


def test_a_backup_of_another_layout_is_refused(filled: Database, saved: Path, evidence: Path) -> None:
    filled.run("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0099_later', '2030-01-01')")
    with pytest.raises(Conflict, match="older layout"):
        backup.restore(filled, tables(), evidence, saved, at=6, replace=True)


def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(
    filled: Database, saved: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(filled)
    (evidence / "1" / "part.parquet").write_bytes(b"newer")
    wrong = digest(filled)
    monkeypatch.setattr(backup, "digest", lambda _: type(wrong)("0" * 64, 0, 0, {}))
    with pytest.raises(SeciError, match="nothing was changed"):
        backup.restore(filled, tables(), evidence, saved, at=6, replace=True)
    assert content(filled) == before
    assert (evidence / "1" / "part.parquet").read_bytes() == b"newer"


def test_an_older_backup_stays_until_the_new_one_is_whole(
    filled: Database, saved: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    whole = saved.read_bytes()
    monkeypatch.setattr(backup.shutil, "copyfileobj", full)
    with pytest.raises(Unavailable, match="No space left"):
        backup.write(filled, tables(), evidence, saved, at=7)
    assert saved.read_bytes() == whole
    assert not saved.with_name("saved.seci.partial").exists()
