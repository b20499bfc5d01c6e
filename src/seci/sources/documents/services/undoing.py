"""An import is taken back: what it brought goes out of use, what it changed is as before, what it took away is back."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import Conflict
from seci.ledger import runs
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.people.store import record
from seci.sources.documents import store
from seci.sources.documents.services.asking import need_importer
from seci.sources.documents.store import Import, Outcome

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. `kept` names the pages that were edited here since: they stay as they are."""

    id: int
    removed: int
    restored: int
    back: int
    kept: tuple[str, ...]
    sentence: str


def undo(actor: Actor, db: Database, id_: int) -> Undone:
    """Takes an import back, in one transaction; nothing is deleted, and importing again brings it again.

    Raises Conflict while it is at work, when it is undone already, and when a later import of the collection stands.
    """
    found = store.get(db, id_)
    need_importer(actor, found.upload)
    _check(db, found)
    every = store.outcomes(db, id_, limit=MOST)
    kept: list[str] = []
    counts = {"new": 0, "changed": 0, "gone": 0}
    with db.transaction():
        for one in every:
            if one.result in ("new", "changed", "moved", "gone") and one.document is not None:
                if _take_back(actor, db, found, one):
                    counts["changed" if one.result == "moved" else one.result] += 1
                else:
                    kept.append(one.path)
        store.forget_marks(db, found.collection, [one.path for one in every if one.result != "gone"])
        store.undone(db, id_, now())
        said = _sentence(counts, kept)
        record(db, actor, Kind.DECIDE, f"import {id_} taken back: {said}")
        runs.mark(db, found.run, runs.UNDONE, f"Taken back: {said}")
    return Undone(id_, counts["new"], counts["changed"], counts["gone"], tuple(kept), said)


def _check(db: Database, found: Import) -> None:
    state = runs.get(db, found.run).state
    if found.undone_at is not None:
        raise Conflict(f"Import {found.id} is taken back already.")
    if state == runs.RUNNING:
        raise Conflict(f"Import {found.id} has not ended; stop it first.")
    later = [one for one in store.every(db, collection=found.collection) if one.id > found.id and one.undone_at is None]
    if later:
        raise Conflict(f"Import {later[-1].id} of the same collection came after it; take that one back first.")


def _take_back(actor: Actor, db: Database, found: Import, one: Outcome) -> bool:
    """Whether it could be: a page that somebody has edited since is left alone."""
    assert one.document is not None
    rows = db.rows("SELECT head, state, vanished_at FROM library_document WHERE id = ?", [one.document])
    if not rows:
        return False
    head, state, vanished = rows[0]
    if one.result == "gone":
        if vanished is not None:
            library.restore(actor, db, one.document)
            store.write_mark(db, found.collection, store.Mark(one.path, "", "", one.document, int(head)))
        return True
    if head != one.after:
        return False
    if one.result == "new":
        library.vanish(actor, db, found.collection, [one.path])
        return True
    if one.was:
        store.move(db, one.document, one.was)
    if one.before is not None and one.before != head and state != "retired":
        library.revert(actor, db, one.document, one.before, base=int(head))
    return True


def _sentence(counts: dict[str, int], kept: list[str]) -> str:
    words = {"new": "{} pages out of use", "changed": "{} pages as before", "gone": "{} pages back"}
    parts = [said.format(f"{counts[what]:,}") for what, said in words.items() if counts[what]]
    if kept:
        parts.append(f"{len(kept):,} left alone, because somebody has edited them since")
    return (", ".join(parts) or "there was nothing to take back") + "."
