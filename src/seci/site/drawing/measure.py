"""How wide words are without a browser: widths of system sans-serif letters, in parts of the font size."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW = {**dict.fromkeys("iljI.,:;'|!·", 0.31), **dict.fromkeys('ftr()[]-"/ ', 0.37)}
_WIDE = {**dict.fromkeys("mwMW@%", 0.9), **dict.fromkeys("GOQNHUDABRCKVXYZ≤≥>→−", 0.7)}
_LETTERS = _NARROW | _WIDE


# Bold letters of the widest common fallback (DejaVu Sans), against the table.
_BOLD = 1.17


def width(text: str, size: float, *, bold: bool = False) -> float:
    """A careful estimate in pixels: rather too wide than too narrow."""
    return size * sum(_letter(letter) for letter in text) * (_BOLD if bold else 1.0)


def _letter(letter: str) -> float:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000:
        return 1.15
    return 0.7 if letter.isupper() else 0.61


def wrap(text: str, size: float, most: float, lines: int = 3, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `most` pixels; what goes beyond the last one is cut with an ellipsis."""
    return list(_wrapped(text, size, most, lines, bold))


@lru_cache(maxsize=4096)
def _wrapped(text: str, size: float, most: float, lines: int, bold: bool) -> tuple[str, ...]:
    found: list[str] = []
    current = ""
    for word in re.split(r"[ \n\t]+", text.strip()):
        for piece in _pieces(word, size, most, bold):
            longer = f"{current} {piece}" if current else piece
            if current and width(longer, size, bold=bold) > most:
                found.append(current)
                current = piece
            else:
                current = longer
    found += [current] if current else []
    if len(found) <= lines:
        return tuple(found or [""])
    last = found[lines - 1]
    while last and width(last + "…", size, bold=bold) > most:
        last = last[:-1]
    return (*found[: lines - 1], last.rstrip() + "…")


def _pieces(word: str, size: float, most: float, bold: bool) -> list[str]:
    """A word too long for a line, in parts."""
    if width(word, size, bold=bold) <= most:
        return [word]
    parts, current = list[str](), ""
    for letter in word:
        if width(current + letter, size, bold=bold) > most:
            parts.append(current)
            current = ""
        current += letter
    return [*parts, current]
