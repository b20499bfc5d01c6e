"""Several rankings as one: reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

K = 60
DEPTH = 100

Thing = TypeVar("Thing", bound=Hashable)


def fused(
    rankings: Iterable[tuple[float, Sequence[Thing]]], *, k: int = K, depth: int = DEPTH
) -> list[tuple[Thing, float]]:
    """Best first, with the sum of weight / (k + rank) over the (weight, ranking) pairs; ranks count from 1 and what
    stands below `depth` does not count. Equal sums keep the order in which things were met."""
    total: dict[Thing, float] = {}
    for weight, ranking in rankings:
        for rank, thing in enumerate(ranking[:depth], 1):
            total[thing] = total.get(thing, 0.0) + weight / (k + rank)
    return sorted(total.items(), key=lambda one: -one[1])
