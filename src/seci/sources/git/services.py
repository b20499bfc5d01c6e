"""Reading repositories into the ledger: add one, scan it, make its events anew after people changed its assets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from seci.accounts.actor import Actor
from seci.kit.clock import now, stopwatch
from seci.kit.database import Database
from seci.kit.errors import Refused, SeciError
from seci.ledger import append as ledger
from seci.ledger import runs
from seci.ledger.store import Appended, many
from seci.sources.git import store
from seci.sources.git.evidence import Evidence, Progress, Reading, read
from seci.sources.git.history import History
from seci.sources.git.place import home, place, source_of

KIND = "git"
VERSION = 1
CHUNK = 16_384
"""Commits whose events are made and appended at once: the grain in which a killed scan goes on."""

TELL_EVERY = 0.5
"""Seconds between two writes of the progress, so that telling never slows the reading."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did: commits read, events new, known already and withdrawn, and what could not be read."""

    source: int
    run: int
    title: str
    commits: int
    new_commits: int
    gone_commits: int
    events: int
    duplicate: int
    withdrawn: int
    notes: tuple[str, ...]
    sentence: str
    seconds: float


def add(actor: Actor, db: Database, path: Path) -> int:
    """The source of the repository at `path`, or around it, registered when it is new.

    Raises BadInput when there is none.
    """
    _lead(actor)
    history = History.open(Path(place(path)))
    known = source_of(store.repositories(db), path)
    if known is not None:
        return known
    lies = home(path)
    with db.transaction():
        source = runs.register(db, kind=KIND, uri=f"git:{lies}", title=title_of(Path(lies)), at=now())
        if not any(each.source == source for each in store.repositories(db)):
            row = store.RepositoryRow(source, "", lies, "", history.object_format, history.shallow, notes=(), commits=0)
            store.write_repository(db, row)
    return source


def title_of(path: Path) -> str:
    """The name people would use: the folder's, or that above a folder called .git or repo."""
    named = path.parent if path.name in {".git", "repo", "repo.git"} else path
    return " ".join(named.name.removesuffix(".git").split()) or str(path)


