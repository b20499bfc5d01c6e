"""Documents written, revised, published, verified, retired; each with its event."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.library import queries, services
from seci.library.access import get_document, get_revision, revisions
from tests.artifacts.making import people_and_assets

EXPERT = Actor(account=4, person=4, role="member", door="page")
OTHER = Actor(account=5, person=5, role="member", door="page")
FACILITATOR = Actor(account=6, person=6, role="facilitator", door="page")
GUEST = Actor(account=7, person=None, role="guest", door="page")


@pytest.fixture
def house(ledger: Database) -> Database:
    people_and_assets(ledger)
    return ledger


@pytest.fixture
def page(house: Database) -> int:
    return services.create(EXPERT, house, "Small changes", "# Small changes\n\nKeep them small.", asset=2)


def events(db: Database, document: int) -> list[tuple[str, int | None]]:
    rows = db.rows(
        "SELECT e.kind, d.revision FROM library_deed d JOIN ledger_event e ON e.seq = d.seq WHERE d.document_id = ? "
        "ORDER BY d.seq",
        [document],
    )
    return [(Kind(kind).name.lower(), revision) for kind, revision in rows]


def test_a_new_document_is_a_draft_of_its_writer_with_one_revision_and_its_event(house: Database, page: int) -> None:
    found = get_document(EXPERT, house, page)
    assert (found.state, found.head, found.owner, found.asset, found.words) == ("draft", 1, 4, 2, 6)
    assert events(house, page) == [("write", 1)]
    with pytest.raises(NotFound):
        get_document(OTHER, house, page)
    with pytest.raises(NotFound):
        get_document(GUEST, house, page)
    assert get_document(FACILITATOR, house, page) == found


def test_what_is_published_is_read_by_all_and_written_in_by_members(house: Database, page: int) -> None:
    with pytest.raises(NotFound):
        services.publish(OTHER, house, page)
    services.publish(EXPERT, house, page, base=1)
    assert get_document(GUEST, house, page).state == "published"
    with pytest.raises(Refused):
        services.revise(GUEST, house, page, "Mine", base=1)
    assert services.revise(OTHER, house, page, "Keep them tiny.", base=1, message="shorter").head == 2
    with pytest.raises(Refused):
        services.retire(OTHER, house, page)
    assert events(house, page) == [("write", 1), ("publish", 1), ("revise", 2)]
    assert [one.text for one in revisions(EXPERT, house, page)] == [
        "Keep them tiny.", "# Small changes\n\nKeep them small.",
    ]  # fmt: skip
    assert len(revisions(GUEST, house, page)) == 1


def test_whoever_saves_second_is_told_and_nothing_is_lost(house: Database, page: int) -> None:
    services.revise(EXPERT, house, page, "One", base=1)
    with pytest.raises(Conflict, match="you changed r1, the latest is r2"):
        services.revise(EXPERT, house, page, "Two", base=1)
    assert get_revision(EXPERT, house, page).text == "One"


def test_saving_what_is_there_already_changes_nothing(house: Database, page: int) -> None:
    text = get_revision(EXPERT, house, page).text
    assert services.revise(EXPERT, house, page, text, base=1).head == 1
    assert events(house, page) == [("write", 1)]


def test_an_earlier_state_comes_back_as_a_new_revision(house: Database, page: int) -> None:
    services.revise(EXPERT, house, page, "Worse", base=1)
    assert services.revert(EXPERT, house, page, 1, base=2).head == 3
    assert get_revision(EXPERT, house, page).text.endswith("Keep them small.")
    with pytest.raises(BadInput, match="latest revision already"):
        services.revert(EXPERT, house, page, 3, base=3)


def test_verifying_is_an_act_of_its_own_that_editing_neither_does_nor_undoes(house: Database, page: int) -> None:
    assert queries.one(EXPERT, house, page).verification.standing == "unverified"
    services.verify(EXPERT, house, page, until=now() + 30 * DAY)
    assert queries.one(EXPERT, house, page).verification.standing == "verified"
    services.revise(EXPERT, house, page, "Other words", base=1)
    assert queries.one(EXPERT, house, page).verification.standing == "earlier"
    assert queries.one(EXPERT, house, page, 1).verification.standing == "verified"
    with pytest.raises(BadInput, match="from now"):
        services.verify(EXPERT, house, page, days=0)
    assert events(house, page)[1] == ("verify", 1)


def test_a_retired_document_is_read_only_until_it_is_restored(house: Database, page: int) -> None:
    services.publish(EXPERT, house, page)
    assert services.retire(EXPERT, house, page, "old").state == "retired"
    with pytest.raises(NotFound):
        get_document(GUEST, house, page)
    with pytest.raises(Conflict, match="restore it"):
        services.revise(EXPERT, house, page, "New", base=1)
    assert services.restore(EXPERT, house, page).state == "published"


def test_who_owns_it_is_handed_over_to_a_person(house: Database, page: int) -> None:
    assert services.hand_over(EXPERT, house, page, 5).owner == 5
    with pytest.raises(Refused):
        services.hand_over(EXPERT, house, page, 4)
    assert events(house, page)[-1] == ("own", 1)


def test_filing_says_what_it_is_about_and_which_kind_it_is(house: Database, page: int) -> None:
    filed = services.file_under(EXPERT, house, page, asset=None, diataxis="how-to")
    assert (filed.asset, filed.diataxis) == (None, "how-to")
    with pytest.raises(BadInput, match="tutorial, how-to, reference, explanation"):
        services.file_under(EXPERT, house, page, diataxis="novel")


def test_a_title_or_text_beyond_measure_is_refused_in_one_sentence(house: Database, page: int) -> None:
    with pytest.raises(BadInput, match="1 to 200"):
        services.create(EXPERT, house, "  ", "text")
    with pytest.raises(BadInput, match="split the document"):
        services.create(EXPERT, house, "T", "x" * 2_000_001)
    assert services.create(EXPERT, house, "T", "nul \0 and half \ud800") > page
