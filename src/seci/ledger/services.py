"""What people do to the ledger: correct what an import took it for, undo an import, bring it back."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Refused
from seci.ledger import append, runs
from seci.ledger import undo as undoing
from seci.ledger.kinds import Kind
from seci.ledger.queries import EventRecord, event

# The source of what people say by hand in this instance.
BY_HAND = "seci:people"


def reclassify(actor: Actor, db: Database, seq: int, kind: Kind) -> EventRecord:
    """Says what an event really was; the import's own reading stays below it, and a later import does not undo it.

    A new row supersedes the old one. Raises NotFound, Refused, Conflict when the event was corrected already, and
    BadInput when it is of that kind.
    """
    _facilitator(actor)
    before = event(actor, db, seq)
    if before.kind == kind.name.lower():
        raise BadInput(f"Event {seq} is {before.kind} already.")
    _correct(actor, db, seq, {"kind": int(kind)}, f"{before.kind} is really {kind.name.lower()}")
    return _successor_of(actor, db, seq)


def withdraw(actor: Actor, db: Database, seq: int, reason: str) -> EventRecord:
    """Says that an event did not happen; imports that show it again do not bring it back."""
    _facilitator(actor)
    _correct(actor, db, seq, {"weight": 0}, f"withdrawn: {reason}")
    return _successor_of(actor, db, seq)


def undo(actor: Actor, db: Database, run: int) -> runs.Standing:
    """Takes back all that one import wrote."""
    _lead(actor)
    return undoing.undo(db, run, at=now())


def redo(actor: Actor, db: Database, run: int) -> runs.Standing:
    """Brings back an import that was undone."""
    _lead(actor)
    return undoing.redo(db, run, at=now())


def _correct(actor: Actor, db: Database, seq: int, changes: dict[str, object], sentence: str) -> None:
    at = now()
    who = f"account {actor.account}" if actor.account is not None else "the owner of this machine"
    with db.transaction():
        source = runs.register(db, kind="people", uri=BY_HAND, title="People, by hand", at=at)
        run = runs.begin(db, source, at=at, unit="events")
        append.supersede(db, [seq], changes, source=source, run=run.id, at=at)
        runs.finish(db, run.id, at=at, sentence=f"{who}: event {seq}: {sentence}")


def _successor_of(actor: Actor, db: Database, seq: int) -> EventRecord:
    found = db.rows("SELECT seq FROM ledger_event WHERE supersedes = ?", [seq])
    return event(actor, db, found[0][0] if found else seq)


def _facilitator(actor: Actor) -> None:
    if not actor.is_at_least("facilitator"):
        raise Refused("Only facilitators, leads and admins may correct an event.")


def _lead(actor: Actor) -> None:
    if not actor.is_at_least("lead"):
        raise Refused("Only leads and admins may undo an import or bring it back.")
