"""Who is who: many spellings and addresses of the same people, tied together by rules that say why.

Exact evidence ties silently; weak evidence becomes a suggestion that a person confirms or rejects, and what a
person has decided no rule undoes. Everything is decided by blocks of aliases that share something (a name, an
address, a handle), never by the order in which they come, so that history read at once and history read in parts
agree. The rules follow the design of gambit (Gote and Zingg 2021) without its all-pairs comparison.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from seci.people import names
from seci.people.evidence import Alias, Reading, read
from seci.people.natures import Nature
from seci.people.rules import tie_all
from seci.people.ties import Groups, Suggestion


@dataclass(frozen=True, slots=True)
class Known:
    """An identity already tied to a person; `confirmed` when a person decided that."""

    id: int
    alias: Alias
    person: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where one new alias belongs: its group, what tied it there, and how surely (0 to 1)."""

    alias: Alias
    group: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Group:
    """One person as the rules see it.

    persons    known persons in it, lowest id first: none is somebody new, two or more have turned out to be one
    """

    name: str
    nature: Nature
    persons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """groups   the persons touched by the new aliases
    places      one per new alias, in the order of their keys
    suggestions what a person should look at, surest first
    """

    groups: tuple[Group, ...]
    places: tuple[Place, ...]
    suggestions: tuple[Suggestion, ...]


def resolve(new: Iterable[Alias], known: Sequence[Known] = (), apart: Iterable[tuple[int, int]] = ()) -> Resolution:
    """Tie new aliases to each other and to the known persons.

    known    identities with the person each belongs to; they stay together
    apart    pairs of known identity ids that a person has said are two people
    """
    fresh = [read(alias) for alias in sorted(set(new) - {one.alias for one in known})]
    if not fresh:
        return Resolution((), (), ())
    old = related(fresh, known)
    readings = [*fresh, *(read(one.alias) for one in old)]
    groups = Groups(readings)
    _hold_together(groups, old, len(fresh))
    _keep_apart(groups, old, len(fresh), apart)
    tie_all(groups)
    return _resolution(groups, fresh, old)


def related(fresh: Sequence[Reading], known: Sequence[Known]) -> list[Known]:
    """The known identities that share a word with a new alias, with everyone else of the same persons.

    All known names are searched as one text: that is a hundred times faster than reading each.
    """
    if len(known) <= 4 * len(fresh):
        return list(known)
    words = set().union(*(reading.words for reading in fresh))
    near = words.union(*(names.misspellings(word) for word in words if len(word) > 6))
    lines = [_searchable(one.alias) for one in known]
    ends = list(accumulate(len(line) + 1 for line in lines))
    text = "\n".join(lines)
    persons = set()
    for word in near:
        at = text.find(word) if len(word) > 2 else -1
        while at >= 0:
            row = bisect_right(ends, at)
            persons.add(known[row].person)
            at = text.find(word, ends[row])
    return [one for one in known if one.person in persons]


def _searchable(alias: Alias) -> str:
    """Name and log-in name folded, as they are and written together."""
    name = names.fold(alias.name)
    local = names.fold(alias.email.partition("@")[0])
    return f"{name} {name.replace(' ', '')} {local} {local.replace('.', '').replace('-', '').replace('_', '')}"


def _hold_together(groups: Groups, old: Sequence[Known], offset: int) -> None:
    first: dict[int, int] = {}
    for at, one in enumerate(old, offset):
        groups.hold(first.setdefault(one.person, at), at)
        if one.confirmed:
            groups.confirm(at)


def _keep_apart(groups: Groups, old: Sequence[Known], offset: int, apart: Iterable[tuple[int, int]]) -> None:
    place = {one.id: at for at, one in enumerate(old, offset)}
    for one, two in apart:
        if one in place and two in place:
            groups.part(place[one], place[two])


def _resolution(groups: Groups, fresh: Sequence[Reading], old: Sequence[Known]) -> Resolution:
    roots = sorted({groups.root(at) for at in range(len(fresh))}, key=lambda root: groups.key(root))
    number = {root: at for at, root in enumerate(roots)}
    persons: dict[int, set[int]] = defaultdict(set)
    for at, one in enumerate(old, len(fresh)):
        persons[groups.root(at)].add(one.person)
    return Resolution(
        tuple(Group(groups.display_name(root), groups.nature(root), tuple(sorted(persons[root]))) for root in roots),
        tuple(Place(reading.alias, number[groups.root(at)], *groups.rule(at)) for at, reading in enumerate(fresh)),
        groups.open_suggestions(),
    )
