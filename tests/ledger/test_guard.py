from __future__ import annotations

import pytest

from seci.kit.database import Database, of_django
from seci.ledger import guard
from seci.ledger.append import append
from tests.ledger.making import events, ledger_with_names

FORBIDDEN = [
    "UPDATE ledger_event SET weight = 0",
    "DELETE FROM ledger_event",
    "UPDATE ledger_outcome SET score = 1",
    "DELETE FROM ledger_outcome",
]


@pytest.fixture
def filled(ledger: Database) -> Database:
    place = ledger_with_names(ledger)
    append(ledger, events(5), source=place.source, run=place.run, at=1)
    ledger.run("INSERT INTO ledger_outcome (event_id, score) VALUES (1, 0.5)")
    return ledger


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_what_happened(filled: Database, statement: str) -> None:
    with pytest.raises(Exception, match="never changed"):
        filled.run(statement)
    assert filled.rows("SELECT count(*), min(weight) FROM ledger_event") == [(5, 500)]


def test_an_erasure_may_change_it_and_stays_on_record(filled: Database) -> None:
    with guard.erasing(filled, "one person asked for it", at=9):
        assert filled.run("UPDATE ledger_event SET actor = 2 WHERE actor = 1") == 1
    assert filled.rows("SELECT scope, opened_at, closed_at FROM ledger_erasure") == [("one person asked for it", 9, 9)]
    with pytest.raises(Exception, match="never changed"):
        filled.run("DELETE FROM ledger_event")


def test_an_erasure_that_fails_leaves_nothing_open(filled: Database) -> None:
    def accident() -> None:
        with guard.erasing(filled, "an accident", at=9):
            filled.run("UPDATE ledger_event SET actor = 2 WHERE actor = 1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        accident()
    assert filled.rows("SELECT count(*) FROM ledger_event WHERE actor = 1") == [(1,)]
    with pytest.raises(Exception, match="never changed"):
        filled.run("DELETE FROM ledger_event")


def test_the_guard_can_tell_whether_it_stands(filled: Database) -> None:
    assert guard.stands(filled)
    filled.run(guard.lowering(filled.vendor)[0])
    assert not guard.stands(filled)


@pytest.mark.django_db(transaction=True)
def test_emptying_all_tables_goes_around_the_guard_and_leaves_it_standing() -> None:
    from django.core.management import call_command
    from django.db import connection

    db = of_django(connection)
    place = ledger_with_names(db)
    append(db, events(5), source=place.source, run=place.run, at=1)
    call_command("flush", interactive=False, verbosity=0)
    assert db.rows("SELECT count(*) FROM ledger_event") == [(0,)]
    assert guard.stands(db)
