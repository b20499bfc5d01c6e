"""Questions about imports: which there were, how far one is, what became of each file."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import SECOND, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.pager import Pager
from seci.ledger import runs
from seci.sources.documents import store
from seci.sources.documents.store import Import
from seci.sources.documents.views import ImportPage, ImportRow, ImportsPage

SHOWN = 50


def imports(
    actor: Actor, db: Database, *, error: str = "", said: dict[str, str] | None = None, limit: int = 30
) -> ImportsPage:
    """The latest imports, the newest first."""
    found = store.every(db, limit=limit)
    names = db.rows("SELECT DISTINCT name FROM library_collection WHERE address = '' AND kind <> 'hand' ORDER BY name")
    return ImportsPage(
        rows=tuple(_rows(actor, db, found, now())),
        collections=tuple(str(row[0]) for row in names),
        may_read_folders=actor.is_at_least("lead"),
        error=error,
        said=said,
    )


def import_(actor: Actor, db: Database, id_: int, *, result: str = "", page: int = 1, size: int = SHOWN) -> ImportPage:
    """One import with a page of its outcomes, all or those of one result. Raises NotFound, BadInput."""
    if result and result not in store.RESULTS:
        raise BadInput(f"{result[:40]!r} is no result; choose one of {', '.join(store.RESULTS)}.")
    found = store.get(db, id_)
    row = _rows(actor, db, [found], now())[0]
    size = min(max(1, size), 1000)
    total = row.counts[result] if result else sum(row.counts.values())
    pager = Pager(max(1, page), size, total)
    may = actor.is_at_least("member" if found.upload else "lead")
    later = store.every(db, collection=found.collection, limit=1)[0].id != id_
    return ImportPage(
        row=row,
        outcomes=tuple(store.outcomes(db, id_, result, limit=size, offset=(pager.page - 1) * size)),
        result=result,
        pager=pager,
        may_change=may,
        may_undo=may and not row.running and row.undone_at is None and not later,
    )


def state(actor: Actor, db: Database, id_: int) -> ImportRow:
    """How far one import is. Raises NotFound."""
    return _rows(actor, db, [store.get(db, id_)], now())[0]


def _rows(actor: Actor, db: Database, found: list[Import], at: Micros) -> list[ImportRow]:
    counts = store.counts(db, [one.id for one in found])
    return [_row(actor, db, one, counts[one.id], at) for one in found]


def _row(actor: Actor, db: Database, one: Import, counts: dict[str, int], at: Micros) -> ImportRow:
    """Where on this machine it came from is said to those who may read folders of it."""
    run = runs.get(db, one.run)
    name = db.rows("SELECT name FROM library_collection WHERE id = ?", [one.collection])[0][0]
    may_know = actor.is_at_least("lead") and not one.upload
    seconds = ((run.ended_at or at) - run.started_at) / SECOND
    rate = run.done / seconds if seconds > 0.2 and run.done else None
    left = (run.total - run.done) / rate if rate and run.total else None
    return ImportRow(
        id=one.id, collection=one.collection, name=str(name), format=one.format,
        path=one.path if may_know else "", upload=one.upload, state=run.state, started_at=run.started_at,
        ended_at=run.ended_at, done=run.done, total=run.total, rate=rate,
        remaining=left if run.state == runs.RUNNING else None, counts=counts, same=one.same,
        sentence=run.sentence if may_know else run.sentence.replace(one.path, str(name)),
        stopping=one.stop and run.state == runs.RUNNING, undone_at=one.undone_at,
    )  # fmt: skip
