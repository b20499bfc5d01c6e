"""The percentile bootstrap (Efron 1979) that the figures of a team and of combination share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from seci.kit.ids import seeded

T = TypeVar("T")

LEVEL = 0.8
DRAWS = 1000


def interval(units: Sequence[T], of: Callable[[Sequence[T]], float | None]) -> tuple[float, float]:
    """The ends of the interval over units drawn with replacement; the same for the same units on every machine.

    of   the figure of a sample; None where it has none, which then does not count
    """
    draw = seeded("team", len(units))
    found = [of(draw.choices(units, k=len(units))) for _ in range(DRAWS)]
    kept = sorted(value for value in found if value is not None)
    edge = (1 - LEVEL) / 2
    return kept[int(edge * len(kept))], kept[min(len(kept) - 1, int((1 - edge) * len(kept)))]
