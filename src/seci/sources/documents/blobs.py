"""Files of a repository as it keeps them: listed at its tip, read by their names, never checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from seci.kit.database import batches
from seci.kit.errors import BadInput
from seci.sources.documents.files import File, Files, composed, is_passed_by
from seci.sources.documents.limits import MOST_FILES
from seci.sources.documents.page import Failed, Skipped
from seci.sources.git.history import History, environment

AT_ONCE = 500
"""Names that are written before an answer is read: they must fit into a pipe."""


class Blobs:
    """A git that answers with the content of one object after another."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._process = subprocess.Popen(
            [*history.command, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment(),
        )  # fmt: skip

    def read(self, name: bytes) -> bytes | None:
        """The content of an object; None when this clone does not hold it.

        Pictures are read when their page is written, which for the last pages is after the reading has ended.
        """
        if self._process.stdin is not None and self._process.stdin.closed:
            with opened(self._history) as again:
                return again.read(name)
        return next(self.read_all([name]))

    def read_all(self, names: Sequence[bytes]) -> Iterator[bytes | None]:
        """The contents of objects, in their order. Asked for together: each question by itself waits for git twice."""
        asked, said = self._process.stdin, self._process.stdout
        assert asked is not None
        assert said is not None
        for some in batches(names, AT_ONCE):
            try:
                asked.write(b"".join(name + b"\n" for name in some))
                asked.flush()
                answers = [_answer(said) for _ in some]
            except (OSError, ValueError):
                answers = [None] * len(some)
            yield from answers

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def _answer(said: IO[bytes]) -> bytes | None:
    head = said.readline().split()
    if len(head) != 3:
        return None
    content = said.read(int(head[2]))
    said.read(1)
    return content


@contextmanager
def opened(history: History) -> Iterator[Blobs]:
    blobs = Blobs(history)
    try:
        yield blobs
    finally:
        blobs.close()


def of_repository(history: History, blobs: Blobs, name: str, under: str = "") -> tuple[Files, dict[str, bytes]]:
    """The files at the tip below the folder `under`, and the object that each is. Raises BadInput when there are too
    many."""
    names: dict[str, bytes] = {}
    aside: list[Skipped | Failed] = []
    hidden: set[str] = set()
    prefix = f"{under}/" if under else ""
    for mode, name_, raw in _listed(history):
        try:
            path = composed(raw.decode())
        except UnicodeDecodeError:
            aside.append(Failed(ascii(raw)[2:-1], "Its name is not written in UTF-8; rename it."))
            continue
        folders = path.split("/")[:-1]
        secret = next((one for one in folders if one.startswith(".")), "")
        if secret and path.startswith(prefix):
            hidden.add(secret)
        if secret or is_passed_by(path) or not _of_interest(path, prefix):
            continue
        if mode == b"160000":
            aside.append(Skipped(path, "It is another repository (a submodule); import that one by itself."))
        elif mode == b"120000":
            aside.append(Skipped(path, "It is a link; links are not followed."))
        else:
            names[path] = name_
    if len(names) > MOST_FILES:
        raise BadInput(f"{history.path} holds over {MOST_FILES:,} files; import the folder that the documents lie in.")
    sizes = _sizes(history, list(names.values()))
    missing = [path for path, size in zip(names, sizes, strict=True) if size is None]
    aside += [
        Failed(path, "This clone does not hold its content; fetch it (`git fetch --refetch`).") for path in missing
    ]
    found = {
        path: File(path, size, _reader(blobs, name_), name_.decode())
        for (path, name_), size in zip(names.items(), sizes, strict=True)
        if size is not None
    }
    return Files(name, found, frozenset(hidden), tuple(aside)), names


def _of_interest(path: str, prefix: str) -> bool:
    """What lies below the folder, and what lies right above it: there the licence is."""
    return path.startswith(prefix) or ("/" not in path and _is_of_all(path))


def _is_of_all(name: str) -> bool:
    from seci.sources.documents.shelf import is_licence

    return is_licence(File(name, 0, lambda most: b""))


def _listed(history: History) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Mode, object and path of each file at the tip, by path."""
    if history.tip is None:
        return
    for row in history.ask("ls-tree", "-r", "-z", "--full-tree", history.tip).split(b"\0"):
        if row:
            about, path = row.split(b"\t", 1)
            mode, _, name = about.split(b" ")
            yield mode, name, path


def _sizes(history: History, names: list[bytes]) -> list[int | None]:
    if not names:
        return []
    said = history.ask("cat-file", "--batch-check", stdin=b"".join(name + b"\n" for name in names))
    return [None if line.endswith(b" missing") else int(line.rsplit(b" ", 1)[1]) for line in said.splitlines()]


def _reader(blobs: Blobs, name: bytes) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        content = blobs.read(name)
        if content is None:
            raise BadInput("This clone does not hold its content; fetch it (`git fetch --refetch`).")
        return content[:most]

    return read
