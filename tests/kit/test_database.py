from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.database import Database, batches, connect, of_django, percent, values
from seci.kit.errors import BadInput, Conflict, Unavailable
from seci.kit.instance import Instance


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    where = tmp_path / "some.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    with connect(where) as database:
        database.run("CREATE TABLE thing (id integer PRIMARY KEY, name text, said jsonb)")
        yield database


def names(db: Database) -> list[str]:
    return [name for (name,) in db.rows("SELECT name FROM thing ORDER BY id")]


def test_rows_go_in_and_come_out_alike_on_both_vendors(db: Database) -> None:
    assert db.run("INSERT INTO thing (id, name, said) VALUES (?, ?, ?)", [1, "what? 100%", '{"a": 1}']) == 1
    assert db.run_many("INSERT INTO thing (id, name) VALUES (?, ?)", [(2, "b"), (3, None)]) == 2
    assert db.load("thing", ["id", "name"], ((n, f"n{n}") for n in range(4, 6))) == 2
    assert db.rows("SELECT id, name, said FROM thing WHERE name = 'what? 100%' AND id = ?", [1]) == [
        (1, "what? 100%", '{"a": 1}')
    ]
    assert list(db.stream("SELECT id FROM thing WHERE id > ? ORDER BY id", [1])) == [(2,), (3,), (4,), (5,)]
    assert db.run("UPDATE thing SET name = ? WHERE id > ?", ["x", 3]) == 2


@pytest.mark.parametrize("asked", [2**63, -(2**63) - 1, 10**40])
def test_a_number_that_no_column_can_hold_is_told_or_not_found(db: Database, asked: int) -> None:
    with suppress(BadInput):
        assert db.rows("SELECT name FROM thing WHERE id = ?", [asked]) == []
    with pytest.raises(BadInput, match="63 bits"):
        db.run("INSERT INTO thing (id) VALUES (?)", [asked])


def test_a_text_too_long_to_be_looked_for_is_told(tmp_path: Path) -> None:
    with connect(tmp_path / "some.sqlite3") as db, pytest.raises(BadInput, match="too long"):
        db.rows("SELECT 1 WHERE 'a' LIKE ?", ["x" * 100_000])


def test_half_a_character_is_told(db: Database) -> None:
    with pytest.raises(BadInput, match="half of a character"):
        db.run("INSERT INTO thing (name) VALUES (?)", ["a\ud800"])


def test_what_postgresql_cannot_keep_is_told(postgresql_url: str) -> None:
    for kind, value in (("text", "\x00"), ("jsonb", '"\\u0000"')):
        with connect(postgresql_url) as db, pytest.raises(BadInput, match="NUL"):
            db.rows(f"SELECT ?::{kind}", [value])


