"""Attributes from words: what they are called, and which values they take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from seci.cases.attribute import Attribute, AttributeType
from seci.cases.case import Case
from seci.externalization.understanding.quantities import quantities
from seci.externalization.understanding.wording import has_words, key_of, listed

MOST_ATTRIBUTES = 40
_YES_NO = re.compile(
    r"\b(?:yes\b.*\bno|no\b.*\byes|true\b.*\bfalse|either way|yes or no|y/n)\b|^\s*(?:yes|no)\W*$", re.I
)
_ASKS_YES_NO = re.compile(r"^\s*(?:whether|if|is|has|did|was|are|does)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(?:how (?:many|much|old|long|big|large|often)|number|count|share|rate|ratio|percent(?:age)?|size|age|length|"
    r"days|hours|minutes|rows|lines|amount|score|latency|cost|price)\b|%",
    re.IGNORECASE,
)
_TALK = re.compile(r"\b(?:i|we|you|they|he|she|would|should|them|it)\b", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"^\s*([^\W\d_][\w/]{0,18})")
_NO_UNIT = {"to", "and", "or", "up", "in", "at", "of", "the", "is", "more", "less", "but", "from", "with", "on"}
_SCALES = (
    ("none", "very low", "low", "medium", "moderate", "middle", "high", "very high", "extreme"),
    ("tiny", "small", "medium", "large", "big", "huge"),
    ("never", "rarely", "seldom", "sometimes", "often", "usually", "always"),
    ("bad", "poor", "weak", "fair", "ok", "good", "strong", "excellent"),
    ("new", "recent", "old", "very old"),
    ("minor", "major", "critical"),
    ("easy", "medium", "hard"),
    ("slow", "medium", "fast"),
    ("short", "medium", "long"),
)


def named(said: str, known: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """The attributes that an answer names and that were not known, in its order; their values are asked for later.
    What is a sentence is no name."""
    keys = {one.key for one in known}
    names = {one.name.casefold() for one in known}
    found = []
    for name in listed(said):
        key = key_of(name)
        if (
            len(name.split()) > 6
            or _TALK.search(name)
            or key in keys
            or name.casefold() in names
            or len(keys) >= MOST_ATTRIBUTES
        ):
            continue
        keys.add(key)
        found.append(Attribute(key, name, _guess(name, said)))
    return tuple(found)


def _guess(name: str, said: str) -> AttributeType:
    at = said.casefold().find(name.casefold())
    before = said[max(0, at - 12) : at]
    if _ASKS_YES_NO.match(name) or re.search(r"\b(?:whether|if)\s+(?:the\s+|it\s+|a\s+)?$", before, re.IGNORECASE):
        return "boolean"
    return "number" if _COUNTS.search(f"{before[-9:]} {name}") else "category"


def valued(attribute: Attribute, said: str) -> Attribute:
    """The attribute with the values that the answer gives it; unchanged where it gives none."""
    numbers = quantities(said)
    if _YES_NO.search(said):
        return replace(attribute, type="boolean", levels=(), low=None, high=None)
    if len(numbers) >= 2 or (numbers and re.search(r"\b(?:up to|at most|max(?:imum)?|to)\b", said, re.IGNORECASE)):
        values = [one.value for one in numbers[:2]]
        low, high = (min(values), max(values)) if len(values) == 2 else (min(0.0, values[0]), max(0.0, values[0]))
        return replace(attribute, type="number", unit=_unit(said, attribute), low=low, high=high, levels=())
    if len(levels := listed(said)) >= 2:
        scale = _in_order(levels)
        return replace(attribute, type="ordinal" if scale else "category", levels=scale or tuple(levels[:20]))
    return attribute


def _unit(said: str, attribute: Attribute) -> str:
    for one in reversed(quantities(said)):
        if one.unit:
            return one.unit
        after = _UNIT_AFTER.match(said[one.end :])
        if after and after.group(1).lower() not in _NO_UNIT:
            return after.group(1)
    return attribute.unit


def _in_order(levels: Sequence[str]) -> tuple[str, ...]:
    """The levels from low to high where all of them are of one known scale, else nothing."""
    for scale in _SCALES:
        if all(level.casefold() in scale for level in levels):
            return tuple(sorted(levels, key=lambda level: scale.index(level.casefold())))
    return ()


def measured(attribute: Attribute, said: str) -> Attribute:
    return replace(attribute, how_measured=" ".join(said.split())[:300]) if has_words(said) else attribute


def is_described(attribute: Attribute, pool: Sequence[Case] = ()) -> bool:
    """Whether cases can have a value of it: the kinds or the range are known, or cases at hand have values."""
    if attribute.type == "boolean" or len(attribute.levels) >= 2:
        return True
    if attribute.low is not None and attribute.high is not None and attribute.low < attribute.high:
        return True
    return any(case.values.get(attribute.key) is not None for case in pool)
