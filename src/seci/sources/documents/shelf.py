"""What every reader of many files needs to know of all of them: which become pages, under which licence they lie, which
files no page shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from seci.kit.errors import SeciError
from seci.sources.documents.files import File, Files
from seci.sources.documents.licences import licences, nearest
from seci.sources.documents.limits import LARGEST_FILE, LARGEST_PAGE, in_words
from seci.sources.documents.links import Places
from seci.sources.documents.page import Attachment, Failed, Found, Known, Link, Same, Skipped

VERSION = "3"
"""Part of every mark: when readers read differently, everything is read once more."""

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".md.erb")
SEEN = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".ico", ".avif", ".mp4", ".webm", ".mov", ".mp3", ".m4a",
    ".ogg", ".wav", ".csv", ".tsv", ".xlsx", ".xls", ".pptx", ".ppt", ".doc", ".odt", ".ods", ".odp", ".drawio",
    ".excalidraw", ".canvas", ".puml", ".vsdx",
)  # fmt: skip
SHOWN = (*SEEN, ".json", ".yml", ".yaml", ".txt", ".zip", ".ipynb")
"""Endings of files that a page may show or offer."""
_LICENCE = re.compile(r"(?:(?:un)?licen[cs]es?|copying|notice)(?:[-_.][\w.-]{1,20})?", re.IGNORECASE)


@dataclass
class Shelf:
    """The files of a source while they are read.

    is_page   whether a file becomes a page
    names     path -> path of its page, where the two differ
    offered   attachments that some page has shown so far
    some_same whether a page was as before: which files it shows was told when it was read
    """

    files: Files
    is_page: Callable[[File], bool]
    known: Known
    names: dict[str, str] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    some_same: bool = False

    @cached_property
    def places(self) -> Places:
        return Places(self.files.all)

    @cached_property
    def licences(self) -> dict[str, str]:
        return licences(self.files)

    @cached_property
    def shape(self) -> str:
        """Changes with the set of paths, since a link leads elsewhere when a file comes or goes, and with the pictures
        that pages show."""
        listed = sorted(
            f"{one.path} {one.stamp}" if one.path.lower().endswith(SEEN) else one.path
            for one in self.files
            if self.is_page(one) or one.path.lower().endswith(SHOWN)
        )
        return hashlib.sha256(repr((listed, sorted(self.licences.items()))).encode()).hexdigest()

    def licence(self, path: str) -> str:
        return nearest(path, self.licences)

    def mark(self, raw: bytes, *more: str) -> str:
        return mark_of(raw, self.shape, *more)

    def attachments(self, links: Iterable[Link]) -> tuple[Attachment, ...]:
        """The files that a page shows or offers and that are no pages themselves."""
        found = []
        for link in links:
            file = self.files.all.get(link.path)
            if file is not None and not self.is_page(file) and file.path.lower().endswith(SHOWN):
                if file.size <= LARGEST_FILE:
                    found.append(attachment(file))
                self.offered.add(file.path)
        return tuple({one.path: one for one in found}.values())

    def rest(self) -> Iterator[Skipped | Failed]:
        """What is neither a page nor shown by one."""
        yield from self.files.aside
        for one in self.files:
            unsure = self.some_same and one.path.lower().endswith(SHOWN)
            if not self.is_page(one) and one.path not in self.offered and not unsure:
                yield Skipped(one.path, why_not(one))


def attachment(file: File) -> Attachment:
    return Attachment(file.path, file.size, lambda: file.read(LARGEST_FILE))


def is_licence(file: File) -> bool:
    return _LICENCE.fullmatch(file.name) is not None


def why_not(file: File) -> str:
    if is_licence(file):
        return "Its words count as the licence of the pages beside it."
    if file.path.lower().endswith(SHOWN):
        return "No page shows it."
    return f"Files that end in {file.suffix} are no documents." if file.suffix else "It is no document."


def mark_of(raw: bytes, *more: str) -> str:
    digest = hashlib.sha256(raw)
    for one in (VERSION, *more):
        digest.update(b"\0" + one.encode())
    return digest.hexdigest()[:40]


def too_large(file: File, most: int = LARGEST_PAGE) -> Failed | None:
    if file.size <= most:
        return None
    return Failed(file.path, f"It has {in_words(file.size)}; up to {in_words(most)} can be read. Cut it into several.")


def guarded(shelf: Shelf, file: File, read: Callable[[File, bytes], Found], most: int = LARGEST_PAGE) -> Found:
    """What a file becomes: whatever goes wrong with it stays with it, and the others are read."""
    large = too_large(file, most)
    if large:
        return large
    try:
        raw = file.read(most + 1)
        if len(raw) > most:
            return Failed(file.path, f"It unpacks to over {in_words(most)}; cut it into several.")
        found = read(file, raw)
        shelf.some_same |= isinstance(found, Same)
        return found
    except OSError as error:
        return Failed(file.path, f"It cannot be read ({error.strerror}); look at its permission.")
    except SeciError as error:
        return Failed(file.path, error.sentence)
    except RecursionError:
        return Failed(file.path, "It is nested deeper than can be read.")
