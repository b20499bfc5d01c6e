"""Undoing an import, and bringing it back, each in one transaction.

Undoing removes nothing: each event that the run wrote is superseded by what stood before it, or withdrawn. That is a
run of its own; redoing takes the same step once more. Events that someone corrected afterwards keep the correction.
"""
# ruff: noqa: S608 - statements are put together from constants; values are always parameters

from __future__ import annotations

from seci.kit.clock import Micros
from seci.kit.database import Database, Row, batches
from seci.kit.errors import Conflict
from seci.ledger import runs
from seci.ledger.append import successor
from seci.ledger.store import COLUMNS, Appended, Cells, insert, last_seq, take_turn, write_down


def undo(db: Database, run: int, *, at: Micros) -> runs.Standing:
    """Takes back what a run wrote; returns the run that did so. Raises NotFound, or Conflict when it cannot be."""
    with db.transaction():
        take_turn(db)
        target = _import(db, run)
        if target.state == runs.RUNNING:
            raise Conflict(f"Run {run} has not ended; stop it first (`seci ledger runs` shows where it stands).")
        if target.state == runs.UNDONE:
            raise Conflict(f"Run {run} is undone already; `seci ledger redo {run}` brings it back.")
        by = _step_back(db, target, at, "took back {count:,} events of run {run}")
        runs.mark(db, run, runs.UNDONE, f"undone by run {by.id}")
        return by


def redo(db: Database, run: int, *, at: Micros) -> runs.Standing:
    """Brings back what undoing a run took; returns the run that did so. Raises NotFound or Conflict."""
    with db.transaction():
        take_turn(db)
        target = _import(db, run)
        if target.state != runs.UNDONE:
            raise Conflict(f"Run {run} is not undone, so there is nothing to bring back.")
        by = _step_back(db, target, at, "brought back {count:,} events of run {run}")
        runs.mark(db, run, runs.DONE, f"undone, and brought back by run {by.id}")
        return by


def _import(db: Database, run: int) -> runs.Standing:
    target = runs.get(db, run)
    if target.undoes is not None:
        raise Conflict(
            f"Run {run} undid or brought back run {target.undoes}; use `seci ledger undo {target.undoes}` or "
            f"`seci ledger redo {target.undoes}`."
        )
    return target


def _step_back(db: Database, target: runs.Standing, at: Micros, sentence: str) -> runs.Standing:
    by = runs.begin(db, target.source, at=at, version=target.version, unit="events", undoes=target.id)
    before = last_seq(db)
    heads = [row for each in (target, *runs.undoing(db, target.id)) for row in _heads(db, each)]
    count = sum(insert(db, [_before(row, by.id, at) for row in batch]) for batch in batches(heads, 20_000))
    wrote = Appended(count, first_seq=before + 1, last_seq=last_seq(db)) if count else Appended()
    write_down(db, by.id, wrote, None, count)
    runs.finish(db, by.id, at=at, sentence=sentence.format(count=count, run=target.id))
    return runs.get(db, by.id)


def _heads(db: Database, run: runs.Standing) -> list[Row]:
    """The rows of a run that nothing supersedes, each with the row that it superseded."""
    if run.first_seq is None:
        return []
    own = ", ".join(f"e.{name}" for name in COLUMNS)
    earlier = ", ".join(f"p.{name}" for name in COLUMNS)
    return db.rows(
        f"SELECT e.seq, {own}, {earlier} FROM ledger_event e LEFT JOIN ledger_event p ON p.seq = e.supersedes "
        "WHERE e.seq BETWEEN ? AND ? AND e.run_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = e.seq) ORDER BY e.seq",
        [run.first_seq, run.last_seq, run.id],
    )


def _before(row: Row, run: int, at: Micros) -> Cells:
    own, earlier = row[1 : 1 + len(COLUMNS)], row[1 + len(COLUMNS) :]
    changes: dict[str, object] = {"weight": 0}
    if earlier[0] is not None:
        changes = dict(zip(COLUMNS, earlier, strict=True))
    # The source stays the one of the import, so that it may restore by itself what it shows again.
    changes |= {"source_id": own[COLUMNS.index("source_id")], "run_id": run, "recorded_at": at}
    return successor((row[0], *own), changes)
