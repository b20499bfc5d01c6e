"""The part of a passage that shows why it was found, with the words that were looked for marked."""

from __future__ import annotations

import re
from typing import NamedTuple

from seci.search.analysis import stem, stems
from seci.search.matching import fold

WIDTH = 42

_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


class Piece(NamedTuple):
    """A run of text; `marked` where it is what was looked for."""

    text: str
    marked: bool


def snippet(text: str, query: str, width: int = WIDTH) -> tuple[Piece, ...]:
    """About `width` words around the place where most different words of the query stand together."""
    wanted = set(stems(query))
    runs = [(found.start(), found.end()) for found in _PIECE.finditer(text)]
    if not runs:
        return ()
    hits = [{stem(fold(word)) for word in _WORD.findall(text[start:end])} & wanted for start, end in runs]
    first = _densest(hits, width)
    start, end = runs[first][0], runs[min(first + width, len(runs)) - 1][1]
    shown = _marked(text[start:end], wanted)
    before = [Piece("… ", False)] if first else []
    after = [Piece(" …", False)] if end < runs[-1][1] else []
    return _joined([*before, *shown, *after])


def _densest(hits: list[set[str]], width: int) -> int:
    """The word at which the window begins that holds most different words, then most words; the earliest of equals."""
    if len(hits) <= width:
        return 0
    at = [number for number, found in enumerate(hits) if found]
    if not at:
        return 0

    def worth(begin: int) -> tuple[int, int, int]:
        window = hits[begin : begin + width]
        return len(set().union(*window)), sum(map(bool, window)), -begin

    starts = {max(0, min(number - 4, len(hits) - width)) for number in at}
    return max(starts, key=worth)


def _marked(text: str, wanted: set[str]) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for found in _WORD.finditer(text):
        if stem(fold(found.group())) in wanted:
            pieces += [Piece(text[end : found.start()], False), Piece(found.group(), True)]
            end = found.end()
    return [*pieces, Piece(text[end:], False)]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    for piece in pieces:
        words = re.sub(r"\s+", " ", piece.text)
        if not words:
            continue
        if kept and kept[-1].marked == piece.marked and not piece.marked:
            kept[-1] = Piece(kept[-1].text + words, False)
        else:
            kept.append(Piece(words, piece.marked))
    return tuple(kept)
