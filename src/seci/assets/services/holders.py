"""Who knows an asset, as people say it: nominations, and what a person corrects about the own entry."""

from __future__ import annotations

from typing import Literal

from seci.accounts.actor import Actor
from seci.assets import store
from seci.assets.access import get_asset
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record


def nominate(actor: Actor, db: Database, person: int, asset: int) -> int:
    """Says that a person knows an asset; the nomination's id. It stands beside the evidence and adds nothing to it.

    Nominating twice is the same nomination. Guests may not.
    """
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may say who knows what.")
    who, what = get_person(actor, db, person), store.survivor_of(db, get_asset(actor, db, asset).id)
    with db.transaction():
        known = db.rows(
            "SELECT id FROM assets_nomination WHERE person_id = ? AND asset_id = ? AND withdrawn_at IS NULL "
            "AND COALESCE(by, -1) = ?",
            [who.id, what, -1 if actor.account is None else actor.account],
        )
        if known:
            return int(known[0][0])
        rows = db.rows(
            "INSERT INTO assets_nomination (person_id, asset_id, by, at) VALUES (?, ?, ?, ?) RETURNING id",
            [who.id, what, actor.account, now()],
        )
        record(db, actor, Kind.DECIDE, f"person {who.id} named for asset {what}", other=who.id, asset=what)
        return int(rows[0][0])


def withdraw(actor: Actor, db: Database, nomination: int) -> None:
    """Takes a nomination back: whoever made it, whoever is named, or a lead."""
    rows = db.rows(
        "SELECT person_id, asset_id, by FROM assets_nomination WHERE id = ? AND withdrawn_at IS NULL", [nomination]
    )
    if not rows:
        raise NotFound(f"There is no nomination {nomination}.")
    person, asset, by = rows[0]
    if actor.person != person and actor.account != by and not actor.is_at_least("lead"):
        raise Refused("Only whoever nominated, whoever is named, and leads may take a nomination back.")
    with db.transaction():
        db.run("UPDATE assets_nomination SET withdrawn_at = ? WHERE id = ?", [now(), nomination])
        record(db, actor, Kind.DECIDE, f"nomination {nomination} withdrawn", other=person, asset=asset)


def correct(
    actor: Actor, db: Database, person: int, asset: int, kind: Literal["hidden", "wrong"], note: str = ""
) -> int:
    """Hides an own entry of the directory from others, or says that it is wrong; the correction's id."""
    who = get_person(actor, db, person)
    _own(actor, who.id)
    if kind not in ("hidden", "wrong"):
        raise BadInput(f"{kind} is no correction; choose hidden or wrong.")
    what = store.survivor_of(db, get_asset(actor, db, asset).id)
    with db.transaction():
        db.run(
            "UPDATE assets_correction SET lifted_at = ? WHERE person_id = ? AND asset_id = ? AND lifted_at IS NULL",
            [now(), who.id, what],
        )
        rows = db.rows(
            "INSERT INTO assets_correction (person_id, asset_id, kind, note, by, at) VALUES (?, ?, ?, ?, ?, ?) "
            "RETURNING id",
            [who.id, what, kind, note.strip(), actor.account, now()],
        )
        record(db, actor, Kind.DECIDE, f"own entry for asset {what} corrected", subject=who.id, asset=what)
        return int(rows[0][0])


def lift(actor: Actor, db: Database, person: int, asset: int) -> None:
    """Takes an own correction back; the entry is shown again."""
    who = get_person(actor, db, person)
    _own(actor, who.id)
    what = store.survivor_of(db, asset)
    with db.transaction():
        changed = db.run(
            "UPDATE assets_correction SET lifted_at = ? WHERE person_id = ? AND asset_id = ? AND lifted_at IS NULL",
            [now(), who.id, what],
        )
        if not changed:
            raise Conflict("This entry is not hidden or corrected.")
        record(db, actor, Kind.DECIDE, f"own entry for asset {what} shown again", subject=who.id, asset=what)


def _own(actor: Actor, person: int) -> None:
    """Not even a lead speaks for somebody else here; whoever owns the machine could change the file anyway."""
    owns_the_machine = actor.account is None and actor.role == "admin"
    if actor.person != person and not owns_the_machine:
        raise Refused("Only the person may hide or correct an entry of theirs.")
