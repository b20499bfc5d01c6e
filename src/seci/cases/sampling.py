"""Cases where there are none at hand: drawn over the ranges and levels that the expert named."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random  # allow clock: only its type; the source comes from the kit

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.kit.ids import seeded


def sample(attributes: Sequence[Attribute], count: int, *, seed: object) -> list[Case]:
    """Up to `count` different synthetic cases, spread evenly over each attribute by itself (Latin hypercube; McKay,
    Beckman and Conover 1979); the same for the same seed. Attributes without range or levels are left out."""
    columns: dict[str, list[Value]] = {}
    for attribute in attributes:
        draw = seeded("sample", seed, attribute.key)
        if values := _column(attribute, count, draw):
            columns[attribute.key] = values
    if not columns:
        return []
    found: list[Case] = []
    seen: set[tuple[Value, ...]] = set()
    for n, row in enumerate(zip(*columns.values(), strict=True)):
        if row not in seen:
            seen.add(row)
            found.append(Case(f"s{n + 1}", dict(zip(columns, row, strict=True)), "synthetic"))
    return found


def _column(attribute: Attribute, count: int, draw: Random) -> list[Value]:
    if attribute.type == "number":
        if attribute.low is None or attribute.high is None or attribute.low >= attribute.high:
            return []
        found: list[Value] = [_number(attribute.low, attribute.high, (n + draw.random()) / count) for n in range(count)]
    elif attribute.type == "boolean":
        found = [bool(n % 2) for n in range(count)]
    else:
        found = [attribute.levels[n % len(attribute.levels)] for n in range(count)] if attribute.levels else []
    draw.shuffle(found)
    return found


def _number(low: float, high: float, share: float) -> float:
    """Written as people write: with about three digits over the range, whole where the range is wide."""
    span = high - low
    places = 0 if span >= 50 and float(low).is_integer() else 1 if span >= 5 else 2 if span >= 0.5 else 4
    return round(low + span * share, places)
