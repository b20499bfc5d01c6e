"""Reads commits a slice at a time, with git working ahead while this process parses.

One git prints the whole history; a thread takes it in, so that git need not wait for the parsing. Others look for
renames in the commits that have been read. What a slice holds does not depend on where the stream was cut.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from typing import IO

from seci.kit.errors import BadInput
from seci.sources.git import history
from seci.sources.git.parse import BETWEEN, Commit, Parser, Slice, commits

SIZE = 2000  # commits of a slice
UNSURE = 64  # commits in which git looks for renames in one go
CHUNK = 256 << 10  # bytes that are taken from the pipe at once
NAP = 0.001  # seconds for which git is left alone when it is behind: it writes each commit by itself
AHEAD = 48  # chunks that git may be ahead of the parsing
_PIPE = 1 << 20  # bytes that git may print while the thread waits for its turn

Job = Sequence[tuple[bytes, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reader must know of a repository.

    path     for sentences
    command  git with all its settings, before the subcommand
    edges    where a shallow clone ends
    similar  whether git may open blobs to find renames with changes
    """

    path: str
    command: list[str]
    edges: frozenset[bytes] = frozenset()
    similar: bool = True

    def diffs(self, names: Iterable[bytes]) -> _Print:
        options = ["--no-renames", "--always", f"--format={history.FORMAT}"]
        return _Print([*self.command, *history.DIFF, *options], names)

    def renames(self, names: Iterable[bytes]) -> _Print:
        command = [*self.command, *history.DIFF, "-M", "-l1000", "--format=%H"]
        return _Print(command, names, tempfile.TemporaryFile())


def slices(plan: Plan, jobs: Sequence[Job], meanwhile: Callable[[], object] = lambda: None) -> Iterator[Slice]:
    """A slice for each job, in order. A job lists (commit, number of parents), oldest first.

    meanwhile  done once, as soon as git is at work
    """
    if not jobs:
        return
    # Git keeps new trees whole and old ones as differences from them: newest first it has less to put together.
    turned = [list(reversed(job)) for job in jobs]
    printed = plan.diffs(sha for job in turned for sha, _ in job)
    held: list[_Read] = []
    try:
        meanwhile()
        for read in _reads(plan, turned, printed, held):
            yield read.slice()
    finally:
        for read in held:
            read.close()
        printed.close()


def _reads(plan: Plan, jobs: Iterable[Job], printed: _Print, held: list[_Read]) -> Iterator[_Read]:
    """Each job once half of the next one has been read, so that git looks for its renames meanwhile."""
    stream = _Stream(printed)
    asked = b""
    for job in jobs:
        try:
            read = _Read(plan)
            held.append(read)
            for number, (asked, parents) in enumerate(job, 1):
                commit = stream.next()
                if not commit or not commit.is_whole(asked):
                    raise _damage(plan, printed, asked)
                read.add(commit, parents)
                if len(held) > 1 and 2 * number >= len(job):
                    yield held.pop(0)
            read.search()
        except BadInput:
            yield from held[:-1]  # what came before is whole
            raise
    if printed.status():
        raise _damage(plan, printed, asked)
    while held:
        yield held.pop(0)


