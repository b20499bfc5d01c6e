"""Cases made from real ones: plausible neighbors, and cases midway between two for what-if questions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random  # allow clock: the type of what kit.ids.seeded gives

import numpy as np

from seci.cases.attribute import Attribute, Value, Values
from seci.cases.case import Case, Source
from seci.cases.space import Space, implausible, place
from seci.kit.ids import seeded

NEAREST = 5
TRIES = 12


def neighbors(cases: Sequence[Case], attributes: Sequence[Attribute], count: int, *, seed: object) -> list[Case]:
    """Up to `count` plausible synthetic cases near real ones; the same for the same seed, fewer where none are found.

    Each takes a real case and one of its nearest neighbors: numbers come from between the two, levels from either
    (SMOTE-NC, Chawla et al. 2002). What `space.implausible` objects to is thrown away, and so is what exists already.
    """
    real = [case for case in cases if case.source == "real"]
    if len(real) < 2 or not attributes:
        return []
    space, draw = Space.of(real, attributes), seeded("neighbors", seed)
    grains = {one.key: grain(real, one.key) for one in attributes if one.type == "number"}
    seen = {_signature(case.values, attributes) for case in cases}
    found: list[Case] = []
    for _ in range(count * TRIES):
        if len(found) >= count:
            break
        parent = draw.randrange(len(real))
        other = _near(space, parent, draw)
        values = _between(real[parent].values, real[other].values, space.attributes, grains, draw)
        signature = _signature(values, attributes)
        if signature not in seen and not implausible(values, space):
            seen.add(signature)
            found.append(made(values, real[parent], attributes, "synthetic"))
    return found


def _near(space: Space, at: int, draw: Random) -> int:
    away = space.away(space.table[at])
    away[at] = np.inf
    nearest = np.argsort(away, kind="stable")[: min(NEAREST, len(away) - 1)]
    return int(draw.choice(nearest.tolist()))


def _between(
    one: Values, two: Values, attributes: Sequence[Attribute], grains: Mapping[str, int], draw: Random
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    share = draw.random()
    for attribute in attributes:
        a, b = one.get(attribute.key), two.get(attribute.key)
        if attribute.type == "number" and isinstance(a, int | float) and isinstance(b, int | float):
            values[attribute.key] = round(a + (b - a) * share, grains[attribute.key])
        elif attribute.type == "ordinal" and isinstance(a, str) and isinstance(b, str):
            values[attribute.key] = _scale_between(a, b, share, attribute)
        else:
            values[attribute.key] = a if draw.random() < 0.5 else b
    return values


def _scale_between(a: str, b: str, share: float, attribute: Attribute) -> str:
    low, high = place(a, attribute), place(b, attribute)
    if np.isnan(low) or np.isnan(high):
        return a
    return attribute.levels[round(low + (high - low) * share)]


def grain(cases: Sequence[Case], key: str) -> int:
    """Decimal places with which a number is written in the cases, at most six."""
    places = 0
    for case in cases:
        value = case.values.get(key)
        if isinstance(value, float) and not value.is_integer():
            places = max(places, len(f"{value:.6f}".rstrip("0").partition(".")[2]))
    return places


# What if: from one case towards another


@dataclass(frozen=True, slots=True)
class Midway:
    """A case between two: `case` as `source` with `keys` changed towards the other."""

    case: Case
    keys: tuple[str, ...]


def differing(one: Values, two: Values, attributes: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """The attributes known in both cases in which they differ."""
    return tuple(
        attribute
        for attribute in attributes
        if one.get(attribute.key) is not None
        and two.get(attribute.key) is not None
        and one[attribute.key] != two[attribute.key]
    )


def mixed(case: Case, other: Case, keys: Sequence[str], attributes: Sequence[Attribute]) -> Case:
    """`case` with the attributes `keys` as they are in `other`: a what-if case."""
    values = {**case.values, **{key: other.values.get(key) for key in keys}}
    return made(values, case, attributes, "what_if")


def midway(case: Case, other: Case, attributes: Sequence[Attribute], *, places: int = 6) -> Midway | None:
    """The what-if case halfway from `case` to `other`; None when nothing lies between them.

    With several differing attributes the first half of them (in the order of `attributes`) is taken from `other`:
    whichever side the verdict falls on, half of them are cleared. With one left, a number takes the middle of its
    two values, a scale the level between; categories and yes or no have nothing between.

    places  decimal places to round a number to
    """
    apart = differing(case.values, other.values, attributes)
    if len(apart) > 1:
        keys = tuple(attribute.key for attribute in apart[: len(apart) // 2])
        return Midway(mixed(case, other, keys, attributes), keys)
    if not apart:
        return None
    key = apart[0].key
    value = _middle(case.values[key], other.values[key], apart[0], places)
    if value is None:
        return None
    return Midway(made({**case.values, key: value}, case, attributes, "what_if"), (key,))


def _middle(one: Value, two: Value, attribute: Attribute, places: int) -> Value:
    a, b = place(one, attribute), place(two, attribute)
    if np.isnan(a) or np.isnan(b):
        return None
    if attribute.type == "ordinal":
        between = int((a + b) // 2)
        return attribute.levels[between] if between not in (a, b) else None
    if attribute.type != "number":
        return None
    value = round((a + b) / 2, places)
    return value if min(a, b) < value < max(a, b) else None


def made(values: Values, parent: Case, attributes: Sequence[Attribute], source: Source) -> Case:
    """A case made from another. Its id follows from its values, so that the same one is never asked twice."""
    changed = tuple(one.key for one in attributes if values.get(one.key) != parent.values.get(one.key))
    name = hashlib.blake2b(_signature(values, attributes).encode(), digest_size=6).hexdigest()
    return Case(f"{'s' if source == 'synthetic' else 'w'}{name}", dict(values), source, "", parent.id, changed)


def _signature(values: Values, attributes: Sequence[Attribute]) -> str:
    """Equal for equal values: 5 and 5.0 are the same number, and what is absent is not known."""
    parts = []
    for attribute in attributes:
        value = values.get(attribute.key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        parts.append(f"{attribute.key}={float(value) if is_number else value!r}")  # type: ignore[arg-type]
    return "\n".join(parts)
