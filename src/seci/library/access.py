"""The only way to hold a document, one of its revisions, a collection or a concept."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import Conflict, NotFound, Refused
from seci.kit.instance import Instance

State = Literal["draft", "published", "retired"]


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the library. `head` is the number of its latest revision: what readers see.

    owner              person id; None is nobody yet
    verified_revision  number of the revision that somebody responsible confirmed, by whom and when
    expires_at         that confirmation holds until then
    reopened_at        since then something it rests on is different (`reopened_because`)
    vanished_at        since then it is not where it was imported from
    """

    id: int
    key: str
    collection: int | None
    path: str
    title: str
    kind: str
    diataxis: str
    state: State
    owner: int | None
    asset: int | None
    head: int
    verified_revision: int | None
    verified_by: int | None
    verified_at: Micros | None
    expires_at: Micros | None
    reopened_at: Micros | None
    reopened_because: str
    licence: str
    words: int
    created_at: Micros
    changed_at: Micros
    vanished_at: Micros | None


CLOSED_BY: list[Callable[[Actor, Database, Document], str]] = []
"""Reasons for which a document stays shut to somebody for now, "" for none; rooms above add theirs when they start."""


READ_BY: list[Callable[[Actor, Database, Document], None]] = []
"""Told that somebody reads what a document says; rooms above add theirs when they start."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a document. `author_name` as its source names them, where it came from one."""

    id: int
    document: int
    number: int
    title: str
    text: str
    sha256: str
    author: int | None
    author_name: str
    by: int | None
    at: Micros
    message: str
    cause: str
    provenance: Any


@dataclass(frozen=True, slots=True)
class Collection:
    id: int
    name: str
    kind: str
    address: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic; `label` is its preferred one."""

    id: int
    key: str
    label: str
    definition: str
    owner: int | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with a document or a collection; `sha256` says where it lies."""

    id: int
    document: int | None
    collection: int | None
    name: str
    mime: str
    size: int
    sha256: str


_DOCUMENT = (
    "d.id, d.key, d.collection_id, d.path, d.title, d.kind, d.diataxis, d.state, d.owner_id, d.asset_id, d.head, "
    "d.verified_revision, d.verified_by_id, d.verified_at, d.expires_at, d.reopened_at, d.reopened_because, d.licence, "
    "d.words, d.created_at, d.changed_at, d.vanished_at"
)
_REVISION = "id, document_id, number, title, text, sha256, author_id, author_name, by, at, message, cause, provenance"


def readable(actor: Actor) -> tuple[str, list[object]]:
    """The condition on `library_document d` under which the actor may read it, with its parameters.

    Everybody reads what is published and the drafts that are shared with them; members also what was published and is
    retired, and the drafts that they own or began; facilitators all.
    """
    if actor.is_at_least("facilitator"):
        return "1 = 1", []
    shared = "EXISTS (SELECT 1 FROM library_share s WHERE s.document_id = d.id AND s.person_id = ?)"
    if not actor.is_at_least("member"):
        return f"(d.state = 'published' OR (d.state = 'draft' AND {shared}))", [actor.person]
    began = (
        "EXISTS (SELECT 1 FROM library_revision mine WHERE mine.document_id = d.id AND mine.number = 1 "
        "AND (mine.by = ? OR mine.author_id = ?))"
    )
    public = "(d.state <> 'draft' AND d.state_before <> 'draft')"
    return (
        f"({public} OR d.owner_id = ? OR {began} OR {shared})",
        [actor.person, actor.account, actor.person, actor.person],
    )


def get_document(actor: Actor, db: Database, document: int) -> Document:
    """A document that the actor may read.

    Raises NotFound (a draft of others is not there for them), and Conflict while it is shut to the actor (`CLOSED_BY`).
    """
    where, asked = readable(actor)
    rows = db.rows(f"SELECT {_DOCUMENT} FROM library_document d WHERE d.id = ? AND {where}", [document, *asked])
    if not rows:
        raise NotFound(f"There is no document {document}; `seci library list` shows which there are.")
    found = Document(*rows[0])
    for closed in CLOSED_BY:
        if sentence := closed(actor, db, found):
            raise Conflict(sentence, code="closed_for_now")
    return found


def read(actor: Actor, db: Database, document: int, number: int | None = None) -> tuple[Document, Revision]:
    """A document and a revision, for somebody who reads what it says; whoever wants to know (READ_BY) is told."""
    found, shown = get_document(actor, db, document), get_revision(actor, db, document, number)
    for told in READ_BY:
        told(actor, db, found)
    return found, shown


def get_editable(actor: Actor, db: Database, document: int) -> Document:
    """A document that the actor may write in (`may_write`). Raises Refused."""
    found = get_document(actor, db, document)
    need_member(actor, "write in the library")
    if not may_write(actor, db, found):
        raise Refused(
            f"{found.title} is a draft that is shown to you to be read; suggest other words, or ask its owner."
        )
    return found


