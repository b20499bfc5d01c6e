"""A source as files: a folder, an archive or one file, read without ever leaving it and without filling the memory."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from seci.kit.errors import BadInput, Refused
from seci.sources.documents.limits import LARGEST_FILE, MOST_FILES
from seci.sources.documents.page import Failed, Skipped

PASSED_BY = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", "__MACOSX", ".DS_Store", "Thumbs.db"})
"""Housekeeping of programs, which nobody would miss in a report."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a source. `path` is relative, with `/`, in composed letters (NFC); `read` gives at most so many
    bytes; `stream` those of a large file, one after another. `stamp` changes with its content."""

    path: str
    size: int
    read: Callable[[int], bytes]
    stamp: str = ""
    stream: Callable[[], IO[bytes]] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix.lower()


@dataclass(frozen=True, slots=True)
class Files:
    """All files of a source, by path.

    name      what people would call it
    hidden    folders for programs (such as `.obsidian`) that lie in it
    aside     what lies there and is not looked into, with the reason
    """

    name: str
    all: dict[str, File]
    hidden: frozenset[str] = frozenset()
    aside: tuple[Skipped | Failed, ...] = ()
    whole: Path | None = field(default=None, compare=False)

    def __iter__(self) -> Iterator[File]:
        return iter(self.all.values())

    def __contains__(self, path: str) -> bool:
        return path in self.all

    def named(self, name: str) -> list[File]:
        """The files of a name, in any folder."""
        return [one for one in self if one.name == name]


def is_passed_by(path: str) -> bool:
    """Whether a file is housekeeping: of programs, or hidden."""
    parts = path.split("/")
    return parts[-1].startswith(".") or not PASSED_BY.isdisjoint(parts)


def composed(path: str) -> str:
    """The same path in composed letters: systems differ in how they write é."""
    return unicodedata.normalize("NFC", path)


def of_folder(folder: Path) -> Files:
    """The files below a folder. Links are never followed. Raises BadInput or Refused."""
    folder = folder.absolute()
    found: dict[str, File] = {}
    hidden: set[str] = set()
    aside: list[Skipped | Failed] = []
    home = os.path.realpath(folder)

    def refused(error: OSError) -> None:
        if Path(error.filename or "") == folder:
            raise Refused(f"{folder} cannot be read ({error.strerror}); ask its owner for permission.")
        where = os.path.relpath(error.filename, folder)
        aside.append(Failed(where, f"The folder cannot be read ({error.strerror})."))

    for here, folders, names in os.walk(folder, onerror=refused):
        at = os.path.relpath(here, folder)
        prefix = "" if at == "." else composed(at.replace(os.sep, "/")) + "/"
        linked = [name for name in sorted(folders) if os.path.islink(os.path.join(here, name))]
        aside += [_linked(prefix + name, os.path.join(here, name), home) for name in linked]
        hidden |= {name for name in folders if name.startswith(".")}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in PASSED_BY)
        for name in sorted(names):
            if is_passed_by(name):
                continue
            one = _entry(os.path.join(here, name), composed(prefix + name), home)
            if isinstance(one, File):
                found[one.path] = one
            else:
                aside.append(one)
            if len(found) > MOST_FILES:
                raise BadInput(
                    f"{folder} holds over {MOST_FILES:,} files; import the folder that the documents lie in."
                )
    return Files(folder.name or str(folder), found, frozenset(hidden), tuple(aside), folder)


def of_one(path: Path) -> Files:
    """A file by itself. Raises BadInput."""
    one = _entry(str(path), composed(path.name), os.path.realpath(path.parent))
    if isinstance(one, File):
        return Files(path.stem, {one.path: one}, whole=path)
    raise BadInput(f"{path}: {one.why}")


def _entry(place: str, path: str, home: str) -> File | Skipped | Failed:
    try:
        said = os.lstat(place)
    except OSError as error:
        return Failed(path, f"It cannot be read ({error.strerror}).")
    if stat.S_ISLNK(said.st_mode):
        return _linked(path, place, home)
    if not stat.S_ISREG(said.st_mode):
        return Skipped(path, "It is no file but a device, a pipe or a socket.")
    try:
        path.encode()
    except UnicodeEncodeError:
        return Failed(ascii(path)[1:-1], "Its name is not written in UTF-8; rename it.")
    stamp = f"{said.st_size}-{said.st_mtime_ns}"
    return File(path, said.st_size, lambda most: _bytes(place, most), stamp, lambda: _opened(place))


def _linked(path: str, place: str, home: str) -> Skipped:
    if os.path.commonpath([home, os.path.realpath(place)]) == home:
        return Skipped(path, "It is a link to something in the same folder, which is read where it lies.")
    return Skipped(path, "It is a link that leads out of the folder; links are not followed.")


def _bytes(place: str, most: int) -> bytes:
    with _opened(place) as file:
        return file.read(most)


def _opened(place: str) -> IO[bytes]:
    # Between the look and the opening somebody may have put a link there.
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    return os.fdopen(handle, "rb")


def streamed(file: File) -> IO[bytes]:
    """The bytes of a file, to be read piece by piece."""
    return file.stream() if file.stream is not None else BytesIO(file.read(LARGEST_FILE))
