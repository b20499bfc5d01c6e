"""How strongly a sentence binds: must, should, may, or an order without such a word."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from seci.combination.merge.lexicon import any_of, data, straight

Modality = Literal["must", "should", "may"]


WEAKEST_FIRST: tuple[Modality, ...] = ("may", "should", "must")


@cache
def _pattern(name: Modality) -> re.Pattern[str]:
    return any_of(data()["modality"][name])


@lru_cache(maxsize=16384)
def modalities(text: str) -> frozenset[Modality]:
    """All that its words say. A phrase counts once: "not required" is may, not must."""
    line, found = straight(text), set[Modality]()
    for name in WEAKEST_FIRST:
        pattern = _pattern(name)
        if pattern.search(line):
            found.add(name)
            line = pattern.sub(" ", line)
    return frozenset(found)


_MAY = r"(?:may|might|can|could)\b(?!\s+be\s+\w+(?:ed|en|de|ne)\b)"
_ALLOWED = re.compile(
    r"\b(?:you|we|they|one|teams?|developers?|engineers?|programmers?|authors?|reviewers?|contributors?|people|anyone|"
    r"everyone|everybody|users?|members?)\s+(?:also\s+|then\s+|always\s+)?" + _MAY,
    re.IGNORECASE,
)
_POSSIBLE = re.compile(rf"\b{_MAY}", re.IGNORECASE)
_BINDING = re.compile(r"\b(?:must|shall|should|ought to|ha(?:s|ve) to|needs? to)\b", re.IGNORECASE)


def is_possible(clause: str) -> bool:
    """Whether a clause tells what may come about ("a page may be slow"), not what somebody may do."""
    return bool(_POSSIBLE.search(clause)) and not _ALLOWED.search(clause) and not _BINDING.search(clause)


def leaves_open(text: str) -> bool:
    """Whether a text allows something, rather than tells what may come about."""
    return "may" in modalities(text) and not is_possible(straight(text))
