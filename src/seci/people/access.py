"""The only way to hold a person, a unit, or a question about identities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.people.natures import Nature


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the directory."""

    id: int
    name: str
    nature: Nature
    function: str
    unit: int | None
    starts_on: date | None
    leaves_on: date | None
    load_cap: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    name: str
    parent: int | None
    origin: str


def get_person(actor: Actor, db: Database, person: int) -> Person:
    """A person; whoever was joined to another is found as the other. Raises NotFound."""
    rows = db.rows(
        "SELECT s.id, s.name, s.nature, s.function, s.unit_id, s.starts_on, s.leaves_on, s.load_cap "
        "FROM people_person p JOIN people_person s ON s.id = COALESCE(p.merged_into_id, p.id) WHERE p.id = ?",
        [person],
    )
    if not rows:
        raise NotFound(f"There is no person {person}; `seci people list` shows who there is.")
    id_, name, nature, function, unit, starts_on, leaves_on, load_cap = rows[0]
    return Person(id_, name, nature, function, unit, day(starts_on), day(leaves_on), load_cap)


def get_unit(actor: Actor, db: Database, unit: int) -> Unit:
    rows = db.rows("SELECT id, name, parent_id, origin FROM people_unit WHERE id = ?", [unit])
    if not rows:
        raise NotFound(f"There is no unit {unit}; `seci people units` lists them.")
    return Unit(*rows[0])


def get_suggestion(actor: Actor, db: Database, suggestion: int) -> tuple[int, int]:
    """The two identities of an open suggestion."""
    need_lead(actor, "decide who is who")
    rows = db.rows("SELECT one_id, two_id FROM people_suggestion WHERE id = ?", [suggestion])
    if not rows:
        raise NotFound(f"There is no open suggestion {suggestion}; `seci people suggestions` lists them.")
    return rows[0][0], rows[0][1]


def need_lead(actor: Actor, deed: str) -> None:
    if not actor.is_at_least("lead"):
        raise Refused(f"Only leads and admins may {deed}.")


def need_self_or_lead(actor: Actor, person: int, deed: str) -> None:
    if actor.person != person and not actor.is_at_least("lead"):
        raise Refused(f"Only the person, leads and admins may {deed}.")


def day(value: object) -> date | None:
    """A date column, which SQLite keeps as text."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
