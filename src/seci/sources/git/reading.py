"""Brings the evidence of a repository up to date: what is new is added, what is gone is named, nothing is redone.

A read that is killed goes on from the last sealed part and ends in the same evidence. A read of few commits writes
one small file and imports no analytics library.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread

from seci.kit import clock
from seci.kit.errors import BadInput
from seci.kit.rubbish import seldom
from seci.sources.git import slices
from seci.sources.git.assembly import Assembly
from seci.sources.git.codes import Flag
from seci.sources.git.history import History, Walk
from seci.sources.git.landing import Landing, landings
from seci.sources.git.natures import Natures
from seci.sources.git.shelf import Manifest, Names, Shelf
from seci.sources.git.tables import Batch

PART = 16_384  # commits of a sealed part, about
PART_TOUCHES = 1_500_000  # or so many touches, whichever comes first
TAIL = 4_096  # commits that may wait in the tail

_RULES = (".mailmap", ".gitattributes", ".git-blame-ignore-revs")
_ADDRESSED = re.compile(rb"[^<>\n\0]*<[^<>\s\0]+>\Z")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a read is. `rate` is commits a second so far, `remaining` seconds, None while it cannot be told."""

    done: int
    total: int
    rate: float | None
    remaining: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a read found.

    tip            name of the commit that was read up to; "" in a repository without commits
    first, commits ordinals first ... commits - 1 are new
    gone           ordinals that the history no longer holds since this read
    batch          the new rows in memory; None when there were so many that they lie in sealed parts:
                   `Evidence.load(store, since=first)` has them in either case
    notes          sentences about what could not be read, and why
    manifest       the state of the store that this read ended in
    names          people, paths, files and changes of that state, where they are at hand
    renamed_people whether `.mailmap` gives people that were known before other names now
    """

    tip: str
    first: int
    commits: int
    gone: tuple[int, ...]
    batch: Batch | None
    notes: tuple[str, ...]
    shallow: bool
    object_format: str
    manifest: Manifest
    names: Names | None = None
    renamed_people: bool = False

    @property
    def new(self) -> int:
        return self.commits - self.first


def read(
    repo: Path,
    store: Path,
    *,
    progress: Callable[[Progress], None] | None = None,
    now: Callable[[], clock.Micros] = clock.now,
) -> Reading:
    """Reads what is new in the repository at `repo` into the evidence folder `store`.

    Raises BadInput (no repository, damaged history), Refused (no permission), Conflict (another process reads into
    the same folder), Unavailable (no git, disk full). Whatever was sealed before stays.
    """
    shelf = Shelf(store)
    with shelf.locked():
        history = History.open(repo)
        manifest = shelf.manifest()
        _check(history, manifest)
        if history.tip is None:
            notes = (f"{repo} has no commit on its current branch yet.",)
            return _reading(manifest, manifest.commits, (), Batch.empty(manifest.commits), notes, history)
        if manifest.complete and manifest.target == history.tip and _edges(history) == manifest.edges:
            return _reading(manifest, manifest.commits, (), Batch.empty(manifest.commits), manifest.notes, history)
        with seldom():
            return _Read(history, shelf, manifest, progress).run(now() // clock.SECOND)


class _Read:
    """One read of something new."""

    def __init__(
        self, history: History, shelf: Shelf, manifest: Manifest, progress: Callable[[Progress], None] | None
    ) -> None:
        self._history = history
        self._shelf = shelf
        self._manifest = self._begun = manifest
        self._progress = progress
        self._first = manifest.commits
        self._unpaired = manifest.unpaired
        self._submodules = manifest.submodules
        self._natures = Natures()
        self._seen = 0

    @cached_property
    def _names(self) -> Names:
        """What was named before. Read back only when asked for: it grows with the history, and git can be at work."""
        return self._shelf.names(self._begun)

    @cached_property
    def _assembly(self) -> Assembly:
        return Assembly(self._names, self._shelf.tail(self._begun))

    def run(self, now: int) -> Reading:
        walk, order, gone = self._plan(now)
        known = [*self._manifest.gone, *gone]
        self._manifest = replace(
            self._manifest,
            object_format=self._history.object_format,
            target=self._history.tip or "",
            complete=False,
            edges=_edges(self._history),
            gone=tuple(known),
        )
        rules = self._history.contents(_RULES)
        blobs = {name: hashlib.sha256(body).hexdigest() for name, body in rules.items()}
        remapped = blobs.get(".mailmap") != self._manifest.blobs.get(".mailmap") and self._first > 0
        if blobs.get(".gitattributes") != self._manifest.blobs.get(".gitattributes"):
            del self._names.natures[:]
        self._natures = Natures(rules.get(".gitattributes", b""))
        self._take(walk, order)
        self._settle()
        self._map(remapped, ".mailmap" in rules)
        self._manifest = replace(
            self._manifest,
            blobs=blobs,
            ignored=_revisions(rules.get(".git-blame-ignore-revs", b"")),
            landed=order[-1].at if order else self._manifest.landed,
            complete=True,
        )
        return self._finish(gone, remapped)

    def _plan(self, now: int) -> tuple[Walk, list[Landing], tuple[int, ...]]:
        """The commits to read in landing order, and the ordinals that are gone."""
        tip, manifest = self._history.tip or "", self._manifest
        if manifest.commits == 0:
            walk = self._history.walk(tip)
            return walk, landings(tip.encode(), walk.parents, walk.committed, now), ()
        if manifest.complete and manifest.edges == _edges(self._history):
            added = self._history.added(tip, manifest.target)
            if added:
                return added, landings(tip.encode(), added.parents, added.committed, now, manifest.landed), ()
        walk = self._history.walk(tip)
        ordinals = self._ordinals()
        # Where a shallow clone ended before, what those commits changed was unknown: they are read again.
        for edge in set(manifest.edges) - set(_edges(self._history)):
            again = ordinals.pop(edge.encode(), None)
            if again is not None:
                ordinals[b"edge " + edge.encode()] = again
        order = [
            each for each in landings(tip.encode(), walk.parents, walk.committed, now) if each.commit not in ordinals
        ]
        gone = tuple(sorted(ordinal for commit, ordinal in ordinals.items() if commit not in walk.parents))
        return walk, order, gone

    def _ordinals(self) -> dict[bytes, int]:
        """Ordinals of all commits that are not gone, by name."""
        lost = set(self._manifest.gone)
        columns = [self._shelf.part(part, "commits", ["sha"])["sha"].to_pylist() for part in self._manifest.parts]
        names = [name for column in columns for name in column] + self._assembly.batch.shas()
        return {name.hex().encode(): n for n, name in enumerate(names) if n not in lost}

    def _take(self, walk: Walk, order: Sequence[Landing]) -> None:
        plan = slices.Plan(
            self._history.path, self._history.command, self._history.edges, similar=not self._history.partial
        )
        if len(order) >= TAIL:
            # It takes half a second to import and is wanted at the end: there is time while git works.
            Thread(target=import_module, args=("pyarrow.parquet",)).start()
        jobs = _jobs(order)
        started = clock.stopwatch()
        self._tell(0, len(order), started)
        asked = [[(each.commit, len(walk.parents[each.commit])) for each in job] for job in jobs]
        for job, rows in zip(jobs, slices.slices(plan, asked, meanwhile=lambda: self._assembly), strict=True):
            self._unpaired += rows.unpaired
            self._submodules += rows.submodules
            self._seen |= self._assembly.add(job, rows)
            self._name_new()
            self._seal_if_full(PART)
            self._tell(self._assembly.batch.first + len(self._assembly.batch) - self._first, len(order), started)

    def _seal_if_full(self, limit: int) -> None:
        """Seals between main-line commits only: a merge still adds to what it brought in."""
        batch = self._assembly.batch
        full = len(batch) >= limit or batch.touches >= PART_TOUCHES
        if not full or self._assembly.open:
            return
        self._manifest = self._shelf.seal(self._manifest, batch)
        self._assembly.batch = Batch.empty(self._manifest.commits)
        if limit == PART:
            self._map(False, False)
            self._name_natures()
            self._manifest = self._shelf.commit(self._counted(), self._names)

    def _tell(self, done: int, total: int, started: float) -> None:
        if self._progress:
            spent = clock.stopwatch() - started
            rate = done / spent if done and spent > 0 else None
            self._progress(Progress(done, total, rate, (total - done) / rate if rate else None))

    def _settle(self) -> None:
        """Merges, submodules and edges change the tree without a touch; then the tree at the tip has the word."""
        if self._seen & (Flag.MERGE | Flag.EDGE) or self._submodules != self._manifest.submodules:
            self._names.files.settle(self._history.files())

    def _map(self, again: bool, rules: bool) -> None:
        names = self._names
        if again:
            names.mapped.clear()
        new = list(names.aliases)[len(names.mapped) :]
        if not rules or not new:
            names.mapped.extend(new)
            return
        asked = [alias for alias in new if _ADDRESSED.match(alias)]
        answers = dict(zip(asked, self._history.mapped(asked), strict=True))
        names.mapped.extend(answers.get(alias, alias) for alias in new)

    def _name_natures(self) -> None:
        """Natures of all files, by the paths that they have now."""
        self._name_new()
        files, natures = self._names.files, self._names.natures
        for number in files.moved:
            natures[number] = self._natures.of(files.paths[files.path_of[number]])
        files.moved.clear()

    def _name_new(self) -> None:
        """Natures of the files that have come since the last time: there is time for it while git works."""
        files, natures = self._names.files, self._names.natures
        new = files.path_of[len(natures) :]
        natures.extend(self._natures.all(files.paths[path] for path in new))

    def _counted(self) -> Manifest:
        return replace(self._manifest, unpaired=self._unpaired, submodules=self._submodules)

    def _finish(self, gone: tuple[int, ...], remapped: bool) -> Reading:
        self._seal_if_full(TAIL)
        self._name_natures()
        batch = self._assembly.batch
        new = batch.since(self._first) if self._first >= batch.first else None
        manifest = replace(self._counted(), commits=batch.first + len(batch))
        manifest = replace(manifest, notes=_notes(self._history, manifest))
        manifest = self._shelf.commit(manifest, self._names, batch)
        reading = _reading(manifest, self._first, gone, new, manifest.notes, self._history)
        return replace(reading, names=self._names, renamed_people=remapped)


def _jobs(order: Sequence[Landing]) -> list[Sequence[Landing]]:
    """Slices of about `slices.SIZE` commits that end on the main line where they can."""
    jobs = []
    start, end = 0, len(order)
    while start < end:
        stop = min(end, start + slices.SIZE)
        cut = stop
        while stop < end and cut > start + slices.SIZE // 2 and order[cut - 1].merge is not None:
            cut -= 1
        if order[cut - 1].merge is None:
            stop = cut
        jobs.append(order[start:stop])
        start = stop
    return jobs


def _check(history: History, manifest: Manifest) -> None:
    if manifest.commits and manifest.object_format != history.object_format:
        raise BadInput(
            f"{history.path} now names its objects by {history.object_format}, "
            f"but {manifest.commits} commits were read by {manifest.object_format}; add it as a new source.",
            code="object_format",
        )


def _edges(history: History) -> tuple[str, ...]:
    return tuple(sorted(edge.decode() for edge in history.edges))


def _revisions(body: bytes) -> tuple[str, ...]:
    rows = [line.split(b"#")[0].strip() for line in body.splitlines()]
    return tuple(row.decode() for row in rows if re.fullmatch(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?", row))


def _notes(history: History, manifest: Manifest) -> tuple[str, ...]:
    notes = []
    if history.shallow:
        notes.append(
            f"{history.path} is a shallow clone: what happened before its oldest "
            f"{_count(len(history.edges), 'commit')} is unknown; run `git fetch --unshallow` there and scan again."
        )
    if history.partial:
        notes.append(
            f"{history.path} was cloned without all file contents: a rename is followed only where the content "
            "did not change."
        )
    elif manifest.unpaired:
        notes.append(
            f"File contents are missing at {_count(manifest.unpaired, 'commit')}: there a rename is followed only "
            "where the content did not change."
        )
    if manifest.submodules:
        notes.append(
            f"Submodules changed {manifest.submodules} times; they are other repositories: add them as sources of "
            "their own."
        )
    return tuple(notes)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _reading(
    manifest: Manifest,
    first: int,
    gone: tuple[int, ...],
    batch: Batch | None,
    notes: tuple[str, ...],
    history: History,
) -> Reading:
    return Reading(
        history.tip or "", first, manifest.commits, gone, batch, notes, history.shallow, history.object_format, manifest
    )
