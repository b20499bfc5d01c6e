"""What a limit limits: the words said right around a number, and the numbers that a page states."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from seci.combination.merge.lexicon import data, straight
from seci.combination.merge.quantities import Quantity, quantities
from seci.combination.merge.rules import is_verb
from seci.combination.merge.source import Source
from seci.combination.merge.words import plain, stem, terms

# Units of everything: that two limits both count them says nothing.
EVERYWHERE = {"second", "percent", "byte", "time", "person"}
_PARTS = re.compile(r"[.,;:()]\s|\s[-–—]\s|[()]")
# "A one-line summary" is about no lines.
_COMPOUND = re.compile(r"\b(?:\d+|one|two|three|four|single|multi)-\w+", re.IGNORECASE)


@cache
def bounding() -> frozenset[str]:
    """Stems of words that only say how much: bounds, written numbers, "not", "long", "small"."""
    found = data()
    words = [word for bound in found["bounds"].values() for phrase in bound for word in plain(phrase)]
    words += [*found["numerals"], *found["negators"], *found["sizes"]]
    return frozenset(stem(word) for word in words) | frozenset(one for word in words for one in terms(word))


def measured(text: str, quantity: Quantity) -> frozenset[str]:
    """Stems of what a number is said of: of its part of the sentence, empty where that says nothing else."""
    return _saying(around(text, quantity), quantity)


def measured_anywhere(text: str, quantity: Quantity) -> frozenset[str]:
    """Stems of all that a sentence with a number says."""
    return _saying(straight(text), quantity)


@lru_cache(maxsize=16384)
def around(text: str, quantity: Quantity) -> str:
    """The part of a sentence, between marks, that a number stands in."""
    line, start = straight(text), 0
    for one in _PARTS.finditer(line):
        if one.start() > quantity.start:
            return line[start : one.start()]
        start = one.end()
    return line[start:]


@lru_cache(maxsize=16384)
def _saying(text: str, quantity: Quantity) -> frozenset[str]:
    counted = frozenset({*terms(quantity.words), quantity.unit}) if quantity.unit in EVERYWHERE else frozenset[str]()
    said = frozenset(
        word for word in terms(_COMPOUND.sub(" ", text.replace(quantity.words, " "))) if not word[0].isdigit()
    )
    return said - bounding() - counted


def kinds(text: str, quantity: Quantity, common: frozenset[str]) -> frozenset[str]:
    """Stems of what stands right before words that two limits share: of which kind the thing is that is limited."""
    words = plain(around(text, quantity) if measured(text, quantity) else straight(text))
    leading = (words[at - 1] for at, word in enumerate(words) if at and common & {*terms(word)})
    return frozenset(word for one in leading if not is_verb(one) for word in terms(one)) - bounding() - common


def stated(source: Source) -> frozenset[tuple[str, float]]:
    """Unit and value of all that a page counts."""
    return _stated(tuple(one.text for one in source.sentences))


@lru_cache(maxsize=4096)
def _stated(sentences: tuple[str, ...]) -> frozenset[tuple[str, float]]:
    return frozenset((one.unit, one.value) for text in sentences for one in quantities(text) if one.unit)
