"""Pages from elsewhere: put into the library, brought up to date, gone where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from seci.accounts.actor import Actor
from seci.kit.clock import Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import get_collection, need_member
from seci.library.incoming import Came, Page, Past
from seci.library.marking import Mark, record
from seci.library.services.finding import let_find
from seci.library.services.writing import LONGEST_TITLE, Wording, add_revision, checked, checked_diataxis, insert
from seci.people import queries as people
from seci.people.evidence import Alias

_NAME = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*\Z")


def collection(
    actor: Actor, db: Database, name: str, kind: str, address: str = "", licence: str = "", attribution: str = ""
) -> int:
    """The collection of pages from one place: the one that is there, brought up to date, or a new one; its number.

    address  where the pages lie; the same kind and address is the same collection
    licence  an SPDX expression or its own words; empty keeps what is known
    """
    need_member(actor, "bring documents in")
    name = " ".join(clean(name).split())[:200]
    if not name:
        raise BadInput("Give the collection a name.")
    at = now()
    found = store.collection_at(db, kind, clean(address), name)
    with db.transaction():
        if found is None:
            row = {"name": name, "kind": kind[:20], "address": clean(address), "licence": clean(licence)[:120],
                   "attribution": clean(attribution), "by": actor.account, "at": at, "changed_at": at}  # fmt: skip
            return store.insert(db, "library_collection", row)
        columns: dict[str, object] = {"name": name, "changed_at": at}
        columns |= {"licence": clean(licence)[:120]} if licence else {}
        columns |= {"attribution": clean(attribution)} if attribution else {}
        store.change(db, "library_collection", found, **columns)
        return found


def put(actor: Actor, db: Database, collection: int, page: Page) -> Came:
    """Brings one page in: "new", "changed" since it was last brought in, or the "same"."""
    return put_all(actor, db, collection, [page])[0]


def put_all(actor: Actor, db: Database, collection: int, pages: Iterable[Page]) -> list[Came]:
    """Brings pages in, all or none of those given; what is the same is not touched.

    A page that was edited here since stays as it is until its source changes; then the source's words become the next
    revision, and the edited one stays in the history. Raises BadInput for a page that the library cannot hold.
    """
    need_member(actor, "bring documents in")
    get_collection(actor, db, collection)
    run = _Import(actor, db, collection)
    with db.transaction():
        came = [run.put(page) for page in pages]
        for kind, marks in run.marks.items():
            record(actor, db, kind, f"{len(marks)} documents of collection {collection} brought in", marks)
    return came


def vanish(actor: Actor, db: Database, collection: int, paths: Sequence[str]) -> int:
    """Takes pages that are no longer at their source out of use; how many. Their revisions stay."""
    need_member(actor, "bring documents in")
    found = get_collection(actor, db, collection)
    at = now()
    with db.transaction():
        gone = store.present(db, found.id, paths)
        db.run_many(
            "UPDATE library_document SET state_before = CASE state WHEN 'retired' THEN state_before ELSE state END, "
            "state = 'retired', vanished_at = ?, changed_at = ? WHERE id = ?",
            [(at, at, id_) for id_, _, _ in gone],
        )
        for id_, _, _ in gone:
            let_find(db, id_)
        sentence = f"{len(gone)} documents are no longer in {found.name}"
        record(actor, db, Kind.RETIRE, sentence, [Mark(id_, head, asset) for id_, head, asset in gone])
    return len(gone)


@dataclass(slots=True)
class _Import:
    """One call of `put_all`: what it has learned about people, and the events it will leave."""

    actor: Actor
    db: Database
    collection: int
    marks: dict[Kind, list[Mark]] = field(default_factory=dict)
    known: dict[str, int | None] = field(default_factory=dict)

    def put(self, page: Page) -> Came:
        path = clean(page.path.strip().strip("/"))
        if not path:
            raise BadInput(f"The page {page.title[:60]!r} has no path; a page is known by its path.")
        there = self.db.rows(
            "SELECT id, head, vanished_at, state_before FROM library_document WHERE collection_id = ? AND path = ?",
            [self.collection, path],
        )
        if not there:
            self._insert(page, path)
            return "new"
        document, head, vanished, before = there[0]
        wording = self._wording(page.title, page.text, page.author, page.at, page.message, page)
        last = self.db.rows(
            "SELECT sha256, title FROM library_revision WHERE document_id = ? AND cause = 'import' "
            "ORDER BY number DESC LIMIT 1",
            [document],
        )
        if vanished is None and last and last[0] == (wording.sha256, wording.title):
            return "same"
        if vanished is not None:
            store.change(
                self.db, "library_document", document, vanished_at=None, state=before or "published", state_before=""
            )
        if not last or last[0] != (wording.sha256, wording.title):
            head += 1
            add_revision(self.db, document, head, wording, self.actor.account)
        else:
            let_find(self.db, document)
        self._describe(document, page)
        self.marks.setdefault(Kind.REVISE, []).append(Mark(document, head, None, wording.author))
        return "changed"

    def _insert(self, page: Page, path: str) -> None:
        states = [*page.history, Past(page.title, page.text, page.author, page.at, page.message)]
        first, *later = [self._wording(one.title, one.text, one.author, one.at, one.message, page) for one in states]
        row: dict[str, object] = {
            "collection_id": self.collection, "path": path, "kind": page.kind[:20] or "page", "state": "published",
            "diataxis": "", "licence": clean(page.licence)[:120],
            "owner_id": self._person(page.owner),
        }  # fmt: skip
        document = insert(self.db, first, row, self.actor.account, latest=not later)
        for number, wording in enumerate(later, 2):
            latest = number == len(states)
            add_revision(self.db, document, number, wording, self.actor.account, latest=latest)
        self._describe(document, page)
        self.marks.setdefault(Kind.IMPORT_EXTERNAL, []).append(Mark(document, len(states)))

    def _describe(self, document: int, page: Page) -> None:
        """What the source says of the page's use, and of verification: when somebody last looked, until when that
        counts."""
        if page.diataxis:
            store.change(self.db, "library_document", document, diataxis=checked_diataxis(page.diataxis))
        if page.reviewed_at is None:
            return
        (head, verified_at) = self.db.rows("SELECT head, verified_at FROM library_document WHERE id = ?", [document])[0]
        if verified_at is None or verified_at < page.reviewed_at:
            store.change(
                self.db, "library_document", document, verified_revision=head, verified_at=page.reviewed_at,
                expires_at=page.expires_at,
            )  # fmt: skip

    def _wording(self, title: str, text: str, author: str, at: Micros | None, message: str, page: Page) -> Wording:
        title = " ".join(clean(title).split())[:LONGEST_TITLE] or page.path[-LONGEST_TITLE:]
        return Wording(
            title, checked(text), self._person(author), clean(author.strip()), now() if at is None else at,
            clean(message.strip()), "import", None, page.links, page.tags or None, page.aliases,
        )  # fmt: skip

    def _person(self, name: str) -> int | None:
        """The person of the directory that a source means; None for somebody it does not know."""
        name = name.strip()
        if name and name not in self.known:
            self.known[name] = self._looked_up(name)
        return self.known.get(name)

    def _looked_up(self, name: str) -> int | None:
        found = _NAME.match(name)
        if found:
            rows = self.db.rows(
                "SELECT COALESCE(p.merged_into_id, p.id) FROM people_identity i "
                "JOIN people_person p ON p.id = i.person_id WHERE i.key = ?",
                [Alias(found[1], found[2]).key],
            )
            if rows:
                return int(rows[0][0])
        try:
            return people.named(self.actor, self.db, found[1] if found else name)
        except (NotFound, BadInput):
            return None
