"""The port of the search: whoever keeps texts says here what they are, in the transaction that changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seci import jobs
from seci.kit.database import Database
from seci.search import store
from seci.search.embedding import weights
from seci.search.passage import Passage, Subject, gather

__all__ = ["Passage", "Subject", "forget", "gather", "put", "vectors"]

TASK = "seci.search.tasks:embed"


def put(db: Database, subject: Subject, passages: Sequence[Passage]) -> int:
    """Lets `passages` be found as all there is of `subject`; returns how many of them are new.

    Passages whose words stand as they stood keep their number and their vectors, so putting the same again costs
    one look. Found by words as soon as the transaction is committed, by meaning when the worker has been there.
    """
    with db.transaction():
        id_ = store.put_subject(db, subject)
        held: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for number, ordinal, place, sha in store.passages_of(db, id_):
            held[sha].append((number, ordinal, place))
        fresh: list[tuple[int, Passage]] = []
        moved: list[tuple[int, str, int]] = []
        for ordinal, passage in enumerate(passages):
            same = held.get(passage.sha(subject.title))
            if not same:
                fresh.append((ordinal, passage))
                continue
            number, was, place = same.pop(0)
            if (was, place) != (ordinal, passage.place):
                moved.append((ordinal, passage.place, number))
        store.drop(db, [number for left in held.values() for number, _, _ in left])
        store.move(db, moved)
        store.add(db, id_, subject.title, fresh)
        if fresh and weights.folder() is not None:
            jobs.enqueue(TASK, key="search:embed", database=db)
        return len(fresh)


def vectors(db: Database, kind: str, numbers: Sequence[int], first: int) -> dict[int, NDArray[np.float32]]:
    """What the `first` passages of each subject mean: number of the subject -> one vector of length 1 a row. Subjects
    whose passages have no vectors yet are left out."""
    found: dict[int, list[NDArray[np.float32]]] = defaultdict(list)
    for number, vector in store.vectors_of(db, kind, numbers, first):
        found[number].append(vector)
    return {number: np.stack(rows) for number, rows in found.items()}


def forget(db: Database, subject: Subject) -> None:
    """Takes all passages of a subject out; only its kind and number matter."""
    with db.transaction():
        put(db, replace(subject, audience="nobody"), ())
