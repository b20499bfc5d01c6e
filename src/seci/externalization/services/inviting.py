"""Invitations: a link to one dialogue for one person, which expires and can be revoked."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.externalization import store
from seci.externalization.access import Elicitation, elicitations, get_managed
from seci.kit.clock import DAY, Micros, now, to_date
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.ids import fingerprint, new_secret
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record

DAYS_AT_MOST = 90


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation. The secret is shown once; only its fingerprint is kept."""

    id: int
    elicitation: int
    secret: str
    expires_at: Micros


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    elicitation: int
    person: int | None
    expires_at: Micros
    taken_by: int | None
    taken_at: Micros | None
    revoked_at: Micros | None


def invite(actor: Actor, db: Database, elicitation: int, *, person: int | None = None, days: int = 14) -> Invited:
    """A link for the expert of a dialogue. `person` narrows it to one person's account.

    Raises Refused for whoever may not look after the dialogue, Conflict when it is over or somebody answers already.
    """
    found = get_managed(actor, db, elicitation, "invite")
    if not 1 <= days <= DAYS_AT_MOST:
        raise BadInput(f"An invitation holds 1 to {DAYS_AT_MOST} days, not {days}.")
    if found.is_over:
        raise Conflict(f"This interview is {found.state}; open a new one to invite somebody.")
    whom = get_person(actor, db, person).id if person is not None else found.expert
    secret, at = new_secret(), now()
    with db.transaction():
        rows = db.rows(
            "INSERT INTO externalization_invitation (elicitation_id, fingerprint, person_id, by, created_at, "
            "expires_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            [found.id, fingerprint(secret), whom, actor.account, at, at + days * DAY],
        )
        record(db, actor, Kind.REQUEST, f"invited to interview {found.id}", other=whom, asset=found.asset)
    return Invited(rows[0][0], found.id, secret, at + days * DAY)


def revoke(actor: Actor, db: Database, invitation: int) -> None:
    """Shuts a link; whoever came in by it before stays."""
    rows = db.rows("SELECT elicitation_id FROM externalization_invitation WHERE id = ?", [invitation])
    if not rows:
        raise NotFound(f"There is no invitation {invitation}.")
    get_managed(actor, db, rows[0][0], "revoke an invitation")
    with db.transaction():
        db.run(
            "UPDATE externalization_invitation SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
            [now(), invitation],
        )
        record(db, actor, Kind.DECIDE, f"invitation {invitation} revoked")


def take(actor: Actor, db: Database, secret: str) -> Elicitation:
    """Opens an invitation: the first account that does so is the one that answers, and may open it again.

    Raises NotFound for a link that never was, Refused for one that is over, revoked, meant for somebody else, or
    taken by another account. Looking at the link with `look` takes nothing.
    """
    row, found = _usable(actor, db, secret)
    if found.account is not None and found.account == actor.account:
        return found
    if actor.account is None:
        raise Refused("Sign in first: an invitation belongs to the account that opens it.")
    with db.transaction():
        taken = db.run(
            "UPDATE externalization_invitation SET taken_by = ?, taken_at = ? WHERE id = ? AND taken_by IS NULL "
            "AND revoked_at IS NULL",
            [actor.account, now(), row.id],
        )
        # Of two people at the same moment the second finds the row taken, and the first keeps it.
        mine = db.run(
            "UPDATE externalization_elicitation SET account = ?, expert_id = COALESCE(expert_id, ?) "
            "WHERE id = ? AND (account IS NULL OR account = ?)",
            [actor.account, actor.person, found.id, actor.account],
        )
        if not taken or not mine:
            raise Refused(_TAKEN, code="taken")
        record(db, actor, Kind.DECIDE, f"invitation to interview {found.id} taken", asset=found.asset)
    store.change(db, found.id, now(), {})
    return elicitations(db, "WHERE id = ?", [found.id])[0]


_TAKEN = "Somebody else has opened this invitation already, and the interview is theirs; ask for a link of your own."


def look(actor: Actor, db: Database, secret: str) -> Elicitation:
    """The dialogue behind an invitation, for the page that welcomes; raises what `take` raises, changes nothing."""
    return _usable(actor, db, secret)[1]


def _usable(actor: Actor, db: Database, secret: str) -> tuple[_Row, Elicitation]:
    rows = db.rows(
        "SELECT id, elicitation_id, person_id, expires_at, taken_by, taken_at, revoked_at "
        "FROM externalization_invitation WHERE fingerprint = ?",
        [fingerprint(secret)],
    )
    if not rows:
        raise NotFound("This is no invitation of this instance; the link may have been cut when it was copied.")
    row = _Row(*rows[0])
    found = elicitations(db, "WHERE id = ?", [row.elicitation])[0]
    if row.taken_by is not None and row.taken_by != actor.account:
        raise Refused(_TAKEN, code="taken")
    if row.revoked_at is not None and row.taken_by is None:
        raise Refused("This invitation was withdrawn; ask whoever sent it for a new one.", code="revoked")
    if row.expires_at <= now() and row.taken_by is None:
        day = to_date(row.expires_at).isoformat()
        raise Refused(f"This invitation was good until {day}; ask whoever sent it for a new one.", code="expired")
    if row.person is not None and actor.person != row.person:
        raise Refused(
            "This invitation is for somebody else; if it is for you, sign in with your own account.", code="forwarded"
        )
    if not actor.is_at_least("member"):
        raise Refused("An interview needs the role member; ask an admin of this instance for it.")
    return row, found
