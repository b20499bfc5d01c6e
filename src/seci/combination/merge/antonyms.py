"""Whether two words exclude each other: by a list of our own, or by a beginning such as un- or non-."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from seci.combination.merge.words import stem


@cache
def _table() -> tuple[dict[str, frozenset[str]], tuple[str, ...], tuple[tuple[str, str], ...]]:
    data = tomllib.loads((Path(__file__).parent / "antonyms.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for line in data["general"].split():
        one, other = ([stem(word) for word in side.split("/")] for side in line.split(":"))
        for left in one:
            for right in other:
                found.setdefault(left, set()).add(right)
                found.setdefault(right, set()).add(left)
    whole = {word: frozenset(others) for word, others in found.items()}
    return whole, tuple(data["beginnings"]), tuple((one, other) for one, other in data["ends"])


@lru_cache(maxsize=65536)
def opposite(one: str, other: str) -> bool:
    """Whether two words exclude each other; their endings do not matter."""
    table, beginnings, ends = _table()
    left, right = stem(one), stem(other)
    if left == right:
        return False
    if right in table.get(left, ()):
        return True
    if any(left == stem(start + other) or right == stem(start + one) for start in beginnings):
        return min(len(left), len(right)) >= 3
    return any(
        {left, right} == {stem(one[: -len(a)] + a), stem(one[: -len(a)] + b)} for a, b in ends if one.endswith(a)
    )
