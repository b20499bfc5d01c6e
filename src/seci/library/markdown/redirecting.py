"""The links of a text led elsewhere, everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from seci.library.markdown.links import Reference, references
from seci.library.markdown.reading import blocks

Elsewhere = Callable[[str], str | None]
"""A path as a link names it -> the path that it is to name; None leaves it."""

_TARGET = re.compile(r"(?<=\]\()[ \t]*(<[^<>\n]*>|[^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*)")
# Where the target of [words][name] stands: a line by itself that no block holds.
_DEFINED = re.compile(r"^[ >\t]{0,12}\[[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+)", re.MULTILINE)
# What ends a target or says something else in one.
_MARKS = re.compile(r"[\s<>()\[\]%#?\\\"']")


def redirected(text: str, elsewhere: Elsewhere) -> str:
    """The text with its links and pictures, those of vaults too, leading where `elsewhere` says."""
    found = {start: (stop, words) for start, stop, words in _changes(text, elsewhere)}
    for start, (stop, words) in sorted(found.items(), reverse=True):
        text = text[:start] + words + text[stop:]
    return text


def _changes(text: str, elsewhere: Elsewhere) -> Iterator[tuple[int, int, str]]:
    named = references(text)
    for one in named:
        if one.kind in ("wiki", "embed"):
            yield from _plain_link(one, elsewhere)
        else:
            for match in _TARGET.finditer(text, one.start, one.stop):
                yield from _change(match, elsewhere)
    taken = [(block.start, block.end) for block in blocks(text)]
    for match in _DEFINED.finditer(text):
        if not any(start <= match.start(1) < end for start, end in taken):
            yield from _change(match, elsewhere)


def _change(match: re.Match[str], elsewhere: Elsewhere) -> Iterator[tuple[int, int, str]]:
    path, sign, anchor = match[1].strip("<>").partition("#")
    there = elsewhere(unquote(path))
    if there is not None:
        yield match.start(1), match.end(1), _written(there) + sign + anchor


def _plain_link(one: Reference, elsewhere: Elsewhere) -> Iterator[tuple[int, int, str]]:
    """[[file|words]] as every reader of Markdown takes it."""
    there = elsewhere(one.target)
    if there is not None:
        mark = "!" if one.kind == "embed" else ""
        yield one.start, one.stop, f"{mark}[{one.label or one.target}]({_written(there)})"


def _written(path: str) -> str:
    return _MARKS.sub(lambda found: quote(found[0], safe=""), path)
