"""Questions about repositories and their imports."""

from __future__ import annotations

from dataclasses import replace
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
        sources=tuple(_row(actor, db, each, at) for each in store.repositories(db)),
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
        source=_row(actor, db, found, at),
        runs=tuple(_told(actor, found, run_row(run, found.title, at)) for run in every),
        quarantine=tuple(QuarantineRow(r.locator, r.code, r.sentence, r.seen_at, r.resolved_at) for r in aside),
        may_edit=actor.is_at_least("lead"),
    )


def run(actor: Actor, db: Database, run: int, at: Micros) -> RunRow:
    standing = runs.get(db, run)
    return _told(actor, store.repository(db, standing.source), run_row(standing, "", at))


def running(actor: Actor, db: Database, at: Micros) -> tuple[RunRow, ...]:
    """The imports at work now."""
    return tuple(
        _told(actor, each, run_row(standing, each.title, at))
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


def named(repository: store.RepositoryRow, sentence: str) -> str:
    """A sentence about a repository by its name, not by where it lies on this machine."""
    return sentence.replace(repository.path, repository.title)


def _told(actor: Actor, repository: store.RepositoryRow, row: RunRow) -> RunRow:
    """A run as the actor may read it: where repositories lie is said to those who may add one."""
    sentence = row.sentence if actor.is_at_least("lead") else named(repository, row.sentence)
    return replace(row, title=repository.title, sentence=sentence)


def _row(actor: Actor, db: Database, repository: store.RepositoryRow, at: Micros) -> SourceRow:
    last = runs.latest(db, repository.source)
    aside = db.rows(
        "SELECT COUNT(*) FROM ledger_quarantine AS q JOIN ledger_run AS r ON r.id = q.run_id "
        "WHERE r.source_id = ? AND q.resolved_at IS NULL",
        [repository.source],
    )
    return SourceRow(
        id=repository.source,
        title=repository.title,
        path=repository.path if actor.is_at_least("lead") else "",
        commits=repository.commits,
        tip=repository.tip,
        shallow=repository.shallow,
        object_format=repository.object_format,
        notes=tuple(named(repository, note) for note in repository.notes),
        quarantined=int(aside[0][0]),
        last=_told(actor, repository, run_row(last, repository.title, at)) if last else None,
    )


def files(db: Database, source: int) -> list[str] | None:
    """The latest paths of all files that a repository has ever had; None where it has not been read here."""
    from django.conf import settings

    shelf = Path(settings.SECI_EVIDENCE_DIR) / str(source)
    if not shelf.is_dir() or all(each.source != source for each in store.repositories(db)):
        return None
    return Evidence.load(shelf).files.path
