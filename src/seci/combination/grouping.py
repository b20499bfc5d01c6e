"""Sentences that say the same, put right by hand: which one is kept, one taken out, two groups made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seci.kit.errors import BadInput, NotFound

Place = tuple[int, int]
"""A sentence: its document, and its number among the sentences of the pinned revision."""


@dataclass(frozen=True, slots=True)
class Group:
    """`kept` goes into the text, word for word; `others` say the same and are cited with it."""

    kept: Place
    others: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.kept, *self.others)


def keep(groups: Sequence[Group], place: Place) -> tuple[Group, ...]:
    """The sentence at `place` is kept in its group in place of the one that was."""
    found = group_of(groups, place)
    if found is None:
        raise NotFound("This sentence is in no group; there is nothing to choose.")
    chosen = Group(place, tuple(one for one in found.places if one != place))
    return tuple(chosen if one is found else one for one in groups)


def split(groups: Sequence[Group], place: Place) -> tuple[Group, ...]:
    """The sentence at `place` stands for itself again; a group of one is none."""
    found = group_of(groups, place)
    if found is None:
        raise NotFound("This sentence is in no group; it stands for itself already.")
    rest = [one for one in found.places if one != place]
    left = [Group(rest[0], tuple(rest[1:]))] if len(rest) > 1 else []
    at = list(groups).index(found)
    return (*groups[:at], *left, *groups[at + 1 :])


def join(groups: Sequence[Group], place: Place, other: Place) -> tuple[Group, ...]:
    """Two sentences, with all that are grouped with either, say the same; the first one's kept sentence stays."""
    if place == other:
        raise BadInput("A sentence cannot be joined with itself; choose another one.")
    one, two = group_of(groups, place) or Group(place), group_of(groups, other) or Group(other)
    if set(one.places) & set(two.places):
        raise BadInput("These two are in one group already.")
    joined = replace(one, others=(*one.others, *two.places))
    return (*(each for each in groups if each not in (one, two)), joined)


def group_of(groups: Sequence[Group], place: Place) -> Group | None:
    return next((one for one in groups if place in one.places), None)


def to_data(groups: Sequence[Group]) -> list[dict[str, object]]:
    return [{"kept": list(one.kept), "others": [list(other) for other in one.others]} for one in groups]


def of_data(data: Sequence[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group(_place(one["kept"]), tuple(_place(other) for other in one["others"])) for one in data)


def _place(data: Sequence[int]) -> Place:
    return int(data[0]), int(data[1])
