"""Shared texts kept in the database, and made revisions of the library.

Only the server begins a text, from the latest revision, and keeps it before the first page opens. A revision that
comes from elsewhere (an import, a program, a merge, the plain form) is taken over as a diff of the text as it was at
the revision before, so that it merges with what people have typed since. A history is never thrown away while a page
may come back with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.live import access, room, store
from seci.combination.live.store import Kept, Standing
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import NotFound, SeciError, Unavailable
from seci.kit.ids import new_id
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library import store as pages
from seci.library.marking import Mark, record

log = logging.getLogger("seci.live")

# A page that has been open for longer than this has to be loaded again.
HISTORY_LASTS = 30 * DAY


@dataclass(frozen=True, slots=True)
class Opened:
    """A shared text, to make a room of: the updates that make it, and the number of the last."""

    history: str
    revision: int
    number: int
    updates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A revision made of what was typed, by whom."""

    revision: int
    names: tuple[str, ...]


class Journal:
    """The port of the rooms to the database; its methods are called one at a time, from any thread."""

    def __init__(self, connect: Callable[[], Database]) -> None:
        self.connect = connect
        self.connection: Database | None = None

    @property
    def db(self) -> Database:
        if self.connection is None:
            self.connection = self.connect()
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def open(self, document: int) -> Opened:
        """The shared text of a document, begun if there is none. Raises NotFound."""
        with self.db.transaction():
            self._begin(document)
            kept = self._taken_over(document)
            updates = store.updates(self.db, document, kept.saved)
        return Opened(kept.history, kept.revision, kept.number, (kept.state, *updates))

    def keep(self, document: int, updates: Sequence[tuple[bytes, int | None]]) -> int:
        """Makes (update, account) durable, all or none; returns the number of the last."""
        try:
            with self.db.transaction():
                last = store.append(self.db, document, updates, now())
        except Unavailable:
            # A server that was restarted has forgotten this connection.
            self.close()
            raise
        if last is None:
            raise NotFound("The shared text of this page is not there any more; load the page again.")
        return last

    def standings(self, documents: Sequence[int]) -> list[Standing]:
        try:
            return store.standings(self.db, documents)
        except Unavailable:
            self.close()
            raise

    def after(self, document: int, number: int) -> tuple[int, list[bytes]]:
        """(number of the last update, all that a room lacks that has those up to `number`)."""
        with self.db.transaction():
            kept = store.text(self.db, document)
            if kept is None:
                return number, []
            updates = store.updates(self.db, document, max(number, kept.saved))
        return kept.number, [kept.state, *updates] if kept.saved > number else updates

    def take_over(self, document: int) -> None:
        """Takes a revision over that was made elsewhere; the rooms hear of it as of any update."""
        with self.db.transaction():
            self._taken_over(document)

    def revise(self, document: int) -> Saved | None:
        """Makes what was typed a revision of those who typed it; None where nothing is different.

        Raises what the library says against the text; nothing typed is lost then, it waits in the journal.
        """
        with self.db.transaction():
            kept = self._taken_over(document)
            if kept.number == kept.saved:
                return None
            accounts = store.typists(self.db, document, kept.saved)
            doc, text = room.document([kept.state, *store.updates(self.db, document, kept.saved)])
            saved = None
            if str(text) != room.words_of([kept.state]):
                saved = self._revise(kept, str(text), accounts)
            revision = saved.revision if saved else kept.revision
            store.settle(self.db, document, doc.get_update(), revision, kept.number, kept.title)
        return saved

    def save_rest(self) -> None:
        """Revisions of all that was typed before the server was stopped or killed."""
        for document in store.unsaved(self.db):
            try:
                self.revise(document)
            except SeciError as error:
                log.warning("page %s: %s", document, error.sentence)

    def _begin(self, document: int) -> None:
        standing, kept = pages.head(self.db, document), store.text(self.db, document)
        if standing is None:
            raise NotFound(f"There is no page {document} in the library.")
        if kept is None:
            state = room.seed(standing.text)
            store.begin(self.db, document, standing.title, new_id().hex, state, standing.number, now())
        elif kept.number == kept.saved and kept.touched_at < now() - HISTORY_LASTS:
            store.begin_anew(self.db, kept, new_id().hex, room.seed(standing.text), standing.number, now())

    def _taken_over(self, document: int) -> Kept:
        """The shared text, held until the transaction ends, with the latest revision of the library in it."""
        kept, head = store.text(self.db, document, locked=True), pages.head(self.db, document)
        if kept is None:
            raise NotFound("The shared text of this page is not there any more; load the page again.")
        if head is None or head.number == kept.revision:
            return kept
        update, state = room.outside(kept.state, head.text)
        if room.words_of([state]) != room.words_of([kept.state]):
            store.append(self.db, document, [(update, None)], now())
        store.settle(self.db, document, state, head.number, kept.saved, head.title)
        taken = store.text(self.db, document)
        assert taken is not None
        return taken

    def _revise(self, kept: Kept, text: str, accounts: Sequence[int]) -> Saved:
        """The next revision, of whoever typed most; the others are named in it, and in the ledger."""
        names = store.names(self.db, accounts)
        typed = tuple(names[account] for account in accounts if account in names)
        message = f"typed together by {listed(typed)}" if len(typed) > 1 else ""
        able = [one for one in store.actors(self.db, accounts) if access.may_still_write(one, self.db, kept.document)]
        authors = able or [Actor.owner_of_the_machine("job")]
        page = library.revise(
            authors[0], self.db, kept.document, text, base=kept.revision, message=message, cause="live"
        )  # fmt: skip
        others = {each.person for each in authors[1:] if each.person is not None} - {authors[0].person}
        marks = [Mark(page.id, page.head, page.asset, person) for person in sorted(others)]
        record(authors[0], self.db, Kind.REVISE, f"document {page.id} {message}", marks)
        return Saved(page.head, typed)


def save(actor: Actor, db: Database, document: int) -> Saved | None:
    """Makes what was typed so far a revision at once, as every pause does; None where nothing is different."""
    access.need_writable(actor, db, document)
    return Journal(lambda: db).revise(document) if store.standings(db, [document]) else None


def listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
