"""Shared contexts are opened by the activities that belong to them."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.ba import TYPES, Ba
from seci.people.store import record

LONGEST = 2_000


def open_ba(actor: Actor, db: Database, ba: Ba) -> int:
    """Opens a shared context; its id. Raises BadInput without a purpose or with a type that is none."""
    if ba.type not in TYPES:
        raise BadInput(f"A ba is of type {', '.join(TYPES)}; {ba.type} is none of them.")
    cells = [clean(text).strip() for text in (ba.purpose, ba.place, ba.rhythm, ba.rules)]
    if not cells[0]:
        raise BadInput("Say in one line what the people of a ba meet for.")
    if any(len(text) > LONGEST for text in cells):
        raise BadInput(f"Keep each field of a ba to {LONGEST:,} characters.")
    with db.transaction():
        rows = db.rows(
            "INSERT INTO people_ba (type, purpose, place, rhythm, rules, by, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "RETURNING id",
            [ba.type, *cells, actor.account, now()],
        )
        db.run_many(
            "INSERT INTO people_ba_people (ba_id, person_id) VALUES (?, ?)",
            [(rows[0][0], person) for person in dict.fromkeys(ba.people)],
        )
        record(db, actor, Kind.DECIDE, f"ba {rows[0][0]} opened")
    return int(rows[0][0])
