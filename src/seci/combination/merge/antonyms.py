"""Whether two words exclude each other: by a list of our own, by antonyms of Open English WordNet, or by a beginning
such as un- or non-.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from seci.combination.merge.words import stem

# Tables of `antonyms.toml`, the surest first; what a table says of two words stands against later ones.
OWN: tuple[str, ...] = ("polar", "beside")
TABLES = (*OWN, "general_verbs", "general")


@cache
def _table() -> tuple[dict[str, dict[str, str]], tuple[str, ...], tuple[tuple[str, str], ...]]:
    data = tomllib.loads((Path(__file__).parent / "antonyms.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = {}
    for kind in TABLES:
        for one, other in (line.split(":") for line in data[kind].split()):
            for left, right in product(map(stem, one.split("/")), map(stem, other.split("/"))):
                found.setdefault(left, {}).setdefault(right, kind)
                found.setdefault(right, {}).setdefault(left, kind)
    return found, tuple(data["beginnings"]), tuple((one, other) for one, other in data["ends"])


def stems_opposite(words: Iterable[str]) -> frozenset[str]:
    """Stems of listed opposites of some verbs; those that WordNet lists of other words are left out."""
    listed = ((other, kind) for word in words for other, kind in _table()[0].get(stem(word), {}).items())
    return frozenset(other for other, kind in listed if kind != "general")


def bare(word: str) -> str:
    """A word without a beginning that turns it round, if it has one: "disagree" -> "agree"."""
    start = next((one for one in _table()[1] if word.startswith(one) and len(word) - len(one) >= 4), "")
    return word[len(start) :]


@lru_cache(maxsize=65536)
def opposite(one: str, other: str, polar: bool = False) -> bool:
    """Whether two words exclude each other; their endings do not matter.

    polar  whether only those count that cannot both be followed ("single", "double"), not mere counterparts ("author",
           "reviewer")
    """
    table, beginnings, ends = _table()
    left, right = stem(one), stem(other)
    if left == right:
        return False
    listed = table.get(left, {}).get(right)
    if listed is not None:
        return listed == "polar" or not polar
    if polar:
        return False
    if any(left == stem(start + other) or right == stem(start + one) for start in beginnings):
        return min(len(left), len(right)) >= 3
    both = {left, right}
    return any(both == {stem(one[: -len(a)] + a), stem(one[: -len(a)] + b)} for a, b in ends if one.endswith(a))
