"""Amounts that fade: how much each person has of each key, halved every half-life.

Kept as amount · 2^((t − start) / half-life), so that adding is one addition and nothing is touched as time goes by;
reading at T multiplies by 2^(−(T − start) / half-life).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable

from seci.kit.clock import DAY, Micros

_HIGHEST = 512.0
"""Doublings before the numbers are brought down again; a double would overflow at 1,024."""


class Fading:
    """One clock for several tallies.

    half_life  days after which an amount counts half
    """

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life
        self._start: Micros | None = None
        self._tallies: list[Tally] = []

    def tally(self) -> Tally:
        new = Tally()
        self._tallies.append(new)
        return new

    def growth(self, at: Micros) -> float:
        """What an amount of 1 at `at` is stored as. Instants may come in any order."""
        if self._start is None:
            self._start = at
        doublings = self._doublings(at)
        if doublings > _HIGHEST:
            for tally in self._tallies:
                tally.scale(math.exp2(-doublings) if doublings < 1000 else 0.0)
            self._start = at
            doublings = 0.0
        return math.exp2(max(doublings, -1000.0))

    def left(self, at: Micros) -> float:
        """What a stored amount of 1 is worth at `at`."""
        return math.exp2(-max(min(self._doublings(at), 1000.0), -1000.0))

    def _doublings(self, at: Micros) -> float:
        return 0.0 if self._start is None else (at - self._start) / (DAY * self.half_life)


class Tally:
    """Stored amounts by key and person, and their total by key. Made by `Fading.tally`."""

    __slots__ = ("_rows", "_totals")

    def __init__(self) -> None:
        self._rows: dict[Hashable, dict[int, float]] = {}
        self._totals: dict[Hashable, float] = {}

    def add(self, key: Hashable, people: Iterable[int], amount: float) -> None:
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = {}
        for person in people:
            row[person] = row.get(person, 0.0) + amount
            self._totals[key] = self._totals.get(key, 0.0) + amount

    def row(self, key: Hashable) -> dict[int, float]:
        """Stored amount of each person; empty for a key never seen."""
        return self._rows.get(key, {})

    def total(self, key: Hashable) -> float:
        return self._totals.get(key, 0.0)

    def scale(self, factor: float) -> None:
        for row in self._rows.values():
            for person in row:
                row[person] *= factor
        for key in self._totals:
            self._totals[key] *= factor
