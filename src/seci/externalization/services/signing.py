"""Signing: what was drawn out becomes an artifact, or the next revision of one, with its claims and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.artifacts.access import Artifact, get_artifact, get_changeable, get_revision
from seci.artifacts.body import to_data, type_of
from seci.artifacts.citing import replaced
from seci.artifacts.evidence import Claim
from seci.artifacts.services.states import LONGEST_DAYS
from seci.cases import store as cases
from seci.externalization import dialogue
from seci.externalization.access import Elicitation
from seci.externalization.drafting.draft import Draft
from seci.externalization.memory import POOL
from seci.externalization.state import State, Taught
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import Refused, SeciError
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people import queries as people
from seci.people.store import record


def sign(actor: Actor, db: Database, found: Elicitation, state: State, at: Micros) -> dict[str, object]:
    """Writes the artifact and the expert's signature, in the transaction of the signing answer; the columns of the
    dialogue that change."""
    if found.bank is not None and not found.setting.get(POOL):
        # A bank that began with this dialogue learned of its attributes one by one.
        cases.write_attributes(db, found.bank, state.attributes, at)
    made = dialogue.draft(state)
    written = _write(actor, db, found, made)
    # What says the same as before is no new revision, and a signature stands.
    is_signed = get_revision(actor, db, written.id, written.head).signed_at is not None
    if found.expert is not None and not is_signed:
        artifacts.sign(actor, db, written.id, written.head, person=found.expert)
    # An account that belongs to nobody in the directory owns no artifact and vouches for none; it is still written.
    vouched = found.expert is not None or actor.is_at_least("facilitator")
    if vouched and made.expires_in_months is not None and written.expires_at is None:
        artifacts.verify(actor, db, written.id, days=min(made.expires_in_months * 30, LONGEST_DAYS))
    if state.taught:
        _tell_teach_back(actor, db, found, written, state.taught)
    return {"state": "finished", "finished_at": at, "artifact": written.id}


def _write(actor: Actor, db: Database, found: Elicitation, made: Draft) -> Artifact:
    claims = [_traced(claim, found) for claim in made.claims]
    body = cited_from(found.id, to_data(made.body), made.claims)
    more: dict[str, Any] = {
        "context": made.context,
        "claims": claims,
        "bank": found.bank,
        "fidelity": made.fidelity,
        "author": found.expert,
        "message": f"Interview {found.id}: {found.title}"[:500],
        "cause": "dialogue",
    }
    before = get_artifact(actor, db, found.artifact) if found.artifact is not None else None
    if before is not None and before.type == type_of(made.body) and _may_revise(actor, db, before):
        return artifacts.revise(actor, db, before.id, body, base=before.head, **more)
    parents = [(before.id, before.head)] if before is not None else []
    return artifacts.create(
        actor, db, type_of(made.body), made.title or found.title[:160], body,
        asset=found.asset, owner=_owner(actor, db, found, made), parents=parents, **more,
    )  # fmt: skip


def _owner(actor: Actor, db: Database, found: Elicitation, made: Draft) -> int | None:
    """Whoever was named to look after it, if the directory has exactly that name; else the expert."""
    try:
        return people.named(actor, db, made.owner) if made.owner.strip() else found.expert
    except SeciError:
        return found.expert


def _may_revise(actor: Actor, db: Database, before: Artifact) -> bool:
    """Whether it is the signer's to change; of somebody else's, an artifact of the signer's own is made instead."""
    try:
        get_changeable(actor, db, before.id, "revise")
    except Refused:
        return False
    return before.state != "retired"


def cited_from(elicitation: int, body: Mapping[str, Any], claims: Sequence[Claim]) -> dict[str, Any]:
    """The body with claims named so that those of another dialogue on the same artifact never share a name."""
    data = dict(body)
    for claim in claims:
        data = replaced(data, claim.id, name_of(elicitation, claim.id))
    return data


def name_of(elicitation: int, claim: str) -> str:
    return f"i{elicitation}.{claim}"[:64]


def _traced(claim: Claim, found: Elicitation) -> Claim:
    """The claim as the artifact keeps it: the turn named with its dialogue, confirmed by the expert who signs."""
    source = claim.source.replace("turn:", f"turn:{found.id}/", 1)
    stands = claim.status in ("proposed", "confirmed")
    return replace(
        claim,
        id=name_of(found.id, claim.id),
        source=source,
        status="confirmed" if stands else claim.status,
        confirmed_by=found.expert if stands else claim.confirmed_by,
        supersedes=name_of(found.id, claim.supersedes) if claim.supersedes else None,
    )


def _tell_teach_back(
    actor: Actor, db: Database, found: Elicitation, written: Artifact, taught: Sequence[Taught]
) -> None:
    """How the artifact did when it was explained back: the share of verdicts that the expert called right."""
    right = sum(one.verdict_right and one.reason_right for one in taught)
    record(
        db, actor, Kind.TEACH_BACK, f"interview {found.id}: {right} of {len(taught)} explained right",
        subject=found.expert, asset=found.asset, artifact=written.id, revision=written.head,
        outcome=Outcome(score=right / len(taught), pressure=CALM, aid="artifact"),
    )  # fmt: skip
