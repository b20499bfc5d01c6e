"""Events about documents: the ledger names artifacts only, so the library keeps which event is about which page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.ids import new_id
from seci.ledger import runs
from seci.ledger.append import append
from seci.ledger.columns import EventColumns
from seci.ledger.kinds import Kind
from seci.ledger.services import BY_HAND
from seci.library import store
from seci.people.store import SAID, identity_of


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened to one document. `subject` is the person it is about; None is whoever did it."""

    document: int
    revision: int | None = None
    asset: int | None = None
    subject: int | None = None


def record(
    actor: Actor, db: Database, kind: Kind, sentence: str, marks: Sequence[Mark], *, weight: int = SAID,
    nameless: bool = False,
) -> list[int]:  # fmt: skip
    """Leaves one event for each mark, all in one run of the ledger; their numbers. Needs a transaction.

    nameless  whoever did it is not kept: the event is one of the instance
    """
    if not marks:
        return []
    at = now()
    source = runs.register(db, kind="people", uri=BY_HAND, title="People, by hand", at=at)
    run = runs.begin(db, source, at=at, unit="events")
    subjects = [None if nameless else one.subject if one.subject is not None else actor.person for one in marks]
    identities = {subject: identity_of(db, subject) for subject in dict.fromkeys(subjects)}
    n = len(marks)
    events = EventColumns(
        t=[at] * n,
        actor=[identities[subject] for subject in subjects],
        kind=[int(kind)] * n,
        source_key=[new_id().bytes for _ in marks],
        asset=[one.asset for one in marks],
        weight=[weight] * n,
    )
    first = append(db, events, source=source, run=run.id, at=at).first_seq
    assert first is not None  # their native identities are new, so none is a duplicate
    seqs = list(range(first, first + n))
    store.deeds(db, ((seq, one.document, one.revision) for seq, one in zip(seqs, marks, strict=True)))
    who = f"account {actor.account}" if actor.account is not None else "the owner of this machine"
    runs.finish(db, run.id, at=at, sentence=sentence if nameless else f"{who}: {sentence}")
    return seqs
