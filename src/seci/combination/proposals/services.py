"""Agents propose what to do about a conflict, people decide: a proposal changes nothing until somebody takes it."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import MergeConflict, get_changeable, get_conflict, get_merge
from seci.combination.proposals.access import Proposal, get_proposal
from seci.combination.services import deciding
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.store import record


def propose(
    actor: Actor, db: Database, conflict: int, choice: str, reason: str, *, when_a: str = "", when_b: str = ""
) -> Proposal:
    """What could be done about an open conflict, and why; whoever makes the merge sees it beside the two sentences.

    choice, when_a, when_b  as `deciding.decide` takes them

    Raises BadInput; Conflict where it is decided, or where the same was proposed and waits.
    """
    found = get_conflict(actor, db, conflict)
    merge = get_changeable(actor, db, found.merge)
    if found.state == "decided":
        raise Conflict("This conflict was decided already.")
    when = deciding.conditions(choice, when_a, when_b, verb="Propose")
    why = clean(reason).strip()
    if not 1 <= len(why) <= deciding.LONGEST:
        raise BadInput(f"Give the reason, in up to {deciding.LONGEST:,} characters; a person decides by it.")
    with db.transaction():
        store.take(db, merge.id)
        waiting = "SELECT id FROM combination_proposal WHERE conflict_id = ? AND choice = ? AND settled_at IS NULL"
        if db.rows(waiting, [conflict, choice]):
            raise Conflict("That was proposed already, and waits for somebody's word.")
        made = store.insert(
            db, "proposal", conflict_id=conflict, person_id=actor.person, choice=choice, when_a=when[0],
            when_b=when[1], reason=why, at=now(), came_of_it="",
        )  # fmt: skip
        record(db, actor, Kind.REQUEST, f"conflict {conflict} of merge {merge.id}: {choice} proposed ({made})")
        return get_proposal(actor, db, made)


def take(actor: Actor, db: Database, proposal: int) -> MergeConflict:
    """A person makes a proposal their own: it is decided now, as theirs. Raises Refused for an agent, Conflict."""
    found = _waiting(actor, db, proposal)
    if actor.door == "mcp":
        raise Refused("A person decides, on the page or in the terminal; agents propose.")
    with db.transaction():
        _settle(db, found, "taken")
        return deciding.decide(
            actor, db, found.conflict, found.choice, found.reason, when_a=found.when_a, when_b=found.when_b
        )


def drop(actor: Actor, db: Database, proposal: int) -> Proposal:
    """Nothing comes of a proposal. Raises Conflict where something came of it already."""
    found = _waiting(actor, db, proposal)
    merge = get_merge(actor, db, get_conflict(actor, db, found.conflict).merge)
    with db.transaction():
        _settle(db, found, "dropped")
        record(db, actor, Kind.DECLINE, f"proposal {proposal} of merge {merge.id} dropped", asset=merge.asset)
        return get_proposal(actor, db, proposal)


def _waiting(actor: Actor, db: Database, proposal: int) -> Proposal:
    found = get_proposal(actor, db, proposal)
    if found.settled_at is not None:
        raise Conflict(f"That was {found.came_of_it} already.")
    return found


def _settle(db: Database, found: Proposal, came_of_it: str) -> None:
    if not db.run(
        "UPDATE combination_proposal SET settled_at = ?, came_of_it = ? WHERE id = ? AND settled_at IS NULL",
        [now(), came_of_it, found.id],
    ):
        raise Conflict("Somebody has just settled that.")
