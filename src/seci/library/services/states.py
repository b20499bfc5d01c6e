"""A document published, verified, handed over, filed, retired, restored."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import Document, get_changeable, get_document, get_editable
from seci.library.marking import Mark, record
from seci.library.services.finding import let_find
from seci.library.services.writing import checked_diataxis
from seci.people.access import get_person

VERIFIED_DAYS = 180
LONGEST_DAYS = 1100
_KEEP = object()


def publish(actor: Actor, db: Database, document: int, *, base: int | None = None) -> Document:
    """Lets everybody read the document, guests too. `base` is the revision that was looked at. Raises Conflict."""
    found = get_changeable(actor, db, document, "publish")
    with db.transaction():
        head = store.take(db, document)
        if base is not None and base != head:
            raise Conflict(f"You looked at r{base}; the latest is r{head} by now. Look at it before you publish.")
        if found.state != "draft":
            done = "published already" if found.state == "published" else "retired; restore it before you publish it"
            raise Conflict(f"{found.title} is {done}.")
        store.change(db, "library_document", document, state="published", changed_at=now())
        _record(actor, db, Kind.PUBLISH, f"document {document} r{head} published", found, head)
        let_find(db, document)
        return get_document(actor, db, document)


def verify(
    actor: Actor, db: Database, document: int, *, days: int = VERIFIED_DAYS, until: Micros | None = None,
    base: int | None = None,
) -> Document:  # fmt: skip
    """Says that the latest revision holds, until an instant or for some days. Editing is no verification, and undoes
    none: the page says which revision was verified. What the document says of code is taken as it stands now.

    `base` is the revision that was read. Raises Conflict when it is the latest no longer.
    """
    found = get_changeable(actor, db, document, "verify")
    at = now()
    until = at + days * DAY if until is None else until
    if not at < until <= at + LONGEST_DAYS * DAY:
        raise BadInput(f"A verification holds for 1 to {LONGEST_DAYS} days from now; choose a day in that time.")
    if found.state == "retired":
        raise Conflict(f"{found.title} is retired; restore it before you verify it.")
    with db.transaction():
        head = store.take(db, document)
        if base is not None and base != head:
            raise Conflict(f"You have read r{base}; the latest is r{head} by now. Read it before you verify it.")
        store.change(
            db, "library_document", document, verified_revision=head, verified_by_id=actor.person, verified_at=at,
            expires_at=until, reopened_at=None, reopened_because="", changed_at=at,
        )  # fmt: skip
        db.run("UPDATE library_binding SET hash = seen WHERE document_id = ? AND seen <> ''", [document])
        sentence = f"document {document} r{head} verified for {round((until - at) / DAY)} days"
        _record(actor, db, Kind.VERIFY, sentence, found, head)
        let_find(db, document)
        return get_document(actor, db, document)


def hand_over(actor: Actor, db: Database, document: int, owner: int) -> Document:
    """Names who answers for the document from now on; that is an event of theirs."""
    found, heir = get_changeable(actor, db, document, "hand over"), get_person(actor, db, owner)
    if heir.nature != "person":
        raise BadInput(f"{heir.name} is no person; name somebody who can answer for it.")
    if heir.id == found.owner:
        raise BadInput(f"{heir.name} owns {found.title} already.")
    with db.transaction():
        store.change(db, "library_document", document, owner_id=heir.id, changed_at=now())
        mark = Mark(document, found.head, found.asset, heir.id)
        record(actor, db, Kind.OWN, f"document {document} is owned by person {heir.id}", [mark])
        let_find(db, document)
        return get_document(actor, db, document)


def file_under(
    actor: Actor,
    db: Database,
    document: int,
    *,
    asset: int | object | None = _KEEP,
    diataxis: str | object = _KEEP,
) -> Document:
    """Says which asset a document is about (None is none in particular) and which kind it is: tutorial, how-to,
    reference, explanation. What is left out stays."""
    found = get_editable(actor, db, document)
    columns: dict[str, object] = {}
    if asset is not _KEEP:
        columns["asset_id"] = get_asset(actor, db, asset).id if isinstance(asset, int) else None
    if diataxis is not _KEEP:
        columns["diataxis"] = checked_diataxis(str(diataxis))
    if not columns:
        return found
    with db.transaction():
        store.change(db, "library_document", document, **columns, changed_at=now())
        filed = get_document(actor, db, document)
        _record(actor, db, Kind.CATEGORIZE, f"document {document} filed", filed, found.head)
        let_find(db, document)
        return filed


def retire(actor: Actor, db: Database, document: int, reason: str = "") -> Document:
    """Takes a document out of use; its revisions and events stay."""
    found = get_changeable(actor, db, document, "retire")
    if found.state == "retired":
        raise Conflict(f"{found.title} is retired already.")
    with db.transaction():
        store.change(db, "library_document", document, state="retired", state_before=found.state, changed_at=now())
        sentence = f"document {document} retired: {reason.strip() or 'no reason given'}"
        _record(actor, db, Kind.RETIRE, sentence, found, found.head)
        let_find(db, document)
        return get_document(actor, db, document)


def restore(actor: Actor, db: Database, document: int) -> Document:
    """Brings a retired document back, as it was before."""
    found = get_changeable(actor, db, document, "restore")
    if found.state != "retired":
        raise Conflict(f"{found.title} is not retired; there is nothing to restore.")
    with db.transaction():
        (before,) = db.rows("SELECT state_before FROM library_document WHERE id = ?", [document])[0]
        store.change(
            db, "library_document", document, state=before or "draft", state_before="", vanished_at=None,
            changed_at=now(),
        )  # fmt: skip
        _record(actor, db, Kind.DECIDE, f"document {document} restored", found, found.head)
        let_find(db, document)
        return get_document(actor, db, document)


def _record(actor: Actor, db: Database, kind: Kind, sentence: str, found: Document, revision: int) -> None:
    record(actor, db, kind, sentence, [Mark(found.id, revision, found.asset)])
