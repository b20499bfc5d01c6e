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
