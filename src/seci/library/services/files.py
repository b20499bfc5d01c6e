"""Files that belong to documents: kept once by their content, beside the evidence, for backups."""

from __future__ import annotations

import mimetypes
from hashlib import sha256
from pathlib import Path, PurePosixPath

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Unavailable
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import Attachment, file_of, get_attachment, get_collection, get_editable, need_member
from seci.library.marking import Mark, record

LARGEST = 25_000_000


def attach(
    actor: Actor,
    db: Database,
    name: str,
    data: bytes,
    *,
    document: int | None = None,
    collection: int | None = None,
    path: str = "",
) -> int:
    """Keeps a file with a document, or with a collection under the path by which its texts name it; its number.

    The same content at the same place is kept once. Raises BadInput for an empty or too large file.
    """
    need_member(actor, "attach a file")
    if not data or len(data) > LARGEST:
        raise BadInput(f"{name[:80]} has {len(data):,} bytes; a file of 1 to {LARGEST:,} bytes can be attached.")
    if document is None and collection is None:
        raise BadInput("Say which document or which collection the file belongs to.")
    found = None if document is None else get_editable(actor, db, document)
    file = clean(PurePosixPath(name.replace("\\", "/")).name)[:200] or "file"
    row: dict[str, object] = {
        "document_id": None if found is None else found.id,
        "collection_id": None if collection is None else get_collection(actor, db, collection).id,
        "path": clean(path.strip().strip("/")), "name": file,
        "mime": mimetypes.guess_type(name)[0] or "application/octet-stream", "size": len(data),
        "sha256": sha256(data).hexdigest(), "by": actor.account, "at": now(),
    }  # fmt: skip
    _keep(file_of(str(row["sha256"])), data)
    with db.transaction():
        there = store.attachment_at(db, row)
        if there is not None:
            return there
        if row["path"]:
            store.supersede_attachment(db, row)
        attachment = store.insert(db, "library_attachment", row)
        if found is not None:
            sentence = f"{row['name']} attached to document {found.id}"
            record(actor, db, Kind.REVISE, sentence, [Mark(found.id, found.head, found.asset)])
        return attachment


def detach(actor: Actor, db: Database, attachment: int) -> Attachment:
    """Takes a file away from its document; who did is on record."""
    found = get_attachment(actor, db, attachment)
    need_member(actor, "take a file away")
    with db.transaction():
        store.change(db, "library_attachment", attachment, removed_at=now())
        if found.document is not None:
            page = get_editable(actor, db, found.document)
            sentence = f"{found.name} taken away from document {page.id}"
            record(actor, db, Kind.REVISE, sentence, [Mark(page.id, page.head, page.asset)])
        return found


def _keep(place: Path, data: bytes) -> None:
    """Writes the file beside its place and moves it there: a broken one is never found."""
    if place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(".part")
        fresh.write_bytes(data)
        fresh.replace(place)
    except OSError as error:
        raise Unavailable(f"The file could not be kept at {place.parent}: {error.strerror}.") from error
