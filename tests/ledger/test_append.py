from __future__ import annotations

from seci.kit.database import Database
from seci.ledger.append import append, withdraw
from tests.ledger.making import events, ledger_with_names


def test_appending_the_same_events_again_changes_nothing(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    first = append(ledger, events(100), source=place.source, run=place.run, at=1)
    again = append(ledger, events(100), source=place.source, run=place.run, at=2)
    assert (first.new, first.duplicate, first.first_seq, first.last_seq) == (100, 0, 1, 100)
    assert (again.new, again.duplicate, again.first_seq) == (0, 100, None)


def test_a_withdrawn_event_comes_back_when_its_source_shows_it_again(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(10), source=place.source, run=place.run, at=1)
    assert withdraw(ledger, [3, 4], source=place.source, run=place.run, at=2) == 2
    assert withdraw(ledger, [11], source=place.source, run=place.run, at=2) == 0
    again = append(ledger, events(10), source=place.source, run=place.run, at=3)
    assert (again.new, again.duplicate, again.restored) == (0, 8, 2)
