"""What was typed is kept, becomes revisions, and merges with what was changed elsewhere."""

from __future__ import annotations

import pytest
from django.db import connection

from seci.combination.live import queries, room
from seci.combination.live.patch import apply, edits
from seci.combination.live.services import Journal
from seci.kit.database import Database, of_django
from seci.kit.errors import NotFound
from seci.library import services as library
from seci.library.access import get_document, get_revision
from tests.cast import Actors


@pytest.fixture
def base(db: None) -> Database:
    return of_django(connection)


@pytest.fixture
def page(actors: Actors, base: Database) -> int:
    number = library.create(actors.alice, base, "Reviews", "# Reviews\r\n\r\nFirst.\r\n\r\nSecond.\r\n")
    library.publish(actors.alice, base, number)
    return number


@pytest.fixture
def journal(base: Database) -> Journal:
    return Journal(lambda: base)


def typed(journal: Journal, document: int, before: str, after: str, account: int | None) -> None:
    """Somebody makes the one words into the others."""
    opened = journal.open(document)
    doc, text = room.document(opened.updates)
    had, words = doc.get_state(), str(text)
    apply(text, words, edits(words, words.replace(before, after)))
    journal.keep(document, [(doc.get_update(had), account)])


def test_only_the_server_begins_a_text_and_only_once(journal: Journal, page: int) -> None:
    first, second = journal.open(page), journal.open(page)
    assert first == second
    assert room.words_of(second.updates) == "# Reviews\n\nFirst.\n\nSecond.\n"


def test_a_pause_makes_a_revision_of_those_who_typed(
    actors: Actors, base: Database, journal: Journal, page: int
) -> None:
    typed(journal, page, "First", "First, and much more than the other", actors.bob.account)
    typed(journal, page, "Second", "2nd", actors.carol.account)
    saved = journal.revise(page)
    assert saved
    assert saved.names == ("Bob Learner", "Carol Learner")
    revision = get_revision(actors.alice, base, page)
    assert (revision.number, revision.author, revision.cause) == (2, actors.bob.person, "live")
    assert revision.text == "# Reviews\n\nFirst, and much more than the other.\n\n2nd.\n"
    assert revision.message == "typed together by Bob Learner and Carol Learner"
    assert journal.revise(page) is None
    assert base.rows("SELECT COUNT(*) FROM live_update") == [(0,)]


def test_what_was_typed_and_not_saved_is_there_after_a_kill(actors: Actors, journal: Journal, page: int) -> None:
    typed(journal, page, "First", "Typed", actors.bob.account)
    after = Journal(journal.connect)
    assert "Typed." in room.words_of(after.open(page).updates)
    after.save_rest()
    assert get_document(actors.alice, journal.db, page).head == 2


def test_a_revision_from_elsewhere_merges_with_what_is_being_typed(
    actors: Actors, base: Database, journal: Journal, page: int
) -> None:
    opened = journal.open(page)
    typed(journal, page, "First", "First, typed", actors.bob.account)
    library.revise(actors.carol, base, page, "# Reviews\n\nFirst.\n\nSecond, imported.\n", base=1)
    journal.take_over(page)
    journal.take_over(page)
    last, updates = journal.after(page, opened.number)
    assert last == 2
    assert room.words_of([*opened.updates, *updates]) == "# Reviews\n\nFirst, typed.\n\nSecond, imported.\n"
    journal.revise(page)
    revision = get_revision(actors.alice, base, page)
    assert (revision.number, revision.text) == (3, "# Reviews\n\nFirst, typed.\n\nSecond, imported.\n")


def test_a_page_that_comes_back_after_a_save_finds_its_history(actors: Actors, journal: Journal, page: int) -> None:
    """The journal is emptied by a revision, the history is not: what was typed offline still merges."""
    opened = journal.open(page)
    doc, text = room.document(opened.updates)
    typed(journal, page, "First", "Online", actors.bob.account)
    journal.revise(page)
    had = doc.get_state()
    apply(text, str(text), edits(str(text), str(text).replace("Second", "Offline")))
    journal.keep(page, [(doc.get_update(had), actors.carol.account)])
    assert queries.now(journal.db, page) == ("# Reviews\n\nOnline.\n\nOffline.\n", True)
    assert journal.open(page).history == opened.history
    _, updates = journal.after(page, 0)
    assert room.words_of([*opened.updates, *updates]) == "# Reviews\n\nOnline.\n\nOffline.\n"


def test_what_is_typed_in_a_page_that_is_retired_meanwhile_is_kept(
    actors: Actors, base: Database, journal: Journal, page: int
) -> None:
    typed(journal, page, "First", "Kept", actors.bob.account)
    library.retire(actors.alice, base, page)
    journal.save_rest()
    found = queries.live(actors.alice, base, page)
    assert "Kept." in found.text
    assert found.is_ahead
    assert not found.page.may_write
    library.restore(actors.alice, base, page)
    journal.save_rest()
    assert "Kept." in get_revision(actors.alice, base, page).text


def test_what_was_typed_in_a_page_that_is_no_more_can_be_read(
    actors: Actors, base: Database, journal: Journal, page: int
) -> None:
    typed(journal, page, "First", "Kept", actors.bob.account)
    base.run("DELETE FROM library_link")
    for table in ("library_deed", "library_name", "library_revision"):
        base.run(f"DELETE FROM {table} WHERE document_id = ?", [page])
    base.run("DELETE FROM library_document WHERE id = ?", [page])
    assert journal.standings([page])[0].head is None
    assert "Kept." in queries.left_over(actors.erin, base, page)
    with pytest.raises(NotFound):
        queries.left_over(actors.bob, base, page)


def test_there_is_no_line_to_a_page_one_may_not_read(actors: Actors, base: Database) -> None:
    draft = library.create(actors.alice, base, "Mine", "Not yet.")
    with pytest.raises(NotFound):
        queries.standing(actors.bob, base, draft)
    assert queries.standing(actors.alice, base, draft) == ("Alice Lead", True)


def test_what_was_typed_in_a_draft_is_kept_when_it_is_shared_with_the_typist_no_longer(
    actors: Actors, base: Database, journal: Journal
) -> None:
    draft = library.create(actors.alice, base, "Mine", "Not yet.")
    library.share(actors.alice, base, draft, actors.bob.person or 0, write=True)
    typed(journal, draft, "Not yet", "Now", actors.bob.account)
    library.unshare(actors.alice, base, draft, actors.bob.person or 0)
    saved = journal.revise(draft)
    assert saved
    assert saved.names == ("Bob Learner",)
    assert get_revision(actors.alice, base, draft).text == "Now."
