"""Shelves of things that can be found, and the search over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal, NamedTuple, Protocol

from seci.search.matching import fitness, words

LONGEST_QUERY = 200


Role = Literal["guest", "member", "facilitator", "lead", "admin"]


class Seeker(Protocol):
    """Whoever searches: an Actor."""

    def is_at_least(self, role: Role, /) -> bool: ...


class Entry(NamedTuple):
    """One thing as its shelf keeps it: what is shown, and what else it may be found by (never shown)."""

    id: int
    title: str
    detail: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind` of thing, its `title`, where it is, and one short line about it."""

    kind: str
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things of one kind.

    kind     asset, person, unit, source, ...
    least    the least role that may find them
    entries  all of them, read anew for every search, so that a new name is found at once
    url      where a thing is, from its id
    """

    kind: str
    least: Role
    entries: Callable[[], Iterable[Entry]]
    url: Callable[[int], str]


_shelves: dict[str, Shelf] = {}


def register(shelf: Shelf) -> None:
    _shelves[shelf.kind] = shelf


def find(actor: Seeker, text: str, limit: int = 20) -> list[Hit]:
    """What fits `text`, best first: by fitness, then the order in which the shelves were registered, then shorter
    and alphabetically earlier titles. An empty text finds nothing."""
    wanted = words(text[:LONGEST_QUERY])
    if not wanted:
        return []
    shelves = [shelf for shelf in _shelves.values() if actor.is_at_least(shelf.least)]
    found = (
        (-fit, place, len(entry.title), entry.title, entry.id, entry.detail)
        for place, shelf in enumerate(shelves)
        for entry in shelf.entries()
        if (fit := fitness(wanted, entry.title, entry.aside))
    )
    return [
        Hit(shelves[place].kind, title, shelves[place].url(id_), detail)
        for _, place, _, title, id_, detail in nsmallest(limit, found)
    ]
