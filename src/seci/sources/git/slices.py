"""Reads commits a slice at a time, with git working ahead on the next slices while this process parses.

Git prints into temporary files, so that neither waits for the other in small steps, and what a slice holds does not
depend on how many are read at once.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from seci.kit.errors import BadInput
from seci.sources.git import history
from seci.sources.git.parse import Commit, Parser, Slice, commits

SIZE = 2000  # commits of a slice
AHEAD = 2  # slices that git prints while one is parsed
_CHUNK = 4 << 20
_TOKENS = 400_000  # how many are held before whole commits are taken out

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

    def diffs(self, names: Sequence[bytes]) -> _Print:
        options = ["--no-renames", "--always", f"--format={history.FORMAT}"]
        return _Print([*self.command, *history.DIFF, *options], names)

    def renames(self, names: Sequence[bytes]) -> _Print:
        return _Print([*self.command, *history.DIFF, "-M", "-l1000", "--format=%H"], names)


def slices(plan: Plan, jobs: Iterable[Job]) -> Iterator[Slice]:
    """A slice for each job, in order. A job lists (commit, number of parents)."""
    waiting = iter(jobs)
    ahead: deque[tuple[Job, _Print]] = deque()
    try:
        while True:
            while len(ahead) <= AHEAD and (job := next(waiting, None)) is not None:
                ahead.append((job, plan.diffs([sha for sha, _ in job])))
            if not ahead:
                return
            job, printed = ahead.popleft()
            yield _slice(plan, job, printed)
    finally:
        for _, printed in ahead:
            printed.close()


def _slice(plan: Plan, job: Job, printed: _Print) -> Slice:
    parser = Parser(plan.edges)
    done = 0
    for batch in _batches(printed):
        for commit, (sha, _) in zip(batch, job[done:], strict=False):
            if commit.head[0] != sha or len(commit.head) < 6:
                raise _damage(plan, printed, sha)
        parser.links = printed.links
        unsure = [commit for commit in batch if commit.pair()]
        follow(plan, unsure, parser.slice)
        for commit in batch:
            parser.add(commit, job[done][1])
            done += 1
    if done < len(job) or printed.close():
        raise _damage(plan, printed, job[min(done, len(job) - 1)][0])
    return parser.slice


def _batches(printed: _Print) -> Iterator[list[Commit]]:
    """Whole commits, some ten thousand touches at a time however large one commit is."""
    tokens: list[bytes] = []
    limit = _TOKENS
    for more in printed.tokens():
        tokens += more
        if len(tokens) > limit:
            batch, taken = commits(tokens, final=False)
            del tokens[:taken]
            limit = max(_TOKENS, 2 * len(tokens))
            yield batch
    if not printed.close():
        yield commits(tokens, final=True)[0]


def follow(plan: Plan, unsure: Sequence[Commit], rows: Slice) -> None:
    """Lets git find renames with changes in these commits. Where a blob is missing, equal content must do."""
    todo = deque(unsure)
    while todo and plan.similar:
        printed = plan.renames([commit.head[0] for commit in todo])
        tokens = [token for more in printed.tokens() for token in more]
        for sha, renamed in _renames(tokens):
            while todo and todo[0].head[0] != sha:
                todo.popleft()
            if todo:
                todo.popleft().renamed = renamed
        if not printed.close():
            return
        if todo:
            # Git died at this one and printed nothing of it: it keeps what `pair` found.
            todo.popleft()
            rows.unpaired += 1
    rows.unpaired += len(todo)


class _Print:
    """One git that prints the differences of commits, in order, into a file."""

    def __init__(self, command: Sequence[str], names: Sequence[bytes]) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self._out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.links = False  # whether submodules may have been printed
        with tempfile.TemporaryFile() as asked:
            asked.write(b"".join([name + b"\n" for name in names]))
            asked.seek(0)
            self._process = subprocess.Popen(
                command, stdin=asked, stdout=self._out, stderr=self._errors, env=history.environment()
            )

    def tokens(self) -> Iterator[list[bytes]]:
        """What was printed, cut at each NUL."""
        self._process.wait()
        self._out.seek(0)
        rest = b""
        while chunk := self._out.read(_CHUNK):
            chunk = rest + chunk
            self.links = self.links or b"160000" in chunk
            *whole, rest = chunk.split(b"\0")
            yield whole

    def complaint(self) -> bytes:
        self._errors.seek(0)
        return self._errors.read(4096)

    def close(self) -> int:
        """Ends git if it still runs, and gives its exit status."""
        if self._process.poll() is None:
            self._process.terminate()
        self._out.close()
        return self._process.wait()


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
