"""A page on its way into the library from somewhere else, with what its source knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import Micros

Came = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier state of a page. `author` as the source names them: a name, or name <address>."""

    title: str
    text: str
    author: str = ""
    at: Micros | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a source has it now.

    path         inside its collection, with slashes; what the page is known by when it comes again
    author, at   who changed it last and when; an unknown time is the time of the import
    owner        who answers for it, as a name; somebody the directory does not know is left out
    links        (kind, path or title) beyond those in the text, such as ("supersedes", "adr/0003.md")
    tags         plain words; aliases: other titles that links may use
    reviewed_at  when somebody last said that it holds, and until when
    history      its earlier states, the oldest first
    """

    path: str
    title: str
    text: str
    author: str = ""
    at: Micros | None = None
    message: str = ""
    kind: str = "page"
    diataxis: str = ""
    licence: str = ""
    owner: str = ""
    links: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reviewed_at: Micros | None = None
    expires_at: Micros | None = None
    history: tuple[Past, ...] = ()
