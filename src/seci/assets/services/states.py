"""An asset kept, named, described, retired and restored."""

from __future__ import annotations

from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.assets.access import Asset, get_asset, get_changeable
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record

_KEEP = object()
_TASK_TYPES = ("", "focused process", "focused content", "broad process", "broad content")
_DECAY = ("accuracy", "speed", "mixed")


def keep(actor: Actor, db: Database, asset: int) -> Asset:
    """Confirms a proposed asset. Keeping a kept one changes nothing."""
    found = get_changeable(actor, db, asset, "keep")
    if found.state == "kept":
        return found
    if found.state != "proposed":
        raise Conflict(f"{found.name} is {found.state}; restore it or undo the merger first.")
    with db.transaction():
        db.run("UPDATE assets_asset SET state = 'kept' WHERE id = ?", [found.id])
        record(db, actor, Kind.DECIDE, f"asset {found.id} kept", asset=found.id)
        return get_asset(actor, db, found.id)


def rename(actor: Actor, db: Database, asset: int, name: str) -> Asset:
    """Gives an asset the name that people use. Its key, and so its history, stays."""
    found = get_changeable(actor, db, asset, "rename")
    with db.transaction():
        db.run("UPDATE assets_asset SET name = ? WHERE id = ?", [tidy(name), found.id])
        record(db, actor, Kind.CATEGORIZE, f"asset {found.id} is called {tidy(name)}", asset=found.id)
        return get_asset(actor, db, found.id)


def describe(
    actor: Actor,
    db: Database,
    asset: int,
    *,
    concept: str | object = _KEEP,
    owner: int | object | None = _KEEP,
    users: Sequence[int] | None = None,
    task_type: str | object = _KEEP,
    codifiability: float | object | None = _KEEP,
    criticality: tuple[float, float] | object | None = _KEEP,
    decay: str | object = _KEEP,
) -> Asset:
    """Says what an asset is; what is left out stays. Naming an owner is an event of theirs.

    owner, users     person ids; owner None is unknown, users None stays
    codifiability    0 tacit to 1 codifiable
    criticality      the ends of the range, 0 to 1
    """
    found = get_changeable(actor, db, asset, "describe")
    low, high = (found.criticality_low, found.criticality_high) if criticality is _KEEP else _range(criticality)
    wanted: dict[str, object] = {
        "concept": found.concept if concept is _KEEP else str(concept).strip(),
        "owner_id": found.owner if owner is _KEEP else _person(actor, db, owner),
        "task_type": found.task_type if task_type is _KEEP else _one_of("task type", task_type, _TASK_TYPES),
        "codifiability": found.codifiability if codifiability is _KEEP else _share("codifiability", codifiability),
        "criticality_low": low,
        "criticality_high": high,
        "decay": found.decay if decay is _KEEP else _one_of("decay", decay, _DECAY),
    }
    people = None if users is None else [get_person(actor, db, person).id for person in users]
    with db.transaction():
        db.run(
            f"UPDATE assets_asset SET {', '.join(f'{column} = ?' for column in wanted)} WHERE id = ?",  # noqa: S608
            [*wanted.values(), found.id],
        )
        if people is not None:
            db.run("DELETE FROM assets_asset_users WHERE asset_id = ?", [found.id])
            db.run_many(
                "INSERT INTO assets_asset_users (asset_id, person_id) VALUES (?, ?)",
                [(found.id, person) for person in dict.fromkeys(people)],
            )
        new_owner = wanted["owner_id"] if wanted["owner_id"] != found.owner else None
        if isinstance(new_owner, int):
            record(db, actor, Kind.OWN, f"asset {found.id} is owned by {new_owner}", subject=new_owner, asset=found.id)
        else:
            record(db, actor, Kind.CATEGORIZE, f"asset {found.id} described", asset=found.id)
        return get_asset(actor, db, found.id)


def retire(actor: Actor, db: Database, asset: int, reason: str = "") -> Asset:
    """Takes an asset out of use. Its events stay; nothing is computed for it any more."""
    found = get_changeable(actor, db, asset, "retire")
    if found.state in ("retired", "merged"):
        raise Conflict(f"{found.name} is {found.state} already.")
    with db.transaction():
        db.run(
            "INSERT INTO assets_retirement (asset_id, state_before, reason, by, at) VALUES (?, ?, ?, ?, ?)",
            [found.id, found.state, reason.strip(), actor.account, now()],
        )
        db.run("UPDATE assets_asset SET state = 'retired' WHERE id = ?", [found.id])
        record(db, actor, Kind.RETIRE, f"asset {found.id} retired: {reason or 'no reason given'}", asset=found.id)
        return get_asset(actor, db, found.id)


def restore(actor: Actor, db: Database, asset: int) -> Asset:
    """Brings a retired asset back, as it was before."""
    found = get_changeable(actor, db, asset, "restore")
    rows = db.rows(
        "SELECT id, state_before FROM assets_retirement WHERE asset_id = ? AND restored_at IS NULL ORDER BY id DESC",
        [found.id],
    )
    if found.state != "retired" or not rows:
        raise Conflict(f"{found.name} is not retired; there is nothing to restore.")
    with db.transaction():
        db.run(
            "UPDATE assets_retirement SET restored_at = ?, restored_by = ? WHERE id = ?",
            [now(), actor.account, rows[0][0]],
        )
        db.run("UPDATE assets_asset SET state = ? WHERE id = ?", [rows[0][1], found.id])
        record(db, actor, Kind.DECIDE, f"asset {found.id} restored", asset=found.id)
        return get_asset(actor, db, found.id)


def tidy(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise BadInput("Give the asset a name of 1 to 120 characters.")
    return name


def _person(actor: Actor, db: Database, person: object) -> int | None:
    return None if person is None else get_person(actor, db, int(str(person))).id


def _share(what: str, value: object) -> float | None:
    if value is None:
        return None
    number = float(str(value))
    if not 0 <= number <= 1:
        raise BadInput(f"{what.capitalize()} goes from 0 to 1; {number:g} is outside.")
    return number


def _range(value: object) -> tuple[float | None, float | None]:
    if value is None:
        return None, None
    assert isinstance(value, tuple)
    low, high = (_share("criticality", end) for end in value)
    if low is not None and high is not None and low > high:
        raise BadInput(f"Criticality from {low:g} to {high:g} is upside down; give the lower end first.")
    return low, high


def _one_of(what: str, value: object, choices: Sequence[str]) -> str:
    if value not in choices:
        raise BadInput(f"{str(value)[:40]!r} is no {what}; choose one of {', '.join(filter(None, choices))}.")
    return str(value)
