"""What a process holds of the search in memory: postings, who may see what, vectors that no database compares.

A state is never changed: what is new makes the next one, so that a search goes on undisturbed while others write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seci.search.bm25 import Floats, Words, denominators
from seci.search.embedding.weights import WIDTH
from seci.search.passage import NOBODY
from seci.search.postings import Postings, sealed

Slots = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """A subject as it is known: its row, and the slots of its passages."""

    id: int
    kind: str
    number: int
    title: str
    state: str
    tags: frozenset[str]
    owner: int | None
    audience: str
    changed_at: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows a search by; empty is everything."""

    kind: str = ""
    state: str = ""
    tag: str = ""
    owner: int | None = None

    def let(self, one: Known) -> bool:
        return (
            (not self.kind or one.kind == self.kind)
            and (not self.state or one.state == self.state)
            and (not self.tag or self.tag in one.tags)
            and (self.owner is None or one.owner == self.owner)
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Vectors of passages and of their pieces; row i belongs to the passage in `slots[i]`."""

    values: Floats
    slots: NDArray[np.int32]
    parts: NDArray[np.int16]

    def with_(self, slots: Collection[int], parts: Collection[int], values: Floats) -> Matrix:
        """The next state. Room is doubled when it runs out, so that adding costs little on average."""
        old, more = len(self.slots), len(slots)
        room = self.values.base if self.values.base is not None else self.values
        if not isinstance(room, np.ndarray) or len(room) < old + more:
            room = np.empty((max(2 * old, old + more, 256), WIDTH), np.float32)
            room[:old] = self.values
        room[old : old + more] = values
        return Matrix(
            room[: old + more],
            np.concatenate([self.slots, np.fromiter(slots, np.int32, more)]),
            np.concatenate([self.parts, np.fromiter(parts, np.int16, more)]),
        )


def no_vectors() -> Matrix:
    return Matrix(np.empty((0, WIDTH), np.float32), np.empty(0, np.int32), np.empty(0, np.int16))


@dataclass(frozen=True, slots=True)
class State:
    """All that is held at one moment. Slots number the passages in the order they came to be known here.

    seen      changes up to here are in it
    audiences who may see each subject, as an index into `audience_names`
    passages  id of the passage in each slot
    owners    index into `subjects` of each slot
    alive     whether the passage is still there
    maker     name of the model that made the vectors
    """

    seen: int = 0
    subjects: tuple[Known, ...] = ()
    audience_names: tuple[str, ...] = ()
    audiences: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    index_of: Mapping[int, int] = field(default_factory=dict)
    slot_of: Mapping[int, int] = field(default_factory=dict)
    passages: Slots = field(default_factory=lambda: np.empty(0, np.int64))
    owners: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    lengths: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    alive: Mask = field(default_factory=lambda: np.empty(0, np.bool_))
    denominators: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    postings: Postings = field(default_factory=Postings)
    matrix: Matrix = field(default_factory=no_vectors)
    maker: str = ""

    @property
    def dead(self) -> int:
        return len(self.alive) - int(self.alive.sum())

    def visible(self, keys: Collection[str], filters: Filters) -> Mask:
        """Which slots whoever holds these keys may find, and wants to."""
        if not len(self.subjects):
            return self.alive
        names = [any(one in keys and one != NOBODY for one in name.split()) for name in self.audience_names]
        let = np.array(names)[self.audiences]
        if filters != Filters():
            for at in np.flatnonzero(let).tolist():
                let[at] = filters.let(self.subjects[at])
        mask: Mask = self.alive & let[self.owners]
        return mask


def grown(
    old: State,
    seen: int,
    changed: Iterable[Known],
    there: Mapping[int, Collection[int]],
    fresh: Iterable[tuple[int, int, Words]],
) -> State:
    """The next state.

    changed  subjects as they are now
    there    id of a changed subject -> ids of all passages it has now
    fresh    (passage, id of its subject, words) of those that are not held yet
    """
    subjects, index_of = list(old.subjects), dict(old.index_of)
    for one in changed:
        if one.id in index_of:
            subjects[index_of[one.id]] = one
        else:
            index_of[one.id] = len(subjects)
            subjects.append(one)
    names = {name: at for at, name in enumerate(old.audience_names)}
    audiences = np.concatenate([old.audiences, np.zeros(len(subjects) - len(old.subjects), np.int32)])
    for at in (index_of[one] for one in there):
        audiences[at] = names.setdefault(subjects[at].audience, len(names))
    kept = {passage for passages in there.values() for passage in passages}
    alive = old.alive.copy()
    touched = np.isin(old.owners, [index_of[one] for one in there])
    for slot in np.flatnonzero(touched & alive).tolist():
        alive[slot] = int(old.passages[slot]) in kept
    new = sorted(fresh, key=lambda one: one[0])
    first = len(old.passages)
    lengths = np.fromiter((int(words["times"].sum()) for _, _, words in new), np.int32, len(new))
    all_lengths = np.concatenate([old.lengths, lengths])
    alive = np.concatenate([alive, np.ones(len(new), np.bool_)])
    mean = float(all_lengths[alive].mean()) if alive.any() else 1.0
    postings = old.postings.with_(sealed(first, [words for _, _, words in new])) if new else old.postings
    slot_of = {**old.slot_of, **{passage: first + at for at, (passage, _, _) in enumerate(new)}}
    return State(
        seen=seen,
        subjects=tuple(subjects),
        audience_names=tuple(names),
        audiences=audiences,
        index_of=index_of,
        slot_of=slot_of,
        passages=np.concatenate([old.passages, np.fromiter((one for one, _, _ in new), np.int64, len(new))]),
        owners=np.concatenate([old.owners, np.fromiter((index_of[one] for _, one, _ in new), np.int32, len(new))]),
        lengths=all_lengths,
        alive=alive,
        denominators=denominators(all_lengths, mean),
        postings=postings,
        matrix=old.matrix,
    )
