"""Saying who someone is: name, function, unit, dates."""

from __future__ import annotations

from datetime import date

from seci.accounts.actor import Actor
from seci.kit.clock import Micros, from_date
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.ledger.kinds import Kind
from seci.people import store
from seci.people.access import Person, get_person, get_unit, need_lead, need_self_or_lead

_KEEP = object()


def rename(actor: Actor, db: Database, person: int, name: str) -> Person:
    """Gives a person the name they go by. Later scans leave it."""
    found = get_person(actor, db, person)
    need_self_or_lead(actor, found.id, "change this name")
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise BadInput("Give the person a name of 1 to 200 characters.")
    with db.transaction():
        db.run("UPDATE people_person SET name = ?, named = ? WHERE id = ?", [name, True, found.id])
        store.record(db, actor, Kind.DECIDE, f"person {found.id} is called {name}", subject=found.id)
        return get_person(actor, db, found.id)


def describe(
    actor: Actor,
    db: Database,
    person: int,
    *,
    function: str | object = _KEEP,
    unit: int | object | None = _KEEP,
    starts_on: date | object | None = _KEEP,
    leaves_on: date | object | None = _KEEP,
    load_cap: float | object | None = _KEEP,
) -> Person:
    """Sets what is known about a person; what is left out stays. None or empty means: not known.

    People set their own function and load cap; unit and dates are for leads. Hiring, leaving and moving are events.
    """
    found = get_person(actor, db, person)
    need_self_or_lead(actor, found.id, "describe this person")
    if any(each is not _KEEP for each in (unit, starts_on, leaves_on)):
        need_lead(actor, "set unit and dates")
    wanted = {
        "function": found.function if function is _KEEP else " ".join(str(function or "").split()),
        "unit_id": found.unit if unit is _KEEP else unit,
        "starts_on": found.starts_on if starts_on is _KEEP else starts_on,
        "leaves_on": found.leaves_on if leaves_on is _KEEP else leaves_on,
        "load_cap": found.load_cap if load_cap is _KEEP else load_cap,
    }
    _check(actor, db, wanted)
    with db.transaction():
        db.run(
            f"UPDATE people_person SET {', '.join(f'{column} = ?' for column in wanted)} WHERE id = ?",  # noqa: S608
            [*(text(value) for value in wanted.values()), found.id],
        )
        _record_changes(db, actor, found, wanted)
        return get_person(actor, db, found.id)


def _check(actor: Actor, db: Database, wanted: dict[str, object]) -> None:
    if wanted["unit_id"] is not None:
        get_unit(actor, db, int(str(wanted["unit_id"])))
    if len(str(wanted["function"])) > 80:
        raise BadInput("A function has at most 80 characters.")
    first, last, cap = wanted["starts_on"], wanted["leaves_on"], wanted["load_cap"]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise BadInput(f"Leaving on {last} would be before starting on {first}.")
    if isinstance(cap, int | float) and not 0 <= cap <= 168:
        raise BadInput(f"{cap:g} hours a week for helping; a week has 0 to 168.")


def _record_changes(db: Database, actor: Actor, before: Person, wanted: dict[str, object]) -> None:
    first, last = wanted["starts_on"], wanted["leaves_on"]
    if isinstance(first, date) and first != before.starts_on:
        store.record(db, actor, Kind.HIRE, f"starts on {first}", subject=before.id, t=_instant(first))
    if isinstance(last, date) and last != before.leaves_on:
        store.record(db, actor, Kind.LEAVE, f"leaves on {last}", subject=before.id, t=_instant(last))
    if wanted["unit_id"] != before.unit:
        store.record(db, actor, Kind.MOVE, f"unit {before.unit} to {wanted['unit_id']}", subject=before.id)
    if wanted["function"] != before.function or (last is None and before.leaves_on is not None):
        store.record(db, actor, Kind.DECIDE, f"person {before.id} described", subject=before.id)


def _instant(day: date) -> Micros:
    return from_date(day)


def text(value: object) -> object:
    """Days go into the database as text, which both vendors take."""
    return value.isoformat() if isinstance(value, date) else value
