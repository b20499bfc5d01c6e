"""A document written, revised, brought back to an earlier state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.kit.clock import Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.ids import new_id
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import Document, get_collection, get_document, get_editable, get_revision, need_member
from seci.library.linking import named, targets
from seci.library.markdown.front import fields
from seci.library.marking import Mark, record
from seci.library.services.finding import let_find
from seci.people.access import get_person

Cause = Literal["hand", "import", "live", "merge", "restored", "suggestion"]

DIATAXIS = ("", "tutorial", "how-to", "reference", "explanation")
LONGEST_TITLE = 200
LARGEST_TEXT = 2_000_000

REVISED: list[Callable[[Database, int, int], None]] = []
"""Who is told of every new revision, in its transaction: (database, document, number); rooms above add themselves."""

# Writing about an asset is contact with it, as much as one change of its files.
WRITING = 1000


@dataclass(frozen=True, slots=True)
class Wording:
    """The next state of a document, checked. `links` are (kind, path or title) beyond those in the text."""

    title: str
    text: str
    author: int | None
    author_name: str
    at: Micros
    message: str
    cause: str
    provenance: object = None
    links: Sequence[tuple[str, str]] = ()
    tags: Sequence[str] | None = None
    aliases: Sequence[str] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def create(
    actor: Actor,
    db: Database,
    title: str,
    text: str,
    *,
    collection: int | None = None,
    path: str = "",
    kind: str = "page",
    diataxis: str = "",
    asset: int | None = None,
    owner: int | None = None,
    author: int | None = None,
    licence: str = "",
    message: str = "",
    cause: Cause = "hand",
    provenance: object = None,
) -> int:
    """A new draft with its first revision; its number.

    owner, author  person ids; left out, whoever writes it
    provenance     plain data that says where each sentence comes from

    Raises BadInput for a title or text that is too long, Conflict for a path that is taken, Refused for guests.
    """
    need_member(actor, "write a document")
    author = actor.person if author is None else author
    wording = Wording(
        tidy(title), checked(text), author, "", now(), clean(message.strip()), cause, provenance
    )  # fmt: skip
    row: dict[str, object] = {
        "kind": _word(kind), "diataxis": checked_diataxis(diataxis), "licence": clean(licence.strip())[:120],
        "collection_id": None if collection is None else get_collection(actor, db, collection).id,
        "path": clean(path.strip().strip("/")),
        "asset_id": None if asset is None else get_asset(actor, db, asset).id,
        "owner_id": actor.person if owner is None else get_person(actor, db, owner).id,
        "state": "draft",
    }  # fmt: skip
    with db.transaction():
        if row["path"] and db.rows(
            "SELECT id FROM library_document WHERE collection_id = ? AND path = ?", [collection, row["path"]]
        ):
            raise Conflict(f"{row['path']} is taken in this collection; give the document another path.")
        document = insert(db, wording, row, actor.account)
        mark = Mark(document, 1, asset, wording.author)
        record(actor, db, Kind.WRITE, f"document {document} written", [mark], weight=WRITING)
        return document


def revise(
    actor: Actor,
    db: Database,
    document: int,
    text: str,
    *,
    base: int,
    title: str | None = None,
    author: int | None = None,
    message: str = "",
    cause: Cause = "hand",
    provenance: object = None,
) -> Document:
    """The next revision; saving what is there already changes nothing.

    base  number of the revision that was changed

    Raises Conflict when somebody else has revised it since, or when it is retired.
    """
    before = get_editable(actor, db, document)
    if before.state == "retired":
        raise Conflict(f"{before.title} is retired; restore it before you write in it.")
    author = actor.person if author is None else author
    wording = Wording(
        tidy(before.title if title is None else title), checked(text), author, "", now(), clean(message.strip()), cause,
        provenance,
    )  # fmt: skip
    with db.transaction():
        head = store.take(db, document)
        if head != base:
            raise Conflict(
                f"Somebody has revised this document since: you changed r{base}, the latest is r{head}. "
                "Look at what is different and save again."
            )
        last = store.head(db, document)
        if last and (last.title, last.text) == (wording.title, wording.text) and provenance is None:
            return before
        add_revision(db, document, head + 1, wording, actor.account)
        mark = Mark(document, head + 1, before.asset, author)
        sentence = f"document {document} revised: {wording.message or cause}"
        record(actor, db, Kind.REVISE, sentence, [mark], weight=WRITING)
        return get_document(actor, db, document)


def revert(actor: Actor, db: Database, document: int, number: int, *, base: int) -> Document:
    """Makes an earlier revision the latest again, as a new one; nothing in between is lost."""
    old = get_revision(actor, db, document, number)
    if number == get_document(actor, db, document).head:
        raise BadInput(f"r{number} is the latest revision already.")
    return revise(
        actor, db, document, old.text, base=base, title=old.title, author=old.author, message=f"as in r{number}",
        cause="restored", provenance=old.provenance,
    )  # fmt: skip


# allow actor: rows alone; whoever calls it has asked who may
def insert(db: Database, wording: Wording, row: dict[str, object], account: int | None, *, latest: bool = True) -> int:
    """The rows of a new document: itself, its first revision, what it answers to and where it leads."""
    fixed = {"key": new_id().hex, "title": wording.title, "head": 1, "reopened_because": "", "state_before": "",
             "words": 0, "created_at": wording.at, "changed_at": wording.at}  # fmt: skip
    document = store.insert(db, "library_document", fixed | row)
    add_revision(db, document, 1, wording, account, latest=latest)
    return document


# allow actor: rows alone; whoever calls it has asked who may
def add_revision(
    db: Database, document: int, number: int, wording: Wording, account: int | None, *, latest: bool = True
) -> None:
    """The rows of the next revision, and what the document shows of it.

    latest  False for one that another follows at once: where it leads and what it is tagged with nobody will ask
    """
    store.insert_revision(
        db, document, number, title=wording.title, text=wording.text, sha256=wording.sha256, author=wording.author,
        author_name=wording.author_name, by=account, at=wording.at, message=wording.message, cause=wording.cause,
        provenance=wording.provenance,
    )  # fmt: skip
    store.change(
        db, "library_document", document, head=number, title=wording.title, words=len(wording.text.split()),
        changed_at=wording.at,
    )  # fmt: skip
    (collection, path) = db.rows("SELECT collection_id, path FROM library_document WHERE id = ?", [document])[0]
    names = named(path, wording.title, wording.aliases)
    store.add_names(db, document, names)
    if not latest:
        return
    store.replace_links(db, document, targets(db, document, collection, path, wording.text, wording.links))
    store.answer(db, document, collection, names)
    store.replace_tags(db, document, tags_of(wording))
    let_find(db, document)
    for told in REVISED:
        told(db, document, number)


def tags_of(wording: Wording) -> list[str]:
    """The words a document is tagged with: those its source says, else those of its front matter."""
    said: object = wording.tags
    if said is None:
        said = fields(wording.text).get("tags", [])
        said = said.split(",") if isinstance(said, str) else said
    found = [" ".join(str(one).split()).lstrip("#").lower()[:80] for one in said] if isinstance(said, Sequence) else []
    return [clean(one) for one in found if one]


def tidy(title: str) -> str:
    title = " ".join(clean(title).split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput(f"Give the document a title of 1 to {LONGEST_TITLE} characters.")
    return title


def checked(text: str) -> str:
    if len(text) > LARGEST_TEXT:
        raise BadInput(f"This text has {len(text):,} characters, more than {LARGEST_TEXT:,}; split the document.")
    return clean(text)


def checked_diataxis(kind: str) -> str:
    if kind not in DIATAXIS:
        raise BadInput(f"{kind[:40]!r} is no kind of document; choose one of {', '.join(DIATAXIS[1:])}, or none.")
    return kind


def _word(kind: str) -> str:
    if not kind.replace("-", "").isalnum() or len(kind) > 20:
        raise BadInput(f"{kind[:40]!r} names no kind of document; write one short word such as page or adr.")
    return kind
