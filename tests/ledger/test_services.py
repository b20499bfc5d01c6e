from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger import queries, runs, services
from seci.ledger.append import append
from seci.ledger.kinds import Kind
from tests.ledger.making import events, ledger_with_names

LEAD = Actor(account=1, person=None, role="lead", door="page")
MEMBER = Actor(account=2, person=None, role="member", door="page")
GUEST = Actor(account=3, person=None, role="guest", door="page")


@pytest.fixture
def filled(ledger: Database) -> Database:
    place = ledger_with_names(ledger)
    append(ledger, events(70), source=place.source, run=place.run, at=1)
    runs.finish(ledger, place.run, at=2)
    return ledger


def test_a_person_can_say_what_an_imported_event_really_was(filled: Database) -> None:
    corrected = services.reclassify(LEAD, filled, 5, Kind.MENTOR)
    assert (corrected.kind, corrected.supersedes) == ("mentor", 5)
    before, after = queries.chain(MEMBER, filled, 5)
    assert (before.t, before.actor, before.asset, before.weight) == (
        after.t,
        after.actor,
        after.asset,
        after.weight,
    )
    run = runs.begin(filled, 1, at=3).id
    assert append(filled, events(70), source=1, run=run, at=3).duplicate == 70
    assert queries.chain(MEMBER, filled, 5)[-1].kind == "mentor"


def test_a_correction_can_be_corrected_again_but_not_the_row_below_it(filled: Database) -> None:
    first = services.reclassify(LEAD, filled, 5, Kind.MENTOR)
    with pytest.raises(Conflict):
        services.reclassify(LEAD, filled, 5, Kind.PAIR)
    assert services.reclassify(LEAD, filled, first.seq, Kind.PAIR).kind == "pair"
    with pytest.raises(BadInput, match="pair already"):
        services.reclassify(LEAD, filled, first.seq + 1, Kind.PAIR)


def test_members_may_look_and_guests_may_not(filled: Database) -> None:
    with pytest.raises(Refused):
        services.reclassify(MEMBER, filled, 5, Kind.MENTOR)
    with pytest.raises(Refused):
        services.undo(MEMBER, filled, 1)
    with pytest.raises(Refused):
        queries.event(GUEST, filled, 5)
    assert queries.event(MEMBER, filled, 5).seq == 5


def test_the_events_behind_a_cell_are_the_effective_ones_and_come_in_pages(filled: Database) -> None:
    every = queries.events_behind(MEMBER, filled, assets=[1, 2], identities=[1, 2, 3], size=1000).items
    assert all(e.asset in (1, 2) and e.actor in (1, 2, 3) for e in every)
    services.withdraw(LEAD, filled, every[0].seq, "it was someone else")
    page = queries.events_behind(MEMBER, filled, assets=[1, 2], identities=[1, 2, 3], page=2, size=4)
    assert page.pager.total == len(every) - 1
    assert [e.seq for e in page.items] == [e.seq for e in every[5:9]]
    reviews = queries.events_behind(MEMBER, filled, assets=[1, 2], identities=[1, 2, 3], kinds=[Kind.REVIEW])
    assert {e.kind for e in reviews.items} == {"review"}
    assert queries.events_behind(MEMBER, filled, assets=[], identities=[1]).items == []


def test_the_events_of_a_commit_are_found_by_its_id_or_its_beginning(filled: Database) -> None:
    key = (7).to_bytes(20, "big")
    found = queries.events_of_item(MEMBER, filled, key)
    assert [e.source_key for e in found] == [key.hex()] * 2
    assert queries.events_of_item(MEMBER, filled, key[:20], t=found[0].t) == [found[0]]
    assert len(queries.events_of_item(MEMBER, filled, bytes(19))) == 70


def test_an_import_can_be_undone_and_brought_back(filled: Database) -> None:
    services.undo(LEAD, filled, 1)
    assert queries.events_behind(MEMBER, filled, assets=[1], identities=range(1, 8)).pager.total == 0
    assert runs.latest(filled, 1) is None
    services.redo(LEAD, filled, 1)
    assert queries.events_behind(MEMBER, filled, assets=[1], identities=range(1, 8)).pager.total == 14
    with pytest.raises(Conflict, match="undid or brought back run 1"):
        services.undo(LEAD, filled, 2)
    with pytest.raises(NotFound):
        services.undo(LEAD, filled, 99)


def test_a_run_that_goes_on_cannot_be_undone(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    with pytest.raises(Conflict, match="has not ended"):
        services.undo(LEAD, ledger, place.run)


def test_rejects_are_kept_with_their_place_until_the_input_looks_wrong(filled: Database) -> None:
    run = runs.begin(filled, 1, at=3).id
    rejects = [runs.Reject(f"log#{n}", "bad_date", "The date is in 2099.") for n in range(1_000)]
    runs.reject(filled, run, rejects, at=3)
    pager, shown = queries.quarantined(MEMBER, filled, run, page=2, size=10)
    assert (pager.total, shown[0].locator) == (1_000, "log#989")
    with pytest.raises(BadInput, match="1,001 of 1,001 records"):
        runs.reject(filled, run, rejects[:1], at=3)


def test_many_rejects_in_a_much_larger_input_do_not_stop_it() -> None:
    good = runs.Standing(
        1, 1, 1, "running", 0, None, None, "", 0, None, "commits", 30_000, 0, 1_500, "", None, None, None
    )
    runs.stop_if_hopeless(good)


def test_a_run_is_taken_up_where_it_stopped(filled: Database) -> None:
    run = runs.begin(filled, 1, at=3)
    runs.progress(filled, run.id, step="reading", done=5, total=9)
    append(filled, events(1, 80), source=1, run=run.id, at=3, cursor={"tip": "abc"})
    again = runs.resume(filled, 1, at=4)
    assert (again.id, again.cursor, again.total) == (run.id, {"tip": "abc"}, 9)
    runs.fail(filled, run.id, at=5, sentence="The disk is full.")
    assert [stuck.id for stuck in runs.stuck(filled, before=10)] == []
    fresh = runs.resume(filled, 1, at=6)
    assert (fresh.id != run.id, fresh.cursor) == (True, {"tip": "abc"})
    assert [stuck.id for stuck in runs.stuck(filled, before=10)] == [fresh.id]
