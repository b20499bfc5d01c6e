"""An import is done: page after page into the library, each file with its outcome, resumable at every point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit import lock
from seci.kit.clock import now, stopwatch
from seci.kit.database import Database
from seci.kit.errors import SeciError
from seci.ledger import runs
from seci.ledger.kinds import Kind
from seci.people.store import record
from seci.sources.documents import store
from seci.sources.documents.page import Failed, Found, Page, Same, Skipped
from seci.sources.documents.reading import Source, source_at
from seci.sources.documents.services.asking import need_importer, without
from seci.sources.documents.services.placing import Shelving
from seci.sources.documents.store import Import, Outcome

BATCH = 20
"""Pages that are written in one transaction."""
TELL_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `rate` is files a second so far, `remaining` seconds; None while it cannot be told."""

    done: int
    total: int | None
    rate: float | None
    remaining: float | None


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did: files by result. `stopped` says that somebody stopped it before its end."""

    id: int
    collection: int
    name: str
    format: str
    new: int
    changed: int
    moved: int
    same: int
    attached: int
    skipped: int
    failed: int
    gone: int
    stopped: bool
    sentence: str
    seconds: float


def run(actor: Actor, db: Database, id_: int, data: Path, tell: Callable[[Progress], None] | None = None) -> Done:
    """Does an import that was asked for; killed at any point and run again, it goes on.

    data  the folder of the instance
    Raises Conflict while another import of the collection is at work, BadInput where the source cannot be read at all;
    the import then ends as failed, with the sentence.
    """
    found = store.get(db, id_)
    need_importer(actor, found.upload)
    name = str(db.rows("SELECT name FROM library_collection WHERE id = ?", [found.collection])[0][0])
    busy = f"An import into {name} is at work already; wait until it ends, or stop it first."
    with lock.exclusive(data / "imports" / f"{found.collection}.lock", wait=False, busy=busy):
        try:
            return _Import(actor, db, found, name, tell).done()
        except SeciError as error:
            told = without(error, Path(found.path)) if found.upload else error
            runs.fail(db, found.run, at=now(), sentence=told.sentence)
            raise told from error


class _Import:
    def __init__(
        self, actor: Actor, db: Database, found: Import, name: str, tell: Callable[[Progress], None] | None
    ) -> None:
        self.actor, self.db, self.found, self.name, self.tell = actor, db, found, name, tell
        self.begun = self.told = stopwatch()
        self.marks = store.marks(db, found.collection)
        self.done_before = store.begin(db, found.id)
        self.seen: set[str] = set()
        self.total: int | None = None
        self.stopped = False

    def done(self) -> Done:
        source = source_at(Path(self.found.path), self.found.format)
        self.total = source.size()
        self.shelving = Shelving(self.actor, self.db, self.found, self.marks, source.paths(), source.licence())
        batch: list[Found] = []
        for one in self._found(source):
            batch.append(one)
            if len(batch) >= BATCH or stopwatch() - self.told > TELL_EVERY:
                self._write(batch)
                batch = []
                self._say()
                if self.stopped:
                    break
        self._write(batch)
        with self.db.transaction():
            self.shelving.settle_names()
        if not self.stopped:
            self._take_away()
        return self._ended()

    def _found(self, source: Source) -> Iterator[Found]:
        def known(path: str, mark: str) -> bool:
            return path in self.marks and self.marks[path].mark == mark

        return source.read(known, with_history=self.found.history)

    def _write(self, batch: list[Found]) -> None:
        """Writes a batch in one transaction; where one page cannot be kept, the others are written one by one."""
        if not batch:
            return
        try:
            self._write_all(batch)
        except SeciError as error:
            if len(batch) == 1:
                self._write_all([Failed(batch[0].path, error.sentence)])
            else:
                for one in batch:
                    self._write([one])

    def _write_all(self, batch: list[Found]) -> None:
        pages = [one for one in batch if isinstance(one, Page)]
        with self.db.transaction():
            outcomes = self.shelving.place(pages)
            same = sum(isinstance(one, Same) and one.path not in self.done_before for one in batch)
            same += len(pages) - len(outcomes)
            for page in pages:
                outcomes += self._attachments(page)
            outcomes += [
                Outcome(one.path, "skipped" if isinstance(one, Skipped) else "failed", one.why)
                for one in batch
                if isinstance(one, Skipped | Failed)
            ]
            store.write_outcomes(self.db, self.found.id, outcomes)
            store.count_same(self.db, self.found.id, same)
        self.seen.update(one.path for one in batch)

    def _attachments(self, page: Page) -> list[Outcome]:
        self.seen.update(one.path for one in page.attachments)
        return [came for one in page.attachments for came in self.shelving.attach(one)]

    def _take_away(self) -> None:
        """Takes from the library what is no longer at the source; it can be brought back."""
        gone = tuple(sorted(path for path in self.shelving.marks if path not in self.seen))
        with self.db.transaction():
            outcomes = self.shelving.vanish(gone)
            store.write_outcomes(self.db, self.found.id, outcomes)

    def _say(self) -> None:
        self.told = stopwatch()
        self.stopped = store.is_to_stop(self.db, self.found.id)
        done, spent = len(self.seen), self.told - self.begun
        rate = done / spent if done and spent > 0.2 else None
        total = max(self.total, done) if self.total is not None else None
        runs.progress(self.db, self.found.run, step="pages", done=done, total=total)
        if self.tell is not None:
            left = (total - done) / rate if rate and total is not None else None
            self.tell(Progress(done, total, rate, left))

    def _ended(self) -> Done:
        by = store.counts(self.db, [self.found.id])[self.found.id]
        same = store.get(self.db, self.found.id).same
        said = sentence(by, same)
        brought = by["new"] + by["changed"] + by["moved"] + by["gone"]
        with self.db.transaction():
            runs.progress(self.db, self.found.run, step="", done=len(self.seen), total=self.total)
            if brought:
                record(self.db, self.actor, Kind.IMPORT_EXTERNAL, f"import {self.found.id} into {self.name}: {said}")
            if self.stopped:
                said = f"Stopped before its end. {said} Import again to go on with the rest."
                runs.fail(self.db, self.found.run, at=now(), sentence=said)
            else:
                runs.finish(self.db, self.found.run, at=now(), sentence=said)
        return Done(
            id=self.found.id, collection=self.found.collection, name=self.name, format=self.found.format,
            same=same, stopped=self.stopped, sentence=said, seconds=round(stopwatch() - self.begun, 2), **by,
        )  # fmt: skip


def sentence(by: dict[str, int], same: int) -> str:
    """What an import did, in a sentence; what did not happen is not said."""
    words = {
        "new": "{} new", "changed": "{} changed", "moved": "{} moved", "gone": "{} gone at the source",
        "attached": "{} attachments", "skipped": "{} skipped", "failed": "{} failed",
    }  # fmt: skip
    parts = [said.format(f"{by[result]:,}") for result, said in words.items() if by[result]]
    parts = ["1 attachment" if part == "1 attachments" else part for part in parts]
    if same:
        parts.insert(0, f"{same:,} as before")
    return (", ".join(parts) or "Nothing was found") + "."
