"""The space that the cases of a decision span: how far apart two are, and whether a made-up one could be real.

Distance is Gower's (1971, "A general coefficient of similarity and some of its properties"): per attribute the
difference over the observed range, or 0 and 1 for categories; the mean over the attributes known in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

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
    joint   what always held of them
    """

    attributes: tuple[Attribute, ...]
    table: Floats
    spans: Floats
    usual: float
    joint: Joint

    @classmethod
    def of(cls, cases: Sequence[Case], attributes: Sequence[Attribute]) -> Space:
        """The space of these cases. Categories are given the levels seen where none are declared."""
        filled = tuple(_with_levels(attribute, cases) for attribute in attributes)
        rows = [[place(case.values.get(one.key), one) for one in filled] for case in cases]
        table = np.array(rows, float).reshape(len(cases), len(filled))
        highest = np.max(table, axis=0, initial=-np.inf, where=~np.isnan(table))
        lowest = np.min(table, axis=0, initial=np.inf, where=~np.isnan(table))
        spans = np.where(highest > lowest, highest - lowest, 1.0)
        draft = cls(filled, table, spans, 1.0, Joint.of(filled, table))
        return replace(draft, usual=draft._usual())

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
    row, joint = space.row(values), space.joint
    outside = np.flatnonzero((row < joint.low) | (row > joint.high))
    if len(outside):
        return f"{space.attributes[outside[0]].name} lies outside anything seen"
    broken = np.argwhere(joint.orders & (row[:, None] > row[None, :]))
    if len(broken):
        less, more = (space.attributes[at].name for at in broken[0])
        return f"{less} never lies above {more}"
    for at in np.flatnonzero(~np.isnan(row)):
        within = joint.levels.get((int(at), float(row[at])))
        strange = within.strange(row) if within else None
        if strange is not None:
            return _unseen(space, row, int(at), strange)
    if len(space.table) >= ENOUGH and space.away(row).min() > REACH * space.usual:
        return "it lies far from every real case"
    return ""


def _unseen(space: Space, row: Floats, at: int, other: int) -> str:
    first, second = space.attributes[at], space.attributes[other]
    if second.type == "number":
        return f"{second.name} never lies there where {first.name} is {_level(row[at], first)}"
    return f"{first.name} {_level(row[at], first)} never goes with {second.name} {_level(row[other], second)}"


def _level(at: float, attribute: Attribute) -> str:
    return ("no", "yes")[int(at)] if attribute.type == "boolean" else attribute.levels[int(at)]


@dataclass(frozen=True, slots=True)
class Within:
    """What was seen in the cases of one level of a category: ranges of numbers, and levels of other categories that
    were never seen although they are common enough that chance does not keep them away."""

    low: Floats
    high: Floats
    never: frozenset[tuple[int, float]]

    def strange(self, row: Floats) -> int | None:
        """The first attribute whose value does not go with the level."""
        out = np.flatnonzero((row < self.low) | (row > self.high))
        if len(out):
            return int(out[0])
        return next((at for at, level in self.never if row[at] == level), None)


@dataclass(frozen=True, slots=True)
class Joint:
    """What always held of the cases: ranges, orders between numbers of one unit, and what goes with each level.

    orders  `[i, j]` where i never lies above j
    """

    low: Floats
    high: Floats
    orders: NDArray[np.bool_]
    levels: Mapping[tuple[int, float], Within]

    @classmethod
    def of(cls, attributes: Sequence[Attribute], table: Floats) -> Joint:
        low, high = _range(table)
        numbers = [at for at, one in enumerate(attributes) if one.type == "number"]
        orders = np.zeros((len(attributes), len(attributes)), bool)
        for one, two in permutations(numbers, 2):
            if attributes[one].unit == attributes[two].unit:
                orders[one, two] = _never_above(table[:, one], table[:, two])
        others = [at for at, one in enumerate(attributes) if one.type != "number"]
        levels = {
            (at, float(level)): _within(table, table[:, at] == level, numbers, [one for one in others if one > at])
            for at in others
            for level in np.unique(table[:, at][~np.isnan(table[:, at])])
        }
        return cls(low, high, orders, levels)


def _range(table: Floats) -> tuple[Floats, Floats]:
    """Lowest and highest per column; infinite where nothing is known, so that nothing lies outside."""
    known = ~np.isnan(table)
    low = np.where(known.any(axis=0), np.min(table, axis=0, initial=np.inf, where=known), -np.inf)
    high = np.where(known.any(axis=0), np.max(table, axis=0, initial=-np.inf, where=known), np.inf)
    return low, high


def _never_above(less: Floats, more: Floats) -> bool:
    """Whether one number never lies above another. An order is one only where the ranges overlap; else it says
    nothing that the ranges do not."""
    both = ~np.isnan(less) & ~np.isnan(more)
    if both.sum() < ENOUGH:
        return False
    less, more = less[both], more[both]
    return bool(more.min() <= less.max() and np.all(less <= more))


def _within(table: Floats, alike: NDArray[np.bool_], numbers: Sequence[int], others: Sequence[int]) -> Within:
    part = table[alike]
    low, high = np.full(table.shape[1], -np.inf), np.full(table.shape[1], np.inf)
    ends = _range(part)
    enough = (~np.isnan(part)).sum(axis=0) >= ENOUGH
    for at in numbers:
        if enough[at]:
            low[at], high[at] = ends[0][at], ends[1][at]
    never = set()
    for at in others:
        seen = part[:, at][~np.isnan(part[:, at])]
        for level in np.unique(table[:, at][~np.isnan(table[:, at])]):
            share = np.mean(table[:, at] == level)
            if len(seen) >= ENOUGH and share * len(seen) >= 4 and not np.any(seen == level):
                never.add((at, float(level)))
    return Within(low, high, frozenset(never))
