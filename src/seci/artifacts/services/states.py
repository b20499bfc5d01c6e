"""An artifact published, verified, signed, handed over, retired and brought back. Each is an act of its own."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts import store
from seci.artifacts.access import Artifact, get_artifact, get_changeable, get_revision, speaker_of
from seci.artifacts.queries import obstacles
from seci.artifacts.services.finding import let_find
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record

# How long a verification holds, when nobody says otherwise: half a year, and at most three.
VERIFIED_DAYS = 180
LONGEST_DAYS = 1096


def publish(actor: Actor, db: Database, artifact: int, *, base: int | None = None) -> Artifact:
    """Puts the latest revision into use.

    base  number of the revision that was looked at; Conflict when there is a later one by now

    Raises Conflict, saying all that is missing, while a claim waits for a person's word, a context field is empty or
    a static check finds an error; and when this revision is published already.
    """
    found = get_changeable(actor, db, artifact, "publish")
    with db.transaction():
        head = store.take(db, artifact)
        found = get_artifact(actor, db, artifact)
        if base is not None and base != head:
            raise Conflict(f"You looked at r{base}; the latest is r{head} by now. Look at it before you publish.")
        if found.state == "retired":
            raise Conflict(f"{found.title} is retired; restore it before you publish it.")
        if found.published == head:
            raise Conflict(f"r{head} of {found.title} is published already.")
        if lacking := obstacles(actor, db, artifact):
            raise Conflict(f"{found.title} cannot be published yet: {'; '.join(lacking)}.")
        store.change(db, artifact, state="published", published=head, published_at=now(), changed_at=now())
        sentence = f"artifact {artifact} r{head} published"
        record(db, actor, Kind.PUBLISH, sentence, asset=found.asset, artifact=artifact, revision=head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def verify(actor: Actor, db: Database, artifact: int, *, days: int = VERIFIED_DAYS) -> Artifact:
    """Says that the latest revision still holds, for some days. Editing is no verification, and undoes none: the
    page says which revision was verified."""
    found = get_changeable(actor, db, artifact, "verify")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"A verification holds for 1 to {LONGEST_DAYS} days; {days} is outside.")
    if found.state == "retired":
        raise Conflict(f"{found.title} is retired; restore it before you verify it.")
    with db.transaction():
        head, at = store.take(db, artifact), now()
        store.change(
            db, artifact, verified_revision=head, verified_by_id=actor.person, verified_at=at,
            expires_at=at + days * DAY, changed_at=at,
        )  # fmt: skip
        sentence = f"artifact {artifact} r{head} verified for {days} days"
        record(db, actor, Kind.VERIFY, sentence, asset=found.asset, artifact=artifact, revision=head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def sign(actor: Actor, db: Database, artifact: int, number: int, *, person: int | None = None) -> Artifact:
    """The expert says "this is what I mean" to one revision.

    person  who signs, for a facilitator who writes it down; left out, whoever asks

    Raises Conflict when it is signed already, Refused for signing in somebody else's name.
    """
    found, revision = get_artifact(actor, db, artifact), get_revision(actor, db, artifact, number)
    signer = speaker_of(actor, db, person)
    if revision.signed_at is not None:
        raise Conflict(f"r{number} of {found.title} is signed already.")
    with db.transaction():
        db.run(
            "UPDATE artifacts_revision SET signed_by_id = ?, signed_at = ? WHERE id = ? AND signed_at IS NULL",
            [signer, now(), revision.id],
        )
        sentence = f"artifact {artifact} r{number} signed"
        record(db, actor, Kind.VERIFY, sentence, subject=signer, asset=found.asset, artifact=artifact, revision=number)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def hand_over(actor: Actor, db: Database, artifact: int, owner: int) -> Artifact:
    """Names who answers for the artifact from now on; that is an event of theirs."""
    found, heir = get_changeable(actor, db, artifact, "hand over"), get_person(actor, db, owner)
    if heir.nature != "person":
        raise BadInput(f"{heir.name} is no person; name somebody who can answer for it.")
    if heir.id == found.owner:
        raise BadInput(f"{heir.name} owns {found.title} already.")
    with db.transaction():
        store.change(db, artifact, owner_id=heir.id, changed_at=now())
        sentence = f"artifact {artifact} is owned by {heir.id}"
        record(
            db, actor, Kind.OWN, sentence, subject=heir.id, asset=found.asset, artifact=artifact, revision=found.head
        )
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def retire(actor: Actor, db: Database, artifact: int, reason: str = "") -> Artifact:
    """Takes an artifact out of use; its revisions and events stay."""
    found = get_changeable(actor, db, artifact, "retire")
    if found.state == "retired":
        raise Conflict(f"{found.title} is retired already.")
    with db.transaction():
        db.run(
            "INSERT INTO artifacts_retirement (artifact_id, state_before, reason, by, at) VALUES (?, ?, ?, ?, ?)",
            [artifact, found.state, reason.strip(), actor.account, now()],
        )
        store.change(db, artifact, state="retired", changed_at=now())
        sentence = f"artifact {artifact} retired: {reason.strip() or 'no reason given'}"
        record(db, actor, Kind.RETIRE, sentence, asset=found.asset, artifact=artifact, revision=found.head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def restore(actor: Actor, db: Database, artifact: int) -> Artifact:
    """Brings a retired artifact back, as it was before."""
    found = get_changeable(actor, db, artifact, "restore")
    rows = db.rows(
        "SELECT id, state_before FROM artifacts_retirement WHERE artifact_id = ? AND restored_at IS NULL "
        "ORDER BY id DESC",
        [artifact],
    )
    if found.state != "retired" or not rows:
        raise Conflict(f"{found.title} is not retired; there is nothing to restore.")
    with db.transaction():
        db.run(
            "UPDATE artifacts_retirement SET restored_at = ?, restored_by = ? WHERE id = ?",
            [now(), actor.account, rows[0][0]],
        )
        store.change(db, artifact, state=rows[0][1], changed_at=now())
        sentence = f"artifact {artifact} restored"
        record(db, actor, Kind.DECIDE, sentence, asset=found.asset, artifact=artifact, revision=found.head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)
