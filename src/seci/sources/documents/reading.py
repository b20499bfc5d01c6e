"""The reader of each format, under one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from seci.kit.errors import BadInput
from seci.sources.documents.detect import detect, listed, need_some
from seci.sources.documents.files import Files
from seci.sources.documents.licences import licences
from seci.sources.documents.page import FORMATS, Format, Found, Known, nothing_known

# Where the reader of a format is, imported when it is wanted.
_READERS: dict[Format, str] = {
    "markdown": "folder",
    "html": "folder",
    "pdf": "folder",
    "docx": "folder",
    "obsidian": "obsidian",
    "notion": "notion",
    "confluence": "confluence",
    "confluence-html": "confluence_html",
    "mediawiki": "mediawiki",
}

KINDS: dict[Format, str] = {
    "markdown": "folder", "html": "folder", "pdf": "files", "docx": "files", "git": "git", "obsidian": "vault",
    "notion": "notion", "confluence": "confluence", "confluence-html": "confluence", "mediawiki": "mediawiki",
}  # fmt: skip
"""What the library calls a collection of this format."""


@dataclass(frozen=True, slots=True)
class Source:
    """What lies at a path, ready to be read. `files` are listed already where that was needed to know the format."""

    path: Path
    format: Format
    files: Files | None = field(default=None, compare=False)

    def read(self, known: Known = nothing_known, *, with_history: bool = True) -> Iterator[Found]:
        """Pages, and what became none. Raises BadInput where it cannot be read at all."""
        if self.format == "git":
            from seci.sources.documents import git_pages

            return git_pages.read(self.path, known, with_history=with_history)
        reader = import_module(f"seci.sources.documents.{_READERS[self.format]}")
        files = self.files or listed(self.path)
        if self.format in ("confluence", "mediawiki"):
            return reader.read(files, known, with_history=with_history)  # type: ignore[no-any-return]
        return reader.read(files, known)  # type: ignore[no-any-return]

    def paths(self) -> frozenset[str] | None:
        """All paths of the source; None where only reading tells."""
        if self.format in ("markdown", "html", "pdf", "docx", "obsidian"):
            return frozenset((self.files or listed(self.path)).all)
        return None

    def licence(self) -> str:
        """The licence of the whole, by its SPDX name; "" where no file says."""
        if self.format == "git":
            from seci.sources.documents import git_pages

            return git_pages.licence(self.path)
        if self.format in ("confluence", "mediawiki"):
            return ""
        return licences(self.files or listed(self.path)).get("", "")

    def size(self) -> int | None:
        """How many files or pages there are; None where only reading tells."""
        if self.format == "git":
            from seci.sources.documents import git_pages

            return git_pages.count(self.path)
        files = self.files or listed(self.path)
        if self.format == "mediawiki":
            from seci.sources.documents import mediawiki

            return mediawiki.count(files)
        if self.format == "confluence":
            return None
        return len(files.all) + len(files.aside)


def source_at(path: Path, format_: str = "") -> Source:
    """What lies at a path, as the format that it is, or as the one that is asked for. Raises BadInput."""
    path = path.expanduser().absolute()
    if not format_:
        return Source(path, *detect(path))
    if format_ not in FORMATS:
        raise BadInput(f"{format_[:40]!r} is no format; choose one of {', '.join(FORMATS)}.")
    if format_ == "git":
        return Source(path, "git")
    return Source(path, format_, need_some(listed(path), path))
