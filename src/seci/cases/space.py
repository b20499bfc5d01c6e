"""The space that the cases of a decision span: how far apart two are, and whether a made-up one could be real.

Distance is Gower's (1971, "A general coefficient of similarity and some of its properties"): per attribute the
difference over the observed range, or 0 and 1 for categories; the mean over the attributes known in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from seci.cases.attribute import Attribute, Value, Values
from seci.cases.case import Case

Floats = NDArray[np.float64]
# Pairs of levels and orders of numbers are believed from this many cases on.
ENOUGH = 12
# A made-up case may lie this many times farther from its nearest neighbor than real ones usually do.
REACH = 1.5


def place(value: Value, attribute: Attribute) -> float:
    """A value as a number: itself, its rank on a scale, 0 or 1; NaN for what is not known or no value of the type."""
    if value is None:
        return np.nan
    if attribute.type in ("category", "ordinal"):
        return float(attribute.levels.index(value)) if value in attribute.levels else np.nan
    if isinstance(value, str):
        return np.nan
    return float(value)


@dataclass(frozen=True, slots=True)
class Space:
    """The cases as numbers.

    table   cases × attributes; NaN where not known
    spans   per attribute: largest minus smallest, 1 where all are alike
    usual   distance to the nearest other case that 95 of 100 cases stay within
    """

    attributes: tuple[Attribute, ...]
    table: Floats
    spans: Floats
    usual: float

    @classmethod
    def of(cls, cases: Sequence[Case], attributes: Sequence[Attribute]) -> Space:
        """The space of these cases. Categories are given the levels seen where none are declared."""
        filled = tuple(_with_levels(attribute, cases) for attribute in attributes)
        rows = [[place(case.values.get(one.key), one) for one in filled] for case in cases]
        table = np.array(rows, float).reshape(len(cases), len(filled))
        highest = np.max(table, axis=0, initial=-np.inf, where=~np.isnan(table))
        lowest = np.min(table, axis=0, initial=np.inf, where=~np.isnan(table))
        spans = np.where(highest > lowest, highest - lowest, 1.0)
        draft = cls(filled, table, spans, 1.0)
        return cls(filled, table, spans, draft._usual())

    def _usual(self) -> float:
        """Over at most 400 cases, evenly taken: enough for a percentile, and quick for large banks."""
        if len(self.table) < 2:
            return 1.0
        found = []
        for at in np.unique(np.linspace(0, len(self.table) - 1, 400).astype(int)):
            away = self.away(self.table[at])
            away[at] = np.inf
            found.append(away.min())
        return float(np.quantile(found, 0.95))

    def row(self, values: Values) -> Floats:
        return np.array([place(values.get(one.key), one) for one in self.attributes], float)

    def away(self, row: Floats) -> Floats:
        """Distance 0..1 of a case to every case; 1 to those with which it shares no known attribute."""
        gaps = np.abs(self.table - row) / self.spans
        nominal = np.array([one.type == "category" for one in self.attributes], bool)
        gaps = np.where(nominal & (gaps > 0), 1.0, gaps)
        seen = ~np.isnan(gaps)
        counts = seen.sum(axis=1)
        sums = np.where(seen, gaps, 0.0).sum(axis=1)
        result: Floats = np.where(counts > 0, sums / np.maximum(counts, 1), 1.0)
        return result


def distance(one: Values, two: Values, attributes: Sequence[Attribute]) -> float:
    """Gower distance 0..1 of two cases, by the declared range of numbers (their own difference where none is)."""
    gaps = []
    for attribute in attributes:
        a, b = place(one.get(attribute.key), attribute), place(two.get(attribute.key), attribute)
        if np.isnan(a) or np.isnan(b):
            continue
        span = _declared(attribute)
        gap = abs(a - b)
        gaps.append(float(gap > 0) if attribute.type == "category" or not span else min(1.0, gap / span))
    return float(np.mean(gaps)) if gaps else 1.0


def _declared(attribute: Attribute) -> float:
    if attribute.type == "ordinal":
        return len(attribute.levels) - 1.0
    if attribute.type == "number" and attribute.low is not None and attribute.high is not None:
        return attribute.high - attribute.low
    return 0.0


def _with_levels(attribute: Attribute, cases: Sequence[Case]) -> Attribute:
    if attribute.type not in ("category", "ordinal") or attribute.levels:
        return attribute
    seen = dict.fromkeys(str(case.values[attribute.key]) for case in cases if case.values.get(attribute.key))
    return Attribute(attribute.key, attribute.name, attribute.type, levels=tuple(sorted(seen)))


def implausible(values: Values, space: Space) -> str:
    """Why a case could hardly be real, in one clause; empty when nothing speaks against it.

    Looked at: the range of each number, alone and within each level of a category it goes with; levels never seen
    together; orders that always held ("first alert ≤ last alert"); and how far the nearest real case is.
    """
    row = space.row(values)
    for at, attribute in enumerate(space.attributes):
        seen = space.table[:, at][~np.isnan(space.table[:, at])]
        if len(seen) and not np.isnan(row[at]) and not seen.min() <= row[at] <= seen.max():
            return f"{attribute.name} lies outside anything seen"
    for one, two in combinations(np.flatnonzero(~np.isnan(row)), 2):
        if reason := _unseen_pair(row, space, int(one), int(two)):
            return reason
    if len(space.table) >= ENOUGH and space.away(row).min() > REACH * space.usual:
        return "it lies far from every real case"
    return ""


def _unseen_pair(row: Floats, space: Space, one: int, two: int) -> str:
    first, second = space.attributes[one], space.attributes[two]
    if first.type == "number" and second.type == "number":
        return _order(row, space, one, two) if first.unit == second.unit else ""
    if first.type == "number":
        one, two, first, second = two, one, second, first
    alike = space.table[:, one] == row[one]
    with_level = space.table[alike, two]
    with_level = with_level[~np.isnan(with_level)]
    if len(with_level) < ENOUGH:
        return ""
    if second.type == "number":
        if with_level.min() <= row[two] <= with_level.max():
            return ""
        return f"{second.name} never lies there where {first.name} is {_level(row[one], first)}"
    # Only where the level is common enough that chance does not keep it away.
    share = np.mean(space.table[:, two] == row[two])
    if np.any(with_level == row[two]) or share * len(with_level) < 4:
        return ""
    return f"{first.name} {_level(row[one], first)} never goes with {second.name} {_level(row[two], second)}"


def _order(row: Floats, space: Space, one: int, two: int) -> str:
    both = space.table[:, [one, two]]
    both = both[~np.isnan(both).any(axis=1)]
    if len(both) < ENOUGH:
        return ""
    for less, more in ((one, two), (two, one)):
        gap = both[:, 1] - both[:, 0] if less == one else both[:, 0] - both[:, 1]
        # An order is one only where the ranges overlap; else it says nothing that the ranges do not.
        overlap = both.min(axis=0).max() <= both.max(axis=0).min()
        if overlap and gap.min() >= 0 and row[less] > row[more]:
            return f"{space.attributes[less].name} never lies above {space.attributes[more].name}"
    return ""


def _level(at: float, attribute: Attribute) -> str:
    return ("no", "yes")[int(at)] if attribute.type == "boolean" else attribute.levels[int(at)]
