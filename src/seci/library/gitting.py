"""The library as a git history: one commit for each revision, with its author, date and message.

What is written is a stream for `git fast-import` (its manual page is the format's definition).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seci.kit.clock import SECOND, Micros

_BAD = re.compile(r"[<>\n\0]")
_NAMED = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*\Z")
_MARKDOWN = frozenset({"md", "markdown", "mdx", "mkd", "mdown", "erb"})
_PAGES = frozenset({"html", "htm", "pdf", "docx"})


@dataclass(frozen=True, slots=True)
class State:
    """One revision of one document; `text` None is its end."""

    path: str
    text: str | None
    author: str
    at: Micros
    message: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that pages show: where it lies in the repository, where its content is kept."""

    path: str
    kept: Path
    at: Micros


def steps(path: str) -> list[str]:
    """The parts of a path that a repository can have."""
    return [part for part in path.split("/") if part not in ("", ".", "..") and part.casefold() != ".git"]


def path_of(path: str, title: str, document: int) -> str:
    """Where a document lies in the repository: where it came from, else a name from its title and number. All are
    Markdown by now, whatever they came from, and end so."""
    parts = steps(path)
    if parts:
        stem, _, ending = parts[-1].rpartition(".")
        if not stem or ending.lower() not in _MARKDOWN:
            parts[-1] = f"{stem if stem and ending.lower() in _PAGES else parts[-1]}.md"
        return "/".join(parts)
    kept = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return f"{'-'.join(part for part in kept.split('-') if part)[:60] or 'page'}-{document}.md"


def stream(states: Iterable[State], files: Sequence[Enclosed] = (), branch: str = "main") -> Iterator[bytes]:
    """The commits in the order of their time, and one for the files as they are now."""
    ordered = [one for _, one in sorted(enumerate(states), key=lambda pair: (pair[1].at, pair[0]))]
    for one in ordered:
        words = one.message.strip() or f"{one.path}: {'removed' if one.text is None else 'revised'}"
        yield from _commit(branch, one.author, one.at, words)
        name = _quoted(one.path)
        if one.text is None:
            yield f"D {name}\n\n".encode()
        else:
            yield f"M 100644 inline {name}\n".encode()
            yield _data(one.text.encode())
    if files:
        at = max(*(one.at for one in ordered[-1:]), *(file.at for file in files))
        yield from _commit(branch, "", at, "Files that pages show")
        for file in files:
            yield f"M 100644 inline {_quoted(file.path)}\n".encode()
            yield _data(file.kept.read_bytes())
    yield b"done\n"


def _commit(branch: str, author: str, at: Micros, words: str) -> Iterator[bytes]:
    who = f"{_person(author)} {at // SECOND} +0000"
    yield f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\n".encode()
    yield _data(words.encode())


def _person(author: str) -> str:
    found = _NAMED.match(author)
    name, email = (found[1], found[2]) if found else (author, "")
    return f"{_BAD.sub(' ', name).strip() or 'SECI'} <{_BAD.sub(' ', email).strip()}>"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _quoted(path: str) -> str:
    """A path as fast-import reads it, whatever it holds."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
