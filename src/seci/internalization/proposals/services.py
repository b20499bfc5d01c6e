"""Agents propose, people confirm: a proposal is a draft until the person it waits for says yes; then it is theirs."""

from __future__ import annotations

import json
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import get_changeable
from seci.artifacts.store import insert
from seci.internalization.access import learner
from seci.internalization.challenges.access import get_challenge
from seci.internalization.challenges.services import RESOLUTIONS, decide
from seci.internalization.proposals.access import get_proposal
from seci.internalization.runs.access import get_reviewable
from seci.internalization.runs.ladder import Rung
from seci.internalization.runs.services import promote, review
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library.access import get_changeable as get_changeable_document
from seci.people.access import get_person
from seci.people.store import record

LONGEST = 4000


def propose_review(
    actor: Actor, db: Database, run: int, *, decision: str = "", upheld: bool | None = None, because: str = ""
) -> int:
    """A review of somebody's run for the person one works for; its id. Raises Refused for whoever may not review it."""
    found = get_reviewable(actor, db, run)
    if found.person == actor.person:
        raise Refused("Nobody reviews their own decision; ask the owner of the artifact.")
    if not decision.strip() and upheld is None:
        raise BadInput("Say what would be decided on these facts, or whether the decision stands.")
    return _propose(actor, db, "review", run, None, {"decision": decision, "upheld": upheld, "because": because})


def propose_step(actor: Actor, db: Database, artifact: int, person: int, rung: int, reason: str = "") -> int:
    """A step on the ladder for somebody; its id. Raises Refused for whoever may not decide on it."""
    get_changeable(actor, db, artifact, "decide on steps with")
    who = get_person(actor, db, person).id
    if rung not in set(Rung):
        raise BadInput(f"A rung is 0 to 3: {', '.join(one.word for one in Rung)}.")
    return _propose(actor, db, "promote", artifact, who, {"rung": rung, "reason": reason})


def propose_decision(
    actor: Actor, db: Database, challenge: int, resolution: str, reason: str, *, text: str = "", base: int | None = None
) -> int:
    """An answer to a challenge; its id. Raises Refused for whoever does not decide on it, Conflict."""
    found = get_challenge(actor, db, challenge)
    if found.artifact is not None:
        get_changeable(actor, db, found.artifact, "decide on challenges of")
    else:
        get_changeable_document(actor, db, found.document or 0, "decide on challenges of")
    if found.state != "open":
        raise Conflict("This challenge was decided already.")
    if resolution not in RESOLUTIONS or not reason.strip():
        raise BadInput(f"Choose one of {', '.join(RESOLUTIONS)}, and give the reason.")
    said = {"resolution": resolution, "reason": reason, "text": text, "base": base}
    return _propose(actor, db, "decide", challenge, None, said)


def confirm(actor: Actor, db: Database, proposal: int) -> None:
    """A person makes a proposal their own: it is done now, as theirs. An agent cannot confirm: Refused."""
    found = get_proposal(actor, db, proposal)
    if actor.door == "mcp":
        raise Refused("A person confirms, on the page or in the terminal; agents propose.")
    if found.settled_at is not None:
        raise Conflict(f"That was {found.came_of_it} already.")
    said = found.said
    with db.transaction():
        _settle(db, proposal, "confirmed")
        if found.kind == "review":
            review(actor, db, found.target, decision=said["decision"], upheld=said["upheld"], because=said["because"])
        elif found.kind == "promote":
            promote(actor, db, found.target, found.about or 0, said["rung"], reason=said["reason"])
        else:
            decide(actor, db, found.target, said["resolution"], said["reason"], text=said["text"], base=said["base"])


def drop(actor: Actor, db: Database, proposal: int) -> None:
    """Nothing comes of a proposal. Raises NotFound, Conflict."""
    found = get_proposal(actor, db, proposal)
    with db.transaction():
        _settle(db, proposal, "dropped")
        record(db, actor, Kind.DECLINE, f"proposal {proposal} dropped", subject=found.person)


def _propose(actor: Actor, db: Database, kind: str, target: int, about: int | None, said: dict[str, Any]) -> int:
    person = learner(actor)
    tidy = {name: clean(value).strip() if isinstance(value, str) else value for name, value in said.items()}
    if any(isinstance(value, str) and len(value) > LONGEST for name, value in tidy.items() if name != "text"):
        raise BadInput(f"Keep the reason to {LONGEST:,} characters.")
    with db.transaction():
        made = insert(
            db, "internalization_proposal",
            {"person_id": person, "kind": kind, "target": target, "about_id": about, "said": json.dumps(tidy),
             "at": now(), "came_of_it": ""},
        )  # fmt: skip
        record(db, actor, Kind.REQUEST, f"{kind} {target} proposed ({made})", subject=person)
    return made


def _settle(db: Database, proposal: int, came_of_it: str) -> None:
    if not db.run(
        "UPDATE internalization_proposal SET settled_at = ?, came_of_it = ? WHERE id = ? AND settled_at IS NULL",
        [now(), came_of_it, proposal],
    ):
        raise Conflict("That was settled already.")
