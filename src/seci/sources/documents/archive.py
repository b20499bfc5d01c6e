"""A zip as files: nothing is unpacked onto the disk, nothing leads out of it, nothing grows without end."""

from __future__ import annotations

import posixpath
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from seci.kit.errors import BadInput
from seci.sources.documents.files import File, Files, composed, is_passed_by
from seci.sources.documents.limits import (
    DEEPEST,
    LARGEST_ARCHIVE,
    MOST_FILES,
    RATIO,
    RATIO_FROM,
    in_words,
)
from seci.sources.documents.page import Failed, Skipped

_BLOCK = 1 << 20
# Notion cuts a large export into numbered parts of one tree.
_PART = re.compile(r"(?:^|[-_ ])Part-\d+\.zip$", re.IGNORECASE)
_UTF8, _LOCKED = 0x800, 0x1


@dataclass(slots=True)
class _Purse:
    """What may still be unpacked of an archive and all archives in it."""

    name: str
    bytes: int = LARGEST_ARCHIVE
    files: int = MOST_FILES

    def take(self, size: int, files: int = 0) -> None:
        self.bytes -= size
        self.files -= files
        if self.bytes < 0:
            raise BadInput(f"{self.name} unpacks to over {in_words(LARGEST_ARCHIVE)}; nothing of it was imported.")
        if self.files < 0:
            raise BadInput(f"{self.name} holds over {MOST_FILES:,} files; nothing of it was imported.")


@dataclass(slots=True)
class _Opened:
    purse: _Purse
    found: dict[str, File] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    aside: list[Skipped | Failed] = field(default_factory=list)


def of_archive(path: Path) -> Files:
    """The files of a zip, those of zips in it included. Raises BadInput for what is no zip or is made to do harm."""
    opened = _Opened(_Purse(path.name))
    try:
        _open(path.open("rb"), "", opened, 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from error
    found = _without_common_folder(opened.found)
    return Files(path.stem, found, frozenset(opened.hidden), tuple(opened.aside), path)


def _open(file: IO[bytes], prefix: str, opened: _Opened, depth: int) -> None:
    name = prefix.rstrip("/") or opened.purse.name
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError) as error:
        raise BadInput(f"{name} is no archive that can be read ({error}); pack it again.") from error
    entries = [one for one in archive.infolist() if not one.is_dir()]
    opened.purse.take(sum(one.file_size for one in entries), len(entries))
    for entry in entries:
        if _is_bomb(entry):
            raise BadInput(
                f"{name} holds {entry.filename[:120]!r}, which unpacks to {in_words(entry.file_size)}, over {RATIO} "
                "times its size: such a file is made to fill a disk, and nothing of the archive was imported."
            )
    for entry in entries:
        _take(archive, entry, prefix, opened, depth)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(1, entry.compress_size)


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, prefix: str, opened: _Opened, depth: int) -> None:
    path = prefix + _name(entry)
    parts = path.split("/")
    fault = _fault(entry, path)
    if fault:
        opened.aside.append(Failed(ascii(path)[1:-1][:500], fault))
    elif hidden := next((part for part in parts[:-1] if part.startswith(".")), ""):
        opened.hidden.add(hidden)
    elif is_passed_by(path):
        return
    elif stat.S_ISLNK(entry.external_attr >> 16):
        opened.aside.append(Skipped(path, "It is a link; links in archives are not followed."))
    elif path in opened.found:
        opened.aside.append(Skipped(path, "The archive holds this name twice; the first one was taken."))
    elif parts[-1].lower().endswith(".zip"):
        _nested(archive, entry, path, opened, depth)
    else:
        read = _Reader(archive, entry)
        opened.found[path] = File(path, entry.file_size, read, f"{entry.CRC:08x}", read.stream)


def _name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        # Many packers write UTF-8 and do not say so.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return composed(name)


def _fault(entry: zipfile.ZipInfo, path: str) -> str:
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path) or ".." in re.split(r"[/\\]", path):
        return "Its name leads out of the archive."
    if "\0" in entry.orig_filename or any(ord(letter) < 32 for letter in path):
        return "Its name holds a control character."
    if entry.flag_bits & _LOCKED:
        return "It is encrypted; pack it again without a password."
    return ""


def _nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, opened: _Opened, depth: int) -> None:
    if depth >= DEEPEST:
        opened.aside.append(Skipped(path, f"Archives in archives are opened {DEEPEST} deep and no deeper."))
        return
    # Part of a larger export: its tree continues that of the other parts.
    prefix = posixpath.dirname(path) + "/" if _PART.search(path) else path[:-4] + "/"
    inside = tempfile.SpooledTemporaryFile(max_size=8 * _BLOCK)  # noqa: SIM115 - read as long as its files are
    try:
        for block in _Reader(archive, entry).blocks():
            inside.write(block)
        _open(inside, prefix.lstrip("/"), opened, depth + 1)
    except Broken as broken:
        opened.aside.append(Failed(path, broken.sentence))


class Broken(BadInput):
    """One file of an archive cannot be unpacked; the others can."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Unpacks one file, and no more of it than the archive said there would be."""

    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo

    def stream(self) -> IO[bytes]:
        """The bytes as they are unpacked; those of a broken file end in an OSError or a fault of the archive."""
        return self.archive.open(self.entry)

    def __call__(self, most: int) -> bytes:
        out = bytearray()
        for block in self.blocks():
            out += block
            if len(out) >= most:
                break
        return bytes(out[:most])

    def blocks(self) -> Iterator[bytes]:
        left = min(self.entry.file_size, LARGEST_ARCHIVE)
        try:
            with self.archive.open(self.entry) as file:
                while left > 0 and (block := file.read(min(_BLOCK, left))):
                    left -= len(block)
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Broken(f"It cannot be unpacked ({error}); pack it again.") from error


def _without_common_folder(found: dict[str, File]) -> dict[str, File]:
    """A zip of a folder holds that folder alone; its name is no part of the paths."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in found}
    if len(tops) != 1 or "" in tops:
        return found
    cut = len(tops.pop()) + 1
    return {path[cut:]: replace(one, path=path[cut:]) for path, one in found.items()}
