"""What a reader finds: pages, and for each file that became none the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import Micros

Format = Literal[
    "markdown", "git", "obsidian", "notion", "confluence", "confluence-html", "mediawiki", "html", "pdf", "docx"
]
FORMATS: tuple[Format, ...] = (
    "markdown", "git", "obsidian", "notion", "confluence", "confluence-html", "mediawiki", "html", "pdf", "docx",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a page to another file of the same source.

    href    as it stands in the text of the page
    path    of the file that it leads to
    anchor  the heading there, without `#`; "" for the whole page
    """

    href: str
    path: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that pages show or offer: a picture, a table, a film. `read` gives its bytes when they are wanted."""

    path: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier state of a page, or its present one: the text as it was, by whom, when and why.

    ref      what names this state at the source: a commit, a number
    path     where it lay then
    """

    ref: str
    path: str
    title: str
    text: str
    author: str = ""
    address: str = ""
    at: Micros | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as Markdown.

    path         in its source, with `/`; it names the page from one import to the next
    mark         changes when, and only when, the source of this page has changed
    uid          what the source calls the page whatever its path: by it a page is found again that was moved
    was          paths that it had before, the latest first
    author       who wrote it last, `address` the mail address where it is known, `at` when
    reviewed_at  when somebody last looked whether it holds; `expires_at` until when that counts
    licence      SPDX expression of the files beside it; "" where none was found
    diataxis     tutorial, how-to, reference or explanation, where the page says so itself
    parent       path of the page above it, where the source says so
    history      states before and including this one, oldest first; empty where the source keeps none
    remarks      sentences on what could not be carried over
    """

    path: str
    title: str
    text: str
    mark: str
    author: str = ""
    address: str = ""
    at: Micros | None = None
    owner: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reviewed_at: Micros | None = None
    expires_at: Micros | None = None
    licence: str = ""
    diataxis: str = ""
    parent: str = ""
    uid: str = ""
    was: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    history: tuple[Past, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """A file that is as it was at the last import."""

    path: str
    mark: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no page, and why: nothing is wrong with it."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that should have become a page, and why it did not: what was found, how to mend it."""

    path: str
    why: str


Found = Page | Same | Skipped | Failed
Known = Callable[[str, str], bool]
"""Whether a path was read before with that mark, so that it need not be read again."""


def nothing_known(path: str, mark: str) -> bool:
    return False
