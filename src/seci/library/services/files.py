"""Files that belong to documents: kept once by their content, beside the evidence, for backups."""

from __future__ import annotations

import mimetypes
from hashlib import sha256
from pathlib import Path, PurePosixPath

from seci.accounts.actor import Actor
from seci.artifacts.services.recordings import PLAYED
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Unavailable
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import (
    Attachment,
    file_of,
    get_attachment,
    get_collection,
    get_editable,
    is_recording,
    need_member,
)
from seci.library.marking import Mark, record

LARGEST = 25_000_000
NO_CONSENT = "A recording is kept only with the consent of those who can be seen or heard"


def attach(
    actor: Actor,
    db: Database,
    name: str,
    data: bytes,
    *,
    document: int | None = None,
    collection: int | None = None,
    path: str = "",
    consent: str = "",
) -> int:
    """Keeps a file with a document, or with a collection under the path by which its texts name it; its number.

    consent  of a recording: who agreed to be recorded and to what, in words

    The same content at the same place is kept once. Raises BadInput for an empty or too large file, and for a
    recording without consent.
    """
    need_member(actor, "attach a file")
    if not data or len(data) > LARGEST:
        raise BadInput(f"{name[:80]} has {len(data):,} bytes; a file of 1 to {LARGEST:,} bytes can be attached.")
    if is_recording(mime_of(name)) and not consent.strip():
        raise BadInput(f"{NO_CONSENT}: write down who agreed and to what.")
    if document is None and collection is None:
        raise BadInput("Say which document or which collection the file belongs to.")
    found = None if document is None else get_editable(actor, db, document)
    file = clean(PurePosixPath(name.replace("\\", "/")).name)[:200] or "file"
    row: dict[str, object] = {
        "document_id": None if found is None else found.id,
        "collection_id": None if collection is None else get_collection(actor, db, collection).id,
        "path": clean(path.strip().strip("/")), "name": file,
        "mime": mime_of(name), "size": len(data), "consent": clean(consent.strip()),
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
    """Takes a file away from its document; who did is on record. The bytes of a recording are deleted: somebody no
    longer agrees."""
    found = get_attachment(actor, db, attachment)
    need_member(actor, "take a file away")
    with db.transaction():
        store.change(db, "library_attachment", attachment, removed_at=now())
        if found.document is not None:
            page = get_editable(actor, db, found.document)
            sentence = f"{found.name} taken away from document {page.id}"
            record(actor, db, Kind.REVISE, sentence, [Mark(page.id, page.head, page.asset)])
        if is_recording(found.mime):
            store.change(db, "library_attachment", attachment, consent="")
            kept = db.rows(
                "SELECT 1 FROM library_attachment WHERE sha256 = ? AND removed_at IS NULL LIMIT 1", [found.sha256]
            )
    if is_recording(found.mime) and not kept:
        file_of(found.sha256).unlink(missing_ok=True)
    return found


def mime_of(name: str) -> str:
    """What kind of file it is, by its ending."""
    return PLAYED.get(PurePosixPath(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"


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
        raise Unavailable(
            f"The file could not be kept in the data folder ({error.strerror}); nothing was left of it."
        ) from error
