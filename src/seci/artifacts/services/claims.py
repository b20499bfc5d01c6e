"""The statements of an artifact: confirmed, corrected, contested, taken back. What nodes cite follows."""

from __future__ import annotations

from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts import store
from seci.artifacts.access import (
    Artifact,
    claims,
    get_artifact,
    get_changeable,
    get_claim,
    get_revision,
    speaker_of,
)
from seci.artifacts.citing import replaced
from seci.artifacts.contribution import holding
from seci.artifacts.evidence import Claim
from seci.artifacts.services.drafting import revise
from seci.artifacts.services.finding import let_find
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.ids import new_id
from seci.ledger.kinds import Kind
from seci.people.store import record

LONGEST_CLAIM = 4_000


def confirm_claim(actor: Actor, db: Database, artifact: int, claim: str, *, person: int | None = None) -> Artifact:
    """A person says that a claim is what they mean.

    person  who says so, for a facilitator who writes it down; left out, whoever asks
    """
    found, one = _held(actor, db, artifact, claim, "confirm a claim of")
    if one.status == "confirmed" and one.confirmed_by is not None:
        return found
    speaker = speaker_of(actor, db, person)
    with db.transaction():
        store.change_claim(db, artifact, claim, status="confirmed", confirmed_by_id=speaker)
        record(
            db, actor, Kind.VERIFY, f"claim {claim} confirmed", subject=speaker, asset=found.asset,
            artifact=artifact, revision=found.head,
        )  # fmt: skip
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def contest_claim(actor: Actor, db: Database, artifact: int, claim: str, reason: str) -> Artifact:
    """Marks a claim as disputed; it goes on standing, visibly, until somebody confirms, corrects or retracts it."""
    found, one = _held(actor, db, artifact, claim, "contest a claim of")
    if one.status == "contested":
        raise Conflict("This claim is contested already.")
    if not reason.strip():
        raise BadInput("Say why the claim is contested, in a few words.")
    with db.transaction():
        store.change_claim(db, artifact, claim, status="contested")
        sentence = f"claim {claim} contested: {reason.strip()}"
        record(db, actor, Kind.DECIDE, sentence, asset=found.asset, artifact=artifact, revision=found.head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def correct_claim(
    actor: Actor, db: Database, artifact: int, claim: str, text: str, *, person: int | None = None
) -> Artifact:
    """Puts a better wording in the place of a claim, as a new claim of whoever corrects; nodes cite that one then."""
    found, one = _held(actor, db, artifact, claim, "correct a claim of")
    text = text.strip()
    if not text or len(text) > LONGEST_CLAIM:
        raise BadInput(f"Give the claim in 1 to {LONGEST_CLAIM:,} characters.")
    if text == one.text:
        raise BadInput("This is what the claim says already.")
    better = replace(
        one, id=new_id().hex[:16], text=text, origin="human", status="confirmed",
        confirmed_by=speaker_of(actor, db, person), supersedes=claim,
    )  # fmt: skip
    with db.transaction():
        store.change_claim(db, artifact, claim, status="corrected")
        return _rewritten(actor, db, found, claim, better.id, [better], f"claim {claim} corrected")


def retract_claim(actor: Actor, db: Database, artifact: int, claim: str) -> Artifact:
    """Takes a claim back. Nodes that cited it lose it; those that rest on nothing else are marked unsupported."""
    found, _ = _held(actor, db, artifact, claim, "retract a claim of")
    with db.transaction():
        store.change_claim(db, artifact, claim, status="retracted")
        return _rewritten(actor, db, found, claim, None, [], f"claim {claim} retracted")


def _held(actor: Actor, db: Database, artifact: int, claim: str, deed: str) -> tuple[Artifact, Claim]:
    found, one = get_changeable(actor, db, artifact, deed), get_claim(actor, db, artifact, claim)
    if one.id not in {each.id for each in holding(claims(actor, db, artifact))}:
        raise Conflict("This claim no longer holds: it was taken back, or another one stands in its place.")
    return found, one


def _rewritten(
    actor: Actor, db: Database, found: Artifact, claim: str, by: str | None, fresh: list[Claim], message: str
) -> Artifact:
    """The next revision, with `by` cited for `claim`; without one where no node cited it."""
    last = get_revision(actor, db, found.id)
    body = replaced(last.body, claim, by)
    if body == last.body:
        store.write_claims(db, found.id, found.head, fresh, now())
        record(db, actor, Kind.REVISE, message, asset=found.asset, artifact=found.id, revision=found.head)
        let_find(db, found.id)
        return get_artifact(actor, db, found.id)
    return revise(
        actor, db, found.id, body, base=found.head, claims=fresh, fidelity=last.fidelity, message=message, cause="claim"
    )
