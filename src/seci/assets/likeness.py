"""Assets that may be one: alike in name, or at the same place of two sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

_WORDS = re.compile(r"[a-z0-9]+")
# Words that proposals carry without meaning the same thing.
_SILENT = frozenset({"other", "parts", "and", "the", "of", "src", "lib"})
LEAST = 0.6
CROWD = 30
"""A word in more names than this tells nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """What is compared: the name, and the places (folders relative to their source) of an asset."""

    id: int
    name: str
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two assets that may be one; `likeness` is 0 to 1, `reason` one sentence."""

    one: int
    two: int
    likeness: float
    reason: str


def duplicates(assets: Iterable[Named], *, least: float = LEAST) -> list[Alike]:
    """Pairs that may be one asset, most alike first. The order of the assets does not matter."""
    known = {asset.id: asset for asset in assets}
    words = {id_: _words(asset.name) for id_, asset in known.items()}
    found = []
    for one, two in sorted(_candidates(known, words)):
        named = _overlap(words[one], words[two])
        placed = _overlap(known[one].places, known[two].places)
        if max(named, placed) >= least:
            found.append(Alike(one, two, max(named, placed), _reason(known[one], known[two], named, placed)))
    return sorted(found, key=lambda alike: (-alike.likeness, alike.one, alike.two))


def _candidates(known: dict[int, Named], words: dict[int, frozenset[str]]) -> set[tuple[int, int]]:
    sharing: dict[str, list[int]] = defaultdict(list)
    for id_ in sorted(known):
        for word in words[id_]:
            sharing[word].append(id_)
        for place in known[id_].places:
            sharing[f"/{place}"].append(id_)
    return {pair for ids in sharing.values() if len(ids) <= CROWD for pair in combinations(ids, 2)}


def _words(name: str) -> frozenset[str]:
    words = _WORDS.findall(name.lower())
    # A plural is the same word.
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in words if word not in _SILENT)


def _overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """Jaccard's coefficient: what both have of what either has."""
    return len(one & two) / len(one | two) if one and two else 0.0


def _reason(one: Named, two: Named, named: float, placed: float) -> str:
    if placed >= named:
        shared: Sequence[str] = sorted(one.places & two.places)
        return f"Both lie at {shared[0]} of their source."
    return f"Their names share {named:.0%} of their words: {one.name}; {two.name}.".replace("%", " %")