class _Read:
    """The commits of one job as they are read, newest first, and git looking for renames among them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._parser = Parser(plan.edges)
        self._unsure: list[Commit] = []
        self._searches: list[Search] = []

    def add(self, commit: Commit, parents: int) -> None:
        if commit.pair():
            self._unsure.append(commit)
            if len(self._unsure) == UNSURE:
                self.search()
        self._parser.add(commit, parents)

    def search(self) -> None:
        """Has git look for renames in the commits for which that has not been done."""
        if self._unsure:
            self._searches.append(Search(self._plan, self._unsure))
            self._unsure = []

    def slice(self) -> Slice:
        """The columns, oldest first."""
        unpaired = 0
        while self._searches:
            unpaired += self._searches[0].finish()
            del self._searches[0]
        self._parser.turn()
        rows = self._parser.slice
        rows.unpaired = unpaired
        return rows

    def close(self) -> None:
        for search in self._searches:
            search.close()


class _Stream:
    """Whole commits out of what git prints."""

    def __init__(self, printed: _Print) -> None:
        self._printed = printed
        self._commits: deque[Commit] = deque()
        self._rest = bytearray()

    def next(self) -> Commit | None:
        """The next commit; None if git has ended."""
        while not self._commits:
            chunk = self._printed.chunk()
            if not chunk:
                self._end()
                break
            self._add(chunk)
        return self._commits.popleft() if self._commits else None

    def _add(self, chunk: bytes) -> None:
        before = len(self._rest)
        self._rest += chunk
        cut = self._rest.rfind(BETWEEN, max(0, before - 1))
        if cut >= 0:
            self._commits += commits(bytes(self._rest[: cut + 1]))
            del self._rest[: cut + 1]

    def _end(self) -> None:
        # The last commit is only known to be whole when git ended well.
        if not self._printed.status():
            self._commits += commits(bytes(self._rest))
        self._rest.clear()


class Search:
    """Git looking for renames with changes. Where a blob is missing, equal content must do."""

    def __init__(self, plan: Plan, unsure: Iterable[Commit]) -> None:
        self._plan = plan
        self._todo = deque(unsure)
        self._printed = self._start()

    def finish(self) -> int:
        """Tells the commits what git found; returns in how many it could not look."""
        failed = 0
        while self._printed:
            for sha, renamed in _renames(self._printed.tokens()):
                while self._todo and self._todo[0].head[0] != sha:
                    self._todo.popleft()
                if self._todo:
                    self._todo.popleft().renamed = renamed
            if not self._printed.status():
                return failed
            if self._todo:
                # Git died at this one and printed nothing of it: it keeps what `pair` found.
                self._todo.popleft()
                failed += 1
            self._printed = self._start()
        return failed + len(self._todo)

    def close(self) -> None:
        if self._printed:
            self._printed.close()

    def _start(self) -> _Print | None:
        if not self._todo or not self._plan.similar:
            return None
        return self._plan.renames(commit.head[0] for commit in self._todo)


class _Print:
    """One git that prints the differences of commits, in order, into a pipe or into a file."""

    def __init__(self, command: Sequence[str], names: Iterable[bytes], file: IO[bytes] | None = None) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        with tempfile.TemporaryFile() as asked:
            asked.write(b"".join([name + b"\n" for name in names]))
            asked.seek(0)
            self._process = subprocess.Popen(
                command,
                stdin=asked,
                stdout=file or subprocess.PIPE,
                stderr=self._errors,
                env=history.environment(),
            )
        self._out: IO[bytes] = file or _wide(self._process.stdout)
        self._intake = None if file else _Intake(self._out)

    def chunk(self) -> bytes:
        """What comes next out of the pipe; nothing once git has ended."""
        return self._intake.next() if self._intake else b""

    def tokens(self) -> list[bytes]:
        """All that was printed into the file, cut at each NUL."""
        self._process.wait()
        self._out.seek(0)
        return self._out.read().split(b"\0")[:-1]

    def complaint(self) -> bytes:
        self._errors.seek(0)
        return self._errors.read(4096)

    def status(self) -> int:
        """The exit status of a git that has printed all it will."""
        return self._process.wait()

    def close(self) -> None:
        """Ends git if it still runs."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        if self._intake:
            self._intake.close()
        self._out.close()


class _Intake:
    """A thread that takes in what git prints and is at most `AHEAD` chunks ahead of whoever asks for them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._chunks: Queue[bytes] = Queue(AHEAD)
        self._given_up = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def next(self) -> bytes:
        return self._chunks.get()

    def close(self) -> None:
        """Ends the thread, once git has ended: it may wait for room that nobody makes any more."""
        self._given_up.set()
        while self._thread.is_alive():
            with suppress(Empty):
                self._chunks.get(timeout=0.01)

    def _run(self) -> None:
        try:
            while (chunk := os.read(self._out.fileno(), CHUNK)) and not self._given_up.is_set():
                self._chunks.put(chunk)
                if len(chunk) < CHUNK:
                    self._given_up.wait(NAP)
        finally:
            self._chunks.put(b"")


def _wide(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("git prints into neither a pipe nor a file")
    with suppress(OSError, AttributeError):  # a narrow pipe only makes git wait more often
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
    return pipe


def _damage(plan: Plan, printed: _Print, commit: bytes) -> BadInput:
    return history.damage(plan.path, printed.complaint(), commit)


def _renames(tokens: Sequence[bytes]) -> Iterator[tuple[bytes, dict[bytes, tuple[bytes, bool]]]]:
    """Per commit that git printed: new path -> (old path, whether the content stayed)."""
    here, end = 0, len(tokens)
    while here < end:
        sha = tokens[here].strip()
        renamed: dict[bytes, tuple[bytes, bool]] = {}
        here += 1
        while here < end and tokens[here].lstrip(b"\n")[:1] == b":":
            score = tokens[here].rsplit(b" ", 1)[1]
            if score[:1] == b"R":
                renamed[tokens[here + 2]] = tokens[here + 1], score == b"R100"
                here += 3
            else:
                here += 2
        yield sha, renamed
