"""Readers say that a page of the library is wrong; whoever answers for it decides."""

from __future__ import annotations

import pytest

from seci.internalization.challenges import queries, services
from seci.internalization.challenges.store import open_challenges
from seci.internalization.proposals import services as proposals
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library.access import get_document, get_revision
from tests.internalization.runs.conftest import GUEST, LEARNER, OTHER, OWNER, House

TEXT = "# Loading\n\nA table with **nine percent** missing\nis held back.\n\nBackfills are loaded.\n"


@pytest.fixture
def page(house: House) -> int:
    made = library.create(OWNER, house.db, "Loading", TEXT)
    library.publish(OWNER, house.db, made)
    return made


def deeds(db: Database) -> list[tuple[Kind, int]]:
    """What happened to documents, with the number of the revision."""
    rows = db.rows("SELECT e.kind, m.revision FROM library_deed m JOIN ledger_event e ON e.seq = m.seq ORDER BY e.seq")
    return [(Kind(kind), revision) for kind, revision in rows]


def test_a_passage_is_challenged_once_and_amended_by_its_owner(house: House, page: int) -> None:
    asked = services.challenge_document(
        LEARNER, house.db, page, "Nine is fine today", quote="with nine percent missing is held back", change="ten"
    )
    assert (asked.artifact, asked.document, asked.revision) == (None, page, 1)
    assert open_challenges(house.db, [page], []) == ({page}, set())
    with pytest.raises(Conflict, match="already"):
        services.challenge_document(LEARNER, house.db, page, "Again", quote="with nine percent  missing\nis held back")
    seen = queries.challenge(OWNER, house.db, asked.id)
    assert (seen.row.title, seen.text, seen.may_decide) == ("Loading", TEXT, True)
    assert not queries.challenge(OTHER, house.db, asked.id).may_decide
    with pytest.raises(Refused):
        services.decide(OTHER, house.db, asked.id, "uphold", "I think so")
    with pytest.raises(BadInput, match="changes nothing"):
        services.decide(OWNER, house.db, asked.id, "amend", "The loader fills gaps", text=TEXT)
    done = services.decide(
        OWNER, house.db, asked.id, "amend", "The loader fills gaps", text=TEXT.replace("nine", "ten")
    )
    assert (done.resolution, done.answer, done.is_won) == ("amend", 2, True)
    assert "ten percent" in get_revision(OWNER, house.db, page).text
    assert open_challenges(house.db, [], []) == (set(), set())
    assert [one for one in deeds(house.db) if one[0] in (Kind.CHALLENGE, Kind.REVISE, Kind.DECIDE)] == [
        (Kind.CHALLENGE, 1), (Kind.REVISE, 2), (Kind.DECIDE, 2),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="decided already"):
        services.decide(OWNER, house.db, asked.id, "uphold", "no")
    assert [row.title for row in queries.challenges(OTHER, house.db, document=page).rows] == ["Loading"]


def test_the_whole_page_may_be_wrong_and_go_out_of_use(house: House, page: int) -> None:
    asked = services.challenge_document(OTHER, house.db, page, "There is no loader any more")
    with pytest.raises(BadInput, match="no nodes to split"):
        services.decide(OWNER, house.db, asked.id, "split", "So be it")
    proposals.propose_decision(OWNER, house.db, asked.id, "retire", "It is gone")
    services.decide(OWNER, house.db, asked.id, "retire", "It is gone")
    assert get_document(OWNER, house.db, page).state == "retired"
    with pytest.raises(Conflict, match="is retired"):
        services.challenge_document(OTHER, house.db, page, "Still wrong")


def test_only_what_readers_have_and_the_page_says_is_challenged_and_by_members(house: House, page: int) -> None:
    with pytest.raises(NotFound, match="does not say “ninety”"):
        services.challenge_document(LEARNER, house.db, page, "Wrong", quote="ninety")
    with pytest.raises(BadInput, match="how you know"):
        services.challenge_document(LEARNER, house.db, page, " ")
    with pytest.raises(Refused):
        services.challenge_document(GUEST, house.db, page, "Wrong")
    draft = library.create(OWNER, house.db, "A draft", TEXT)
    with pytest.raises(Conflict, match="is draft"):
        services.challenge_document(OWNER, house.db, draft, "Wrong")
