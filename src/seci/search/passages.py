"""The port of the search: whoever keeps texts says here what they are, in the transaction that changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from seci import jobs
from seci.kit.database import Database
from seci.search import store
from seci.search.embedding import weights
from seci.search.passage import Passage, Subject, gather

__all__ = ["Passage", "Subject", "forget", "gather", "put"]

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


def forget(db: Database, subject: Subject) -> None:
    """Takes all passages of a subject out; only its kind and number matter."""
    with db.transaction():
        put(db, replace(subject, audience="nobody"), ())
