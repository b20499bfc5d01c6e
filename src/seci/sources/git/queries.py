"""Questions about repositories and their imports."""

from __future__ import annotations

from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit.clock import SECOND, Micros
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.ledger import queries as ledger
from seci.ledger import runs
from seci.sources.git import store
from seci.sources.git.evidence import Evidence
from seci.sources.git.views import QuarantineRow, RunRow, SourcePage, SourceRow, SourcesPage

RUNS_SHOWN = 20


def count(actor: Actor, db: Database) -> int:
    """How many repositories this instance reads."""
    return int(db.rows("SELECT COUNT(*) FROM git_repository")[0][0])


def sources(actor: Actor, db: Database, at: Micros, *, error: str = "", path: str = "") -> SourcesPage:
    return SourcesPage(
        sources=tuple(_row(db, each, at) for each in store.repositories(db)),
        may_edit=actor.is_at_least("lead"),
        error=error,
        path=path,
    )


def source(actor: Actor, db: Database, source: int, at: Micros) -> SourcePage:
    """One repository with its runs and what they set aside. Raises NotFound."""
    found = next((each for each in store.repositories(db) if each.source == source), None)
    if found is None:
        raise NotFound(f"There is no repository {source}.")
    every = runs.every(db, source, RUNS_SHOWN)
    aside = [rejected for run in every if run.rejected for rejected in ledger.quarantined(actor, db, run.id)[1]]
    return SourcePage(
        source=_row(db, found, at),
        runs=tuple(run_row(run, found.title, at) for run in every),
        quarantine=tuple(QuarantineRow(r.locator, r.code, r.sentence, r.seen_at, r.resolved_at) for r in aside),
        may_edit=actor.is_at_least("lead"),
    )


def run(actor: Actor, db: Database, run: int, at: Micros) -> RunRow:
    standing = runs.get(db, run)
    title = db.rows("SELECT title FROM ledger_source WHERE id = ?", [standing.source])[0][0]
    return run_row(standing, str(title), at)


def running(actor: Actor, db: Database, at: Micros) -> tuple[RunRow, ...]:
    """The imports at work now."""
    return tuple(
        run_row(standing, each.title, at)
        for each in store.repositories(db)
        if (standing := runs.latest(db, each.source)) is not None and standing.state == "running"
    )


def run_row(standing: runs.Standing, title: str, at: Micros) -> RunRow:
    """A run with its rate so far and the time that is left at that rate."""
    seconds = ((standing.ended_at or at) - standing.started_at) / SECOND
    rate = standing.done / seconds if seconds > 0.5 and standing.done else None
    left = (standing.total - standing.done) / rate if rate and standing.total else None
    return RunRow(
        id=standing.id,
        source=standing.source,
        title=title,
        state=standing.state,  # type: ignore[arg-type]
        started_at=standing.started_at,
        ended_at=standing.ended_at,
        step=standing.step,
        seen=standing.done,
        total=standing.total,
        unit=standing.unit,
        rate=rate,
        remaining=left if standing.state == "running" else None,
        accepted=standing.accepted,
        duplicate=standing.duplicate,
        rejected=standing.rejected,
        sentence=standing.sentence,
    )


def _row(db: Database, repository: store.RepositoryRow, at: Micros) -> SourceRow:
    last = runs.latest(db, repository.source)
    aside = db.rows(
        "SELECT COUNT(*) FROM ledger_quarantine AS q JOIN ledger_run AS r ON r.id = q.run_id "
        "WHERE r.source_id = ? AND q.resolved_at IS NULL",
        [repository.source],
    )
    return SourceRow(
        id=repository.source,
        title=repository.title,
        path=repository.path,
        commits=repository.commits,
        tip=repository.tip,
        shallow=repository.shallow,
        object_format=repository.object_format,
        notes=repository.notes,
        quarantined=int(aside[0][0]),
        last=run_row(last, repository.title, at) if last else None,
    )


def files(db: Database, source: int) -> list[str] | None:
    """The latest paths of all files that a repository has ever had; None where it has not been read here."""
    from django.conf import settings

    shelf = Path(settings.SECI_EVIDENCE_DIR) / str(source)
    if not shelf.is_dir() or all(each.source != source for each in store.repositories(db)):
        return None
    return Evidence.load(shelf).files.path
