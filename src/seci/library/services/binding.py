"""Pages bound to places in the code: when the place is different, the page asks to be looked at again."""

from __future__ import annotations

from collections.abc import Callable

from seci.accounts.actor import Actor
from seci.artifacts.access import get_changeable as get_changeable_artifact
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import get_changeable
from seci.library.marking import Mark, record
from seci.people.store import record as say

Look = Callable[[str, str], str | None]
"""(path, symbol) -> hash of that place as it is now; None where it is not there."""


def bind(
    actor: Actor,
    db: Database,
    repository: int,
    path: str,
    *,
    symbol: str = "",
    document: int | None = None,
    artifact: int | None = None,
    look: Look | None = None,
) -> int:
    """Says that a document or an artifact speaks of a place in a repository; the number of the binding.

    repository  number of the source that is scanned
    symbol      a function or class in the file; empty is all of it
    look        reads the place as it is now; without it the next scan does

    Raises NotFound for a place that is not there, Conflict when it is bound already.
    """
    if (document is None) == (artifact is None):
        raise BadInput("Name one document or one artifact to bind to a place in the code.")
    if not db.rows("SELECT id FROM ledger_source WHERE id = ?", [repository]):
        raise NotFound(f"There is no source {repository}; `seci ledger sources` lists them.")
    path, symbol = clean(path.strip().strip("/")), clean(symbol.strip())[:200]
    if not path:
        raise BadInput("Name the path of a file in the repository.")
    hash_ = look(path, symbol) if look else ""
    if hash_ is None:
        raise NotFound(f"{path}{' has no ' + symbol if symbol else ''} is not in this repository as it is now.")
    at = now()
    row: dict[str, object] = {
        "document_id": document, "artifact_id": artifact, "repository": repository, "path": path, "symbol": symbol,
        "hash": hash_, "seen": hash_, "seen_at": at if hash_ else None, "by": actor.account, "at": at,
    }  # fmt: skip
    with db.transaction():
        sentence = f"bound to {path} {symbol}".strip()
        if document is not None:
            page = get_changeable(actor, db, document, "bind")
            _once(db, "document_id", document, row)
            record(actor, db, Kind.LINK, f"document {document} {sentence}", [Mark(document, page.head, page.asset)])
        else:
            found = get_changeable_artifact(actor, db, artifact or 0, "bind")
            _once(db, "artifact_id", found.id, row)
            say(db, actor, Kind.LINK, f"artifact {artifact} {sentence}", asset=found.asset, artifact=artifact)
        return store.insert(db, "library_binding", row)


def unbind(actor: Actor, db: Database, binding: int) -> None:
    """Takes a binding away."""
    rows = db.rows("SELECT document_id, artifact_id, path FROM library_binding WHERE id = ?", [binding])
    if not rows:
        raise NotFound(f"There is no binding {binding}.")
    document, artifact, path = rows[0]
    with db.transaction():
        if document is not None:
            page = get_changeable(actor, db, document, "unbind")
            sentence = f"document {document} no longer bound to {path}"
            record(actor, db, Kind.LINK, sentence, [Mark(document, page.head, page.asset)])
        else:
            found = get_changeable_artifact(actor, db, artifact, "unbind")
            say(db, actor, Kind.LINK, f"artifact {artifact} no longer bound to {path}", artifact=found.id)
        db.run("DELETE FROM library_binding WHERE id = ?", [binding])


def look_again(actor: Actor, db: Database, repository: int, look: Look) -> list[int]:
    """Compares all places of a repository that pages are bound to with what they were; called after each scan.

    Returns the documents that are re-opened by it: verified before, and what they speak of is different now. Artifacts
    show the same without a column of their own: what changed after their verification is `seen_at` later than it.
    """
    bound = store.bindings_of(db, repository)
    at = now()
    found = {(path, symbol): look(path, symbol) or "" for path, symbol in {(one.path, one.symbol) for one in bound}}
    reopened: dict[int, str] = {}
    with db.transaction():
        for one in bound:
            seen = found[one.path, one.symbol]
            # What nobody has looked at before is taken as it is, and so is what stood there at a verification.
            hash_ = (one.seen if one.is_settled else one.hash) or seen
            db.run(
                "UPDATE library_binding SET seen = ?, hash = ?, "
                "seen_at = CASE WHEN seen = ? AND seen_at IS NOT NULL THEN seen_at ELSE ? END WHERE id = ?",
                [seen, hash_, seen, at, one.id],
            )
            if one.document is not None and seen != hash_ and not one.is_open:
                what = "is gone" if not seen else "changed"
                reopened.setdefault(one.document, f"{one.path} {one.symbol}".strip() + f" {what}")
        for document, because in reopened.items():
            store.change(db, "library_document", document, reopened_at=at, reopened_because=because)
        marks = [Mark(document) for document in reopened]
        record(actor, db, Kind.REQUEST, f"{len(marks)} documents to be verified again: their code changed", marks)
    return sorted(reopened)


def _once(db: Database, column: str, number: int, row: dict[str, object]) -> None:
    sql = f"SELECT id FROM library_binding WHERE {column} = ? AND repository = ? AND path = ? AND symbol = ?"  # noqa: S608
    if db.rows(sql, [number, row["repository"], row["path"], row["symbol"]]):
        raise Conflict(f"It is bound to {row['path']} {row['symbol']}".rstrip() + " already.")
