"""Judged cases as a table of numbers, and every condition that could tell some of them from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
import numpy.typing as npt

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LARGEST = 1e100
"""Beyond it squares overflow; nobody means such a number."""

UP_TO, ABOVE, IS, IS_NOT, ALWAYS, NEVER = range(6)


@dataclass(frozen=True, slots=True)
class Coding:
    """How the values of cases become numbers: numbers as they are, levels by their place; nan is not known."""

    attributes: tuple[Attribute, ...]
    levels: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, attributes: Sequence[Attribute], cases: Sequence[Case]) -> Coding:
        return cls(tuple(attributes), tuple(_levels(one, cases) for one in attributes))

    def table(self, cases: Sequence[Case]) -> Floats:
        """cases × attributes."""
        found = np.full((len(cases), len(self.attributes)), np.nan)
        for j, (attribute, levels) in enumerate(zip(self.attributes, self.levels, strict=True)):
            if attribute.type == "number" and (plain := _column(cases, attribute.key)) is not None:
                found[:, j] = plain
                continue
            places = {level: float(n) for n, level in enumerate(levels)}
            for n, case in enumerate(cases):
                value = case.values.get(attribute.key)
                if value is None or value == "":
                    continue
                found[n, j] = _number(value) if attribute.type == "number" else places.get(value, -1.0)
        bounded: Floats = np.clip(found, -LARGEST, LARGEST)
        return bounded

    def is_scale(self, attribute: int) -> bool:
        """Whether more and less mean something: numbers, and ordinal scales whose levels are known."""
        one = self.attributes[attribute]
        return one.type == "number" or (one.type == "ordinal" and bool(one.levels))

    def condition(self, attribute: int, kind: int, value: float) -> Condition:
        one, levels = self.attributes[attribute], self.levels[attribute]
        if one.type == "number":
            return Condition(one.key, "<=" if kind == UP_TO else ">", value)
        if kind in (IS, IS_NOT):
            return Condition(one.key, "is" if kind == IS else "is not", levels[int(value)])
        at = floor(value) + 1
        chosen = levels[:at] if kind == UP_TO else levels[at:]
        return Condition(one.key, "in", tuple(str(level) for level in chosen))


def _column(cases: Sequence[Case], key: str) -> Floats | None:
    """The numbers of one attribute; None where something else stands among them."""
    try:
        column = np.array([case.values.get(key) for case in cases], dtype=float)
    except (TypeError, ValueError):
        return None
    column[~np.isfinite(column)] = np.nan
    return column


def _number(value: Value) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")
    return number if isfinite(number) else float("nan")


def _levels(attribute: Attribute, cases: Sequence[Case]) -> tuple[Value, ...]:
    if attribute.type == "number":
        return ()
    if attribute.type == "boolean":
        return (False, True)
    seen = (case.values.get(attribute.key) for case in cases)
    return tuple(dict.fromkeys([*attribute.levels, *(value for value in seen if value not in (None, ""))]))


@dataclass(frozen=True, slots=True)
class Grid:
    """Conditions on judged cases, in columns; the last two are "always" and "never".

    attribute  -1 for always and never
    low, high  for a scale: the two neighboring judged values between which the condition turns; else the level
    holds      conditions × cases; False where the value is not known
    doubt      log prior of each condition, given that there is one
    """

    attribute: Ints
    kind: Ints
    low: Floats
    high: Floats
    holds: npt.NDArray[np.float32]
    doubt: Floats

    @property
    def always(self) -> int:
        return len(self.kind) - 2

    @property
    def never(self) -> int:
        return len(self.kind) - 1


def grid(coding: Coding, table: Floats, favor: Floats, most: Sequence[int]) -> Grid:
    """The conditions that part the judged cases.

    favor  log prior of each attribute
    most   how many turning points of each attribute are tried at the most
    """
    parts: list[tuple[int, int, float, float, float]] = []
    for j in range(table.shape[1]):
        seen = np.unique(table[:, j][~np.isnan(table[:, j])])
        if len(seen) < 2 or not most[j]:
            continue
        if coding.is_scale(j):
            gaps = np.unique(np.linspace(0, len(seen) - 2, min(most[j], len(seen) - 1)).round().astype(int))
            own = favor[j] - np.log(2 * len(gaps))
            for kind in (UP_TO, ABOVE):
                parts += [(j, kind, float(seen[g]), float(seen[g + 1]), own) for g in gaps]
        else:
            kinds = (IS,) if len(seen) == 2 else (IS, IS_NOT)
            own = favor[j] - np.log(len(kinds) * len(seen))
            parts += [(j, kind, float(level), float(level), own) for kind in kinds for level in seen]
    parts += [(-1, ALWAYS, 0.0, 0.0, 0.0), (-1, NEVER, 0.0, 0.0, 0.0)]
    columns = list(zip(*parts, strict=True))
    attribute, kind_of = np.array(columns[0]), np.array(columns[1])
    low, high = np.array(columns[2]), np.array(columns[3])
    held = fires(table, attribute, kind_of, (low + high) / 2)
    return Grid(attribute, kind_of, low, high, held.astype(np.float32), np.array(columns[4]))


def fires(table: Floats, attribute: Ints, kind: Ints, value: Floats) -> Bools:
    """conditions × cases: whether each condition holds of each case; what is not known does not hold."""
    x = table[:, np.maximum(attribute, 0)].T
    k, v = kind[:, None], value[:, None]
    found = np.where(k == UP_TO, x <= v, np.where(k == ABOVE, x > v, np.where(k == IS, x == v, x != v)))
    known = ~np.isnan(x)
    result: Bools = np.where(k == ALWAYS, True, np.where(k == NEVER, False, found & known))
    return result


def round_between(low: float, high: float) -> float:
    """The number with the fewest digits in the middle half between two, and the nearest to their middle of those."""
    middle, reach = (low + high) / 2, (high - low) / 4
    if not reach > 0:
        return middle
    for digits in range(-floor(log10(reach)) - 1, 16):
        rounded = round(middle, digits)
        if abs(rounded - middle) <= reach and low <= rounded < high:
            return float(rounded)
    return middle