def get_changeable(actor: Actor, db: Database, document: int, deed: str) -> Document:
    """A document that the actor answers for: facilitators any, an owner the own. Raises Refused."""
    found = get_document(actor, db, document)
    if not may_change(actor, db, found):
        raise Refused(f"Only the owner of a document, facilitators, leads and admins may {deed} it.")
    return found


def may_change(actor: Actor, db: Database, found: Document) -> bool:
    """Whether the actor answers for the document. While nobody owns it, whoever began it does."""
    if actor.is_at_least("facilitator"):
        return True
    if not actor.is_at_least("member"):
        return False
    if found.owner is not None:
        return actor.person == found.owner
    began = db.rows("SELECT by, cause FROM library_revision WHERE document_id = ? AND number = 1", [found.id])
    return bool(began) and actor.account is not None and began[0] == (actor.account, "hand")


def may_write(actor: Actor, db: Database, found: Document) -> bool:
    """Whether the actor may write in a document that they may read: members in all, in a draft that is shared with them
    if it is shared for that."""
    if not actor.is_at_least("member"):
        return False
    if found.state != "draft" or actor.is_at_least("facilitator") or actor.person in (None, found.owner):
        return True
    rows = db.rows(
        "SELECT may_write FROM library_share WHERE document_id = ? AND person_id = ?", [found.id, actor.person]
    )
    return not rows or bool(rows[0][0])


def need_member(actor: Actor, deed: str) -> None:
    if not actor.is_at_least("member"):
        raise Refused(f"Guests may not {deed}; ask for the member role.")


def get_revision(actor: Actor, db: Database, document: int, number: int | None = None) -> Revision:
    """A revision, without a number the latest; guests read the latest one only. Raises NotFound."""
    found = get_document(actor, db, document)
    wanted = found.head if number is None or not actor.is_at_least("member") else number
    rows = db.rows(f"SELECT {_REVISION} FROM library_revision WHERE document_id = ? AND number = ?", [document, wanted])
    if not rows:
        raise NotFound(f"Document {document} has no revision {wanted}; its latest is {found.head}.")
    return revision_of(rows[0])


def revisions(actor: Actor, db: Database, document: int) -> list[Revision]:
    """All revisions of a document, the newest first; guests get the latest alone."""
    found = get_document(actor, db, document)
    least = 1 if actor.is_at_least("member") else found.head
    rows = db.rows(
        f"SELECT {_REVISION} FROM library_revision WHERE document_id = ? AND number >= ? ORDER BY number DESC",
        [document, least],
    )
    return [revision_of(row) for row in rows]


def get_collection(actor: Actor, db: Database, collection: int) -> Collection:
    rows = db.rows(
        "SELECT id, name, kind, address, licence, attribution FROM library_collection WHERE id = ?", [collection]
    )
    if not rows:
        raise NotFound(f"There is no collection {collection}; `seci library collections` lists them.")
    return Collection(*rows[0])


def get_concept(actor: Actor, db: Database, concept: int) -> Concept:
    rows = db.rows("SELECT id, key, label, definition, owner_id FROM library_concept WHERE id = ?", [concept])
    if not rows:
        raise NotFound(f"There is no concept {concept}; `seci library concepts` lists them.")
    return Concept(*rows[0])


def get_attachment(actor: Actor, db: Database, attachment: int) -> Attachment:
    """A file that the actor may see: with its document, or with any page of its collection. Raises NotFound."""
    rows = db.rows(
        "SELECT id, document_id, collection_id, name, mime, size, sha256 FROM library_attachment "
        "WHERE id = ? AND removed_at IS NULL",
        [attachment],
    )
    missing = NotFound(f"There is no attachment {attachment}; it may have been taken away.")
    if not rows:
        raise missing
    found = Attachment(*rows[0])
    if is_recording(found.mime):
        need_member(actor, "see or hear a recording")
    if found.document is not None:
        get_document(actor, db, found.document)
    else:
        where, asked = readable(actor)
        seen = f"SELECT 1 FROM library_document d WHERE d.collection_id = ? AND {where} LIMIT 1"
        if not db.rows(seen, [found.collection, *asked]):
            raise missing
    return found


def is_recording(mime: str) -> bool:
    """Whether people may be seen or heard in a file: members alone get it, and nothing is kept without consent."""
    return mime.startswith(("audio/", "video/"))


def file_of(sha256: str) -> Path:
    """Where the content of an attachment lies."""
    return Instance.from_environment().evidence / "attachments" / sha256[:2] / sha256


def revision_of(row: tuple[Any, ...]) -> Revision:
    cells = list(row)
    cells[12] = from_json(cells[12])
    return Revision(*cells)
