"""Numbers with what they count, and which way they limit: "at least two reviewers", "no more than 400 lines".

Durations and sizes are brought to one unit by a table of our own: guides count reviewers, lines and business days,
which libraries of physical units do not know, and of those they do know, prose uses a dozen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from seci.combination.merge.lexicon import any_of, data, straight
from seci.combination.merge.words import empty, stem

Bound = Literal["most", "least", "about", "exactly"]
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Between a number and what it counts: "two other reviewers", "one business day".
_BETWEEN = (
    r"(?:(?:other|more|business|working|calendar|full|whole|additional|different|consecutive|new|separate|non-\w+)\s+)?"
)
# How far from the number a word that bounds it may stand.
NEAR = 24


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something.

    value  in `unit`; of a range its upper end, `low` its lower one
    unit   seconds, bytes, percent, lines …; else the stem of the noun that is counted; empty for a bare number
    words  as it stood, `start` and `end` in the sentence with straightened white space
    """

    value: float
    unit: str
    bound: Bound
    words: str
    start: int
    end: int
    low: float | None = None


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[str, float]], dict[str, float], dict[Bound, re.Pattern[str]]]:
    found = data()
    units = {word: (unit, size) for unit, words in found["units"].items() for word, size in words.items()}
    numerals = {word: float(number) for word, number in found["numerals"].items()}
    written = "|".join(sorted((re.escape(word) for word in numerals), key=len, reverse=True))
    known = "|".join(sorted((re.escape(word) for word in units), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![\w.#$/:=+-])(?:(?P<from>{_NUMBER})\s*(?:-|–|to|or)\s*)?(?:(?P<digits>{_NUMBER})|(?P<word>{written})(?![a-z])(?:\s+(?P<ten>hundred|thousand|dozen))?)"
        rf"(?:\s*\+)?(?:[\s-]*{_BETWEEN}(?P<unit>{known})(?![\w/])|\s+(?P<noun>[a-z][a-z-]+))?(?![\w.]*\d)",
        re.IGNORECASE,
    )
    bounds: dict[Bound, re.Pattern[str]] = {
        "most": any_of(found["bounds"]["most"]), "least": any_of(found["bounds"]["least"]),
        "about": any_of(found["bounds"]["around"]),
    }  # fmt: skip
    return pattern, units, numerals, bounds


@lru_cache(maxsize=16384)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order. "a", "an" and "one" count only before a known unit."""
    pattern, units, numerals, _ = _patterns()
    line = straight(text)
    found = []
    for one in pattern.finditer(line):
        unit, size = units.get((one["unit"] or "").lower(), ("", 1.0))
        if one["word"] and not unit:
            continue
        if one["word"] and one["word"].lower() in ("a", "an") and unit not in ("second", "percent"):
            continue
        number = _number(one["digits"]) if one["digits"] else numerals[one["word"].lower()]
        number *= {"hundred": 100, "thousand": 1000, "dozen": 12}.get((one["ten"] or "").lower(), 1)
        noun = (one["noun"] or "").lower()
        noun = "" if empty(noun) else stem(noun)
        start, end = one.start(), one.end("unit") if unit else one.end("digits")
        low = _number(one["from"]) * size if one["from"] else None
        found.append(Quantity(number * size, unit or noun, _bound(line, start, end), line[start:end], start, end, low))
    return tuple(found)


@lru_cache(maxsize=16384)
def numerals(text: str) -> frozenset[float]:
    """All numbers of a sentence, whatever they count, both ends of a range; "a", "an" and "one" are none."""
    _, _, written, _ = _patterns()
    line = straight(text).lower()
    found = {_number(one) for one in re.findall(rf"(?<![\w.]){_NUMBER}(?![\w]*\d)", line)}
    return frozenset(
        found
        | {written[word] for word in re.findall(r"[a-z]+", line) if word in written and len(word) > 2 and word != "one"}
    )


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _bound(line: str, start: int, end: int) -> Bound:
    """The word nearest before the number, or one right after it."""
    *_, bounds = _patterns()
    before, after = re.split(r"[,;:.]\s", line[max(0, start - NEAR) : start])[-1], line[end : end + 14]
    best: tuple[int, Bound] = (-1, "exactly")
    for name, pattern in bounds.items():
        for found in pattern.finditer(before):
            best = max(best, (found.end(), name))
        behind = re.match(rf"\s*({pattern.pattern})", after, re.IGNORECASE)
        if behind is not None and behind[1].lower().startswith(("or ", "at the most", "tops")):
            return name
    return best[1]
