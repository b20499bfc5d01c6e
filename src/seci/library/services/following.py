"""Links that somebody goes along, as events of the ledger. That a link is used is worth knowing, who reads what is
not: the event is one of the instance."""

from __future__ import annotations

from urllib.parse import quote

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.ledger.kinds import Kind
from seci.library.access import get_document
from seci.library.markdown.cleaning import anchor
from seci.library.marking import Mark, record

_TARGETS = (("library", "to_document_id"), ("artifacts", "to_artifact_id"), ("assets", "to_asset_id"))


def follow(actor: Actor, db: Database, document: int, target: str, place: str = "") -> str:
    """The address that a link of a document leads to, and the event that somebody, unnamed, went along it.

    target  as the link is written; place  after its #

    Raises NotFound for a link that the document does not have, or that leads nowhere yet.
    """
    found = get_document(actor, db, document)
    rows = db.rows(
        "SELECT to_document_id, to_artifact_id, to_asset_id FROM library_link WHERE document_id = ? AND target = ? "
        "AND (to_document_id IS NOT NULL OR to_artifact_id IS NOT NULL OR to_asset_id IS NOT NULL) LIMIT 1",
        [document, target],
    )
    if not rows:
        raise NotFound(f"{found.title} has no link to {target[:80]!r} that leads anywhere.")
    to = dict(zip((column for _, column in _TARGETS), rows[0], strict=True))
    room, column = next((room, column) for room, column in _TARGETS if to[column] is not None)
    with db.transaction():
        mark = Mark(to["to_document_id"] or document, None, to["to_asset_id"] or found.asset)
        sentence = f"a link of document {document} followed"
        seq = record(actor, db, Kind.READ, sentence, [mark], nameless=True)[0]
        db.run(
            "INSERT INTO library_follow (seq, document_id, to_document_id, to_artifact_id, to_asset_id, target, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [seq, document, to["to_document_id"], to["to_artifact_id"], to["to_asset_id"], target, now()],
        )
    return f"/{room}/{to[column]}/" + (f"#{quote(anchor(place))}" if place else "")