def scan(
    actor: Actor,
    db: Database,
    source: int,
    shelves: Path,
    tell: Callable[[str, Progress], None] | None = None,
) -> Scanned:
    """Read what is new in a repository and append its events; can be killed at any point and run again.

    shelves  folder of all evidence; that of this source lies in it under its number
    Raises what `evidence.read` raises; the run then ends as failed, with the sentence.
    """
    _lead(actor)
    begun, row = stopwatch(), store.repository(db, source)
    run = runs.resume(db, source, at=now(), version=VERSION)
    reporter = Reporter(db, run.id, tell)
    try:
        reading = read(Path(row.path), shelves / str(source), progress=lambda p: reporter.tell("history", p))
        done = _append_new(db, source, run, shelves / str(source), reading, reporter)
        if done.since.scopes not in ("", store.shape_of_scopes(db, source)):
            # Somebody has split an asset since: the events before must be cut anew, too.
            make_anew(actor, db, source, shelves)
    except SeciError as error:
        runs.fail(db, run.id, at=now(), sentence=error.sentence)
        raise
    notes = reading.notes
    store.write_repository(
        db,
        store.RepositoryRow(
            source, row.title, row.path, reading.tip, reading.object_format, reading.shallow, notes,
            reading.commits - done.gone_in_all,
        ),
    )  # fmt: skip
    sentence = _sentence(reading.commits - done.since.commits, done)
    runs.finish(db, run.id, at=now(), sentence=sentence)
    return Scanned(
        source=source,
        run=run.id,
        title=row.title,
        commits=reading.commits - done.gone_in_all,
        new_commits=reading.commits - done.since.commits,
        gone_commits=done.gone,
        events=done.appended.new + done.appended.restored,
        duplicate=done.appended.duplicate,
        withdrawn=done.withdrawn,
        notes=notes,
        sentence=sentence,
        seconds=stopwatch() - begun,
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """What of a source is in the ledger: commits and gone commits, cut by which scopes, files when last proposed."""

    commits: int = 0
    gone: int = 0
    scopes: str = ""
    files: int = 0

    @classmethod
    def of(cls, stored: dict[str, Any] | None) -> Cursor:
        return cls(**(stored or {}))


@dataclass(frozen=True, slots=True)
class Done:
    since: Cursor
    appended: Appended
    gone: int
    gone_in_all: int
    withdrawn: int


def _append_new(
    db: Database, source: int, run: runs.Standing, shelf: Path, reading: Reading, reporter: Reporter
) -> Done:
    """Append the events of commits that the ledger has not seen, withdraw those of commits that are gone.

    The cursor says how many commits, and how many of the gone, are in the ledger: reading may be ahead of it when a
    scan was killed in between.
    """
    cursor = Cursor.of(run.cursor)
    evidence = Evidence.load(shelf, since=cursor.commits, reading=reading)
    lost = evidence.gone
    withdrawn, appended = 0, Appended()
    if len(lost) > cursor.gone:
        landed = store.landed_of(Evidence.load(shelf), lost[cursor.gone :])
        seqs = store.events_of_commits(db, source, landed)
        withdrawn = ledger.withdraw(db, seqs, source=source, run=run.id, at=now())
    to = cursor
    if reading.commits > cursor.commits:
        maker = store.Maker.ready(db, source, evidence)
        files = store.suggest_assets(db, source, evidence, cursor.files)
        to = replace(cursor, gone=len(lost), scopes=store.shape_of_scopes(db, source), files=files)
        with many(db) if reading.commits - cursor.commits > CHUNK else nullcontext():
            for first in range(cursor.commits, reading.commits, CHUNK):
                last = min(first + CHUNK, reading.commits)
                events, to = maker.events(first, last), replace(to, commits=last)
                appended += ledger.append(
                    db, events, source=source, run=run.id, at=now(), cursor=asdict(to), done=last, names=maker.names
                )
                reporter.tell("events", Progress(last - cursor.commits, reading.commits - cursor.commits, None, None))
    elif len(lost) > cursor.gone:
        runs.move_cursor(db, run.id, asdict(replace(cursor, gone=len(lost))))
    return Done(cursor, appended, len(lost) - cursor.gone, len(lost), withdrawn)


def make_anew(actor: Actor, db: Database, source: int, shelves: Path) -> Appended:
    """Make all events of a source again after its assets were split or its people's nature was corrected.

    Events that come out as before stay; new ones are appended; those that no longer come out are withdrawn.
    """
    _lead(actor)
    evidence = Evidence.load(shelves / str(source))
    maker = store.Maker.ready(db, source, evidence)
    run = runs.begin(db, source, at=now(), version=VERSION)
    appended, wanted = Appended(), set[store.Fact]()
    commits = evidence.manifest.commits
    for first in range(0, commits, CHUNK):
        events = maker.events(first, min(first + CHUNK, commits))
        wanted |= store.facts(events)
        appended += ledger.append(db, events, source=source, run=run.id, at=now(), names=maker.names)
    stale = store.events_without(db, source, wanted)
    ledger.withdraw(db, stale, source=source, run=run.id, at=now())
    shape = store.shape_of_scopes(db, source)
    runs.move_cursor(db, run.id, asdict(Cursor(commits, len(evidence.gone), shape, len(evidence.files))))
    runs.finish(db, run.id, at=now(), sentence=f"Made anew: {appended.new} events added, {len(stale)} withdrawn.")
    return appended


class Reporter:
    """Writes the progress of a run down now and then, and tells whoever watches."""

    def __init__(self, db: Database, run: int, tell: Callable[[str, Progress], None] | None) -> None:
        self._db, self._run, self._tell, self._last = db, run, tell, 0.0

    def tell(self, step: str, progress: Progress) -> None:
        if self._tell is not None:
            self._tell(step, progress)
        if stopwatch() - self._last > TELL_EVERY:
            self._last = stopwatch()
            runs.progress(self._db, self._run, step=step, done=progress.done, total=progress.total)


def _sentence(new: int, done: Done) -> str:
    parts = [f"{new:,} commits read, {done.appended.new + done.appended.restored:,} events added"]
    if done.gone:
        parts.append(f"{done.gone:,} commits are no longer in the history: {done.withdrawn:,} events withdrawn")
    return "; ".join(parts) + "."


def _lead(actor: Actor) -> None:
    if not actor.is_at_least("lead"):
        raise Refused("Repositories are read by leads and admins; ask one of them.")