def test_a_transaction_is_all_or_nothing(db: Database) -> None:
    def fail() -> None:
        with db.transaction():
            db.run("INSERT INTO thing (id, name) VALUES (1, 'a')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with db.transaction(), db.transaction():
        db.run("INSERT INTO thing (id, name) VALUES (2, 'b')")
    assert names(db) == ["b"]


def test_an_inner_failure_that_was_swallowed_still_undoes_the_whole(db: Database) -> None:
    def inner() -> None:
        with db.transaction():
            raise ZeroDivisionError

    def outer() -> None:
        with db.transaction():
            db.run("INSERT INTO thing (id, name) VALUES (1, 'a')")
            with pytest.raises(ZeroDivisionError):
                inner()

    with pytest.raises(Conflict, match="none of it was kept"):
        outer()
    assert names(db) == []


def test_a_row_that_breaks_a_constraint_fails_the_whole_load(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.load("thing", ["id", "name"], [(1, "a"), (1, "b")])
    assert names(db) == []


def test_a_snapshot_sees_one_state_and_holds_no_writer_up(db: Database, tmp_path: Path) -> None:
    db.run("INSERT INTO thing (id, name) VALUES (1, 'a')")
    other = connect(tmp_path / "some.sqlite3") if db.vendor == "sqlite" else connect(_url(db))
    with other, other.snapshot():
        assert names(other) == ["a"]
        db.run("INSERT INTO thing (id, name) VALUES (2, 'b')")
        assert names(other) == ["a"]
    assert names(db) == ["a", "b"]


def _url(db: Database) -> str:
    from tests import harness

    return harness.postgresql_address(db.place.rpartition("/")[2])


def test_sqlite_is_opened_so_that_nothing_committed_is_lost(tmp_path: Path) -> None:
    with connect(tmp_path / "some.sqlite3") as db:
        assert db.rows("PRAGMA journal_mode") == [("wal",)]
        assert db.rows("PRAGMA synchronous") == [(2,)]
        assert db.rows("PRAGMA foreign_keys") == [(1,)]


def test_an_instance_a_path_and_a_url_lead_to_the_same_file(tmp_path: Path) -> None:
    with connect(Instance(tmp_path, "")) as db:
        db.run("CREATE TABLE here (id integer)")
    for where in (tmp_path / "seci.sqlite3", f"sqlite://{tmp_path}/seci.sqlite3", str(tmp_path / "seci.sqlite3")):
        with connect(where) as db:
            assert db.rows("SELECT count(*) FROM here") == [(0,)]


def test_failures_of_the_means_are_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="mysql"):
        connect("mysql://host/name")
    with pytest.raises(Unavailable, match="cannot be opened"):
        connect(tmp_path / "no" / "such" / "folder.sqlite3")
    (tmp_path / "letter.sqlite3").write_text("Dear reader, this is a letter and no database. " * 50)
    with pytest.raises(Unavailable, match="is damaged"):
        connect(tmp_path / "letter.sqlite3")
    with pytest.raises(Unavailable, match="does not answer"):
        connect("postgresql://nobody@127.0.0.1:9/none")


def test_a_database_held_by_another_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seci.kit.database.own.BUSY_SECONDS", 0.05)
    file = tmp_path / "some.sqlite3"
    with (
        connect(file) as one,
        connect(file) as two,
        one.transaction(),
        pytest.raises(Conflict, match="Another process"),
    ):
        two.run("CREATE TABLE thing (id integer)")


def test_a_fault_of_the_caller_is_not_disguised(tmp_path: Path) -> None:
    with connect(tmp_path / "some.sqlite3") as db, pytest.raises(sqlite3.OperationalError, match="no such table"):
        db.rows("SELECT * FROM nowhere")


@pytest.mark.django_db
def test_the_database_of_django_shares_its_transaction() -> None:
    from django.db import connection, transaction

    from seci.ledger.models import Source

    db = of_django(connection)
    assert db.vendor == ("postgresql" if os.environ.get("SECI_DATABASE_URL") else "sqlite")

    def fail() -> None:
        with transaction.atomic():
            with db.transaction():
                db.run(
                    "INSERT INTO ledger_source (kind, uri, title, added_at) VALUES (?, ?, ?, ?)",
                    ["git", "x", "100%", 1],
                )
            assert Source.objects.get(uri="x").title == "100%"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Source.objects.exists()
    assert db.load("ledger_source", ["kind", "uri", "title", "added_at"], [("git", "y", "t", 1)]) == 1
    assert list(db.stream("SELECT uri FROM ledger_source WHERE uri LIKE '%y' AND title = ?", ["t"])) == [("y",)]
    assert db.run_many("UPDATE ledger_source SET title = ? WHERE uri = ?", [("u", "y")]) == 1


def test_placeholders_in_quotes_and_comments_stay() -> None:
    assert percent("SELECT '?', \"a?\", ? -- ?\n, ? % 2") == "SELECT '?', \"a?\", %s -- ?\n, %s %% 2"
    assert values(2, 2) == "(?, ?), (?, ?)"


@given(st.lists(st.integers()), st.integers(1, 5))
def test_batches_keep_order_and_size(items: list[int], size: int) -> None:
    found = list(batches(items, size))
    assert [item for batch in found for item in batch] == items
    assert all(len(batch) == size for batch in found[:-1])
