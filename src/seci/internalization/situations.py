"""Situations in words, and the same situation with another surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.artifacts.bodies import Body
from seci.artifacts.walk import attributes_of
from seci.artifacts.words import value_words
from seci.cases.attribute import Attribute, Value, Values
from seci.internalization.patterns import exercise
from seci.kit.ids import Draw

TRIES = 40


def situation(attributes: Sequence[Attribute], values: Values, title: str = "") -> str:
    """A case as Markdown: its title, and what is known of it, one line each. What is not known is said so."""
    lines = [f"- {_plain(one.name)}: **{_plain(value_words(values.get(one.key), one))}**" for one in attributes]
    return "\n".join([*([_plain(title), ""] if title else []), *lines])


def _plain(text: str) -> str:
    """Words of people inside Markdown, taken as words."""
    return "".join(f"\\{sign}" if sign in "\\*_`[]<>#|" else sign for sign in " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Variant:
    """A case with other values where the artifact does not look; `changed` are their keys."""

    values: dict[str, Value]
    changed: tuple[str, ...]


def variants(body: Body, values: Values, pool: Sequence[Values], count: int, draw: Draw) -> tuple[Variant, ...]:
    """Up to `count` different cases with the same cues: only what the way of this case does not look at is changed,
    to values of other cases in `pool` or within the range of the attribute. Fewer, down to none, where the way looks at
    nearly everything."""
    known = exercise(body, values)
    if known is None:
        return ()
    free = [one for one in attributes_of(body) if one.key not in known.cues and _others(one, values, pool)]
    found: dict[tuple[tuple[str, object], ...], Variant] = {}
    for _ in range(count * TRIES):
        if len(found) >= count or not free:
            break
        changed = draw.sample(free, draw.randint(1, len(free)))
        made = dict(values) | {one.key: draw.choice(_others(one, values, pool)) for one in changed}
        after = exercise(body, made)
        if after is not None and (after.nodes, after.outcome) == (known.nodes, known.outcome):
            found.setdefault(tuple(sorted(made.items())), Variant(made, tuple(one.key for one in changed)))
    return tuple(found.values())


def _others(attribute: Attribute, values: Values, pool: Sequence[Values]) -> list[Value]:
    """Other values that the attribute can have, in a stable order."""
    seen: list[Value] = [case[attribute.key] for case in pool if case.get(attribute.key) is not None]
    if attribute.type == "boolean":
        seen += [True, False]
    seen += attribute.levels
    if attribute.type == "number" and attribute.low is not None and attribute.high is not None:
        seen += [round(attribute.low + (attribute.high - attribute.low) * part / 8, 2) for part in range(1, 8)]
    return [one for one in dict.fromkeys(seen) if one != values.get(attribute.key)]
