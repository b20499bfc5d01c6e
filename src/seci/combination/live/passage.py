"""A passage of a text that is found again after edits.

Kept as the W3C Web Annotation Data Model has it (2017, TextQuoteSelector with TextPositionSelector): the words
themselves, some words before and after them, and where they stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from seci.kit.errors import BadInput

AROUND = 48
LONGEST = 2_000
# Below this share of its letters, what stands there now is another passage.
ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Passage:
    """`start` counts characters of the text that it was taken from."""

    quote: str
    before: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands now, end exclusive. `exact`: its words are unchanged."""

    start: int
    end: int
    exact: bool


def take(text: str, start: int, end: int) -> Passage:
    """The passage from `start` to `end`. Raises BadInput for an empty one and for one that is too long."""
    if not text[start:end].strip():
        raise BadInput("Choose a passage: a few words of the text.")
    if end - start > LONGEST:
        raise BadInput(f"A passage has at most {LONGEST:,} characters; choose a shorter one.")
    return Passage(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND], start)


def quoted(text: str, words: str, before: str = "", after: str = "") -> Passage:
    """The passage that reads `words`, told apart by what stands around it. Raises BadInput."""
    words = words.strip("\n").replace("\r\n", "\n")
    if not words.strip():
        raise BadInput("Say which passage: copy its words from the text.")
    places = _occurrences(text, words) or _loosely(text, words)
    if not places:
        raise BadInput(f"“{_short(words)}” does not stand in the text; copy the words as they are.")
    if len(places) > 1 and (before or after):
        closeness = [_around(text, start, end, before, after) for start, end in places]
        places = [place for place, close in zip(places, closeness, strict=True) if close == max(closeness)]
    if len(places) > 1:
        raise BadInput(f"“{_short(words)}” stands {len(places)} times in the text; copy more words around it.")
    return take(text, *places[0])


def find(passage: Passage, text: str) -> Place | None:
    """Where the passage stands in a text that may have changed; None where it is gone."""
    places = _occurrences(text, passage.quote)
    if places:
        start, end = max(
            places,
            key=lambda at: (_around(text, at[0], at[1], passage.before, passage.after), -abs(at[0] - passage.start)),
        )
        return Place(start, end, exact=True)
    return _between(passage, text) or _alike(passage, text)


def _between(passage: Passage, text: str) -> Place | None:
    """What stands now between the words that stood before and after it, if that is still much the same."""
    before, after = passage.before[-24:], passage.after[:24]
    if len(before.strip()) < 8 or len(after.strip()) < 8:
        return None
    for start in (each.end() for each in re.finditer(re.escape(before), text)):
        end = text.find(after, start, start + 2 * len(passage.quote) + 200)
        if end > start and _share(passage.quote, text[start:end]) >= ENOUGH:
            return Place(start, end, exact=False)
    return None


def _alike(passage: Passage, text: str) -> Place | None:
    """The paragraph that shares most words with it, and in it the part that is like it."""
    wanted = set(re.findall(r"\w+", passage.quote.lower()))
    best, most = (0, 0), 0.0
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        words = set(re.findall(r"\w+", paragraph[0].lower()))
        share = len(wanted & words) / len(wanted) if wanted else 0.0
        if share > most:
            best, most = paragraph.span(), share
    if most < ENOUGH:
        return None
    start, end = best
    blocks = [
        block
        for block in SequenceMatcher(None, passage.quote, text[start:end], autojunk=False).get_matching_blocks()
        if block.size >= 3
    ]
    if sum(block.size for block in blocks) < ENOUGH * len(passage.quote):
        return None
    return Place(start + blocks[0].b, start + blocks[-1].b + blocks[-1].size, exact=False)


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every place, those that overlap as well."""
    return [(at.start(), at.start() + len(words)) for at in re.finditer(f"(?={re.escape(words)})", text)]


def _loosely(text: str, words: str) -> list[tuple[int, int]]:
    """As copied from the rendered page: without marks of emphasis or code, lines joined."""
    pieces = [re.escape(piece) for piece in words.split()]
    between = r"[*_`~]*\s+(?:[>#*+-]+\s+)*[*_`~]*"
    return [found.span() for found in re.finditer(between.join(pieces), text)] if pieces else []


def _around(text: str, start: int, end: int, before: str, after: str) -> int:
    """How many characters around a place are those expected."""
    left = 0
    while left < min(len(before), start) and before[-1 - left] == text[start - 1 - left]:
        left += 1
    right = 0
    while right < min(len(after), len(text) - end) and after[right] == text[end + right]:
        right += 1
    return left + right


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:57] + "…"
