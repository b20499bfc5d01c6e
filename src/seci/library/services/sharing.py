"""A draft shown to people by name, before it is published."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import Document, get_changeable, get_document
from seci.library.marking import Mark, record
from seci.library.services.finding import let_find
from seci.people.access import get_person


def share(actor: Actor, db: Database, document: int, person: int, *, write: bool = False) -> Document:
    """Lets somebody read a draft, and write in it if `write` says so; again, it says it anew."""
    found, guest = get_changeable(actor, db, document, "share"), get_person(actor, db, person)
    if found.state != "draft":
        raise Conflict(f"{found.title} is {found.state}; only a draft is shared by name.")
    if guest.nature != "person":
        raise BadInput(f"{guest.name} is no person; name somebody who can read it.")
    if guest.id == found.owner:
        raise BadInput(f"{guest.name} owns {found.title}.")
    with db.transaction():
        store.take(db, document)
        store.share(db, document, guest.id, write, actor.account, now())
        may = "read and write" if write else "read"
        record(actor, db, Kind.DECIDE, f"person {guest.id} may {may} draft {document}", [Mark(document, found.head)])
        let_find(db, document)
        return get_document(actor, db, document)


def unshare(actor: Actor, db: Database, document: int, person: int) -> Document:
    """Shares a draft with somebody no longer; what they wrote in it stays. Raises NotFound where it was not shared."""
    found = get_changeable(actor, db, document, "share")
    with db.transaction():
        store.take(db, document)
        if not store.unshare(db, document, person):
            raise NotFound(f"{found.title} is not shared with person {person}.")
        sentence = f"draft {document} is shared with person {person} no longer"
        record(actor, db, Kind.DECIDE, sentence, [Mark(document, found.head)])
        let_find(db, document)
        return get_document(actor, db, document)
