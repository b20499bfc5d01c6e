"""Where in a text a link to another page belongs, and the text with that link in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from seci.kit.errors import Conflict
from seci.library.markdown.links import path_name, references, wanted
from seci.library.markdown.reading import Part, blocks, read, sentences
from seci.search.analysis import stem, stems
from seci.search.matching import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ALSO = re.compile(r"(see also|related|related pages|further reading|more)\W*\Z", re.IGNORECASE)
FEWEST = 3
"""Telling words that a sentence must share with a page to speak of it without naming it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that speaks of another page.

    heading   the innermost heading above it; "" for none
    sentence  its words alone
    words     those of them that name the page and can become the link, as they are written; "" where none do
    shared    telling words that it has in common with the page, the rarest first
    """

    heading: str
    sentence: str
    words: str = ""
    shared: tuple[str, ...] = ()


def naming(text: str, title: str) -> Passage | None:
    """The first sentence that names a page by its title, in any inflection, in words that lead nowhere yet."""
    found = next(iter(_named(text, title)), None)
    if found is None:
        return None
    start, end = found
    said = next((one for one in sentences(text) if one.start <= start and end <= one.end), None)
    return None if said is None else Passage(said.path[-1] if said.path else "", said.text, text[start:end])


def speaking(text: str, of: Collection[str], rare: Callable[[str], float]) -> Passage | None:
    """The sentence that has most in common with a page; None where none has enough.

    of    telling stems of the page
    rare  how much a stem tells
    """
    best: tuple[float, Passage] | None = None
    for one in sentences(text):
        words = {stem(fold(word)): word for word in _WORD.findall(one.text)}
        shared = sorted(set(words).intersection(of), key=lambda word: (-rare(word), word))
        weight = sum(map(rare, shared))
        if len(shared) >= FEWEST and (best is None or weight > best[0]):
            names = tuple(words[word] for word in shared[:FEWEST])
            best = weight, Passage(one.path[-1] if one.path else "", one.text, "", names)
    return None if best is None else best[1]


def with_link(text: str, sentence: str, words: str, address: str) -> str:
    """The text with the link set on `words` where they stand in `sentence`.

    Raises Conflict when the sentence has changed or its words lead somewhere by now.
    """
    place = next(
        (
            (start, end)
            for one in sentences(text)
            if one.text == sentence
            for start, end in _named(text, words)
            if one.start <= start and end <= one.end
        ),
        None,
    )
    if place is None:
        raise Conflict("The page no longer says this, or it leads somewhere by now; add a line under See also.")
    start, end = place
    return f"{text[:start]}[{text[start:end]}]({address}){text[end:]}"


def with_line(text: str, title: str, address: str) -> str:
    """The text with one more line in its last list of further pages; it gets one at its end where it has none."""
    every = blocks(text)
    at = next((one for one in reversed(every) if one.kind == "heading" and _ALSO.match(one.text)), None)
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"[{escaped(title)}]({address})"
    if at is None:
        return f"{text.rstrip()}{newline * 2}## See also{newline * 2}- {line}{newline}"
    below = [one for one in every if one.start > at.start]
    end = next((number for number, one in enumerate(below) if one.kind == "heading"), len(below))
    last = below[end - 1] if end else at
    mark = text[last.start] if last.kind == "item" and last.level == 1 else ""
    before = f"{newline}{mark}" if mark and mark in "-*+" else f"{newline * 2}-"
    return f"{text[: last.end]}{before} {line}{text[last.end :] or newline}"


def address(source: tuple[int | None, str], target: tuple[int | None, str], number: int) -> str:
    """How a page writes its link to another: by the way between their files in one collection, so that it still
    leads there when they are exported; else by number. `source` and `target` are (collection, path)."""
    (home, path), (other, to) = source, target
    if home is None or home != other or not path or not to:
        return f"/library/{number}/"
    way = quote(os.path.relpath(to, os.path.dirname(path) or "."), safe="/.-_~")
    return way if wanted(way, path) == path_name(to) else f"/library/{number}/"


def escaped(title: str) -> str:
    return re.sub(r"([\\\[\]*_`<])", r"\\\1", title)


def _named(text: str, title: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the words that are those of a title, one by one, in lines of prose that are no link."""
    wanted_ = [_root(word) for word in _WORD.findall(title)]
    if not wanted_:
        return
    for words in _free(text):
        roots = [root for root, _, _ in words]
        for at in range(len(words) - len(wanted_) + 1):
            if roots[at : at + len(wanted_)] == wanted_:
                start, end = words[at][1], words[at + len(wanted_) - 1][2]
                # Marks between the words would be cut in two, and so would a paragraph.
                if _WORD.findall(text[start:end]) and not re.search(r"[^\w\s'’,/&-]|\n\s*\n", text[start:end]):
                    yield start, end


@lru_cache(maxsize=8)
def _free(text: str) -> tuple[tuple[tuple[str, int, int], ...], ...]:
    """Of each block of prose its words outside of links and code: (root, start, end)."""
    spans = [(one.start, one.stop) for one in references(text)] + [one.span() for one in _ADDRESS.finditer(text)]
    taken = {at for start, end in spans for at in range(start, end)}
    return tuple(
        tuple(_words(text, one, taken)) for one in read(text) if one.block.kind in ("paragraph", "item", "quote")
    )


def _words(text: str, part: Part, taken: set[int]) -> Iterator[tuple[str, int, int]]:
    prose = {at for one in part.prose if one.kind == "text" for at in range(one.start, one.end)} - taken
    for match in _WORD.finditer(text, part.block.start, part.block.end):
        start, end = match.span()
        if prose.issuperset(range(start, end)):
            yield _root(match[0]), start, end


def _root(word: str) -> str:
    """A word whatever its inflection; unlike `stems`, every word has one."""
    folded = fold(word)
    return stem(folded) or folded


def telling(title: str, rare: Callable[[str], float], least: float) -> bool:
    """Whether a title says so much that its words in another page mean this page: `least` is summed rarity."""
    return sum(map(rare, set(stems(title)))) >= least
