"""The state that this process holds of each database, brought up to date before every search."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from seci.kit.database import Database
from seci.search import store
from seci.search.bm25 import unpacked
from seci.search.holding import Known, State, grown

# When a third of what is held is no longer there, everything is read anew.
DEAD = 3
BATCH = 500


@dataclass(slots=True)
class Memory:
    state: State = field(default_factory=State)
    lock: threading.Lock = field(default_factory=threading.Lock)


_held: dict[str, Memory] = {}
_guard = threading.Lock()


def state(db: Database) -> State:
    """What can be found at this moment. Inside an open transaction nothing is kept: it may never have happened."""
    if db.in_transaction:
        return renewed(db, State())
    with _guard:
        memory = _held.setdefault(f"{db.vendor}:{db.place}", Memory())
    with memory.lock:
        memory.state = renewed(db, memory.state)
        return memory.state


def renewed(db: Database, old: State) -> State:
    """The state with all that has been committed since."""
    newest, horizon, maker = store.horizon(db)
    if newest < old.seen and db.vendor == "sqlite":
        old = State()  # another database lies at this place by now: restored from a backup
    if len(old.matrix.slots) and old.maker != maker:
        old = State()  # vectors of another model take the place of those held
    rows = store.subjects_since(db, old.seen)
    changed = [
        one
        for one in map(known, rows)
        if (at := old.index_of.get(one.id)) is None or old.subjects[at].stamp != one.stamp
    ]
    if not changed:
        return old if old.seen == horizon else replace(old, seen=horizon)
    there: dict[int, list[int]] = {one.id: [] for one in changed}
    embedded: list[int] = []
    whole = not old.subjects
    ids = [] if whole else [one.id for one in changed]
    for passage, subject, done in store.outline(db, ids):
        if subject in there:
            there[subject].append(passage)
            if done:
                embedded.append(passage)
    lacking = [one for passages in there.values() for one in passages if one not in old.slot_of]
    fresh = [(passage, subject, unpacked(words)) for passage, subject, words in store.words(db, lacking, whole)]
    # What was deleted between two looks has no words any more, and will be met as a change of its own.
    state = grown(old, horizon, changed, there, ((p, s, w) for p, s, w in fresh if s in there))
    if state.dead * DEAD > len(state.alive) and not whole:
        return renewed(db, State())
    return with_vectors(db, replace(state, maker=maker), embedded, whole)


def with_vectors(db: Database, state: State, embedded: Sequence[int], whole: bool) -> State:
    """Adds the vectors of passages that have them by now, where it is memory that compares them."""
    if store.compares(db):
        return state
    held = set(np.unique(state.matrix.slots).tolist())
    lacking = [one for one in embedded if state.slot_of.get(one, -1) not in held and one in state.slot_of]
    if not lacking:
        return state
    rows = [row for row in store.vectors(db, lacking, whole) if row[0] in state.slot_of]
    if not rows:
        return state
    values = np.frombuffer(b"".join(bytes(row[2]) for row in rows), "<f4").reshape(len(rows), -1)
    matrix = state.matrix.with_([state.slot_of[row[0]] for row in rows], [row[1] for row in rows], values)
    return replace(state, matrix=matrix)


def known(row: Sequence[object]) -> Known:
    id_, kind, number, title, state_, tags, owner, audience, changed_at, stamp = row
    return Known(
        int(str(id_)), str(kind), int(str(number)), str(title), str(state_), frozenset(str(tags).splitlines()),
        None if owner is None else int(str(owner)), str(audience), int(str(changed_at)), int(str(stamp)),
    )  # fmt: skip
