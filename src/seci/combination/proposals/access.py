"""What agents proposed, as it is kept."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.access import need_member
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import NotFound

COLUMNS = "id, conflict_id, person_id, choice, when_a, when_b, reason, at, settled_at, came_of_it"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`person` is whom the agent works for; `came_of_it` is taken, dropped, or empty while it waits."""

    id: int
    conflict: int
    person: int | None
    choice: str
    when_a: str
    when_b: str
    reason: str
    at: Micros
    settled_at: Micros | None
    came_of_it: str


def get_proposal(actor: Actor, db: Database, proposal: int) -> Proposal:
    """A proposal. Raises NotFound, Refused."""
    need_member(actor)
    rows = db.rows(f"SELECT {COLUMNS} FROM combination_proposal WHERE id = ?", [proposal])
    if not rows:
        raise NotFound(f"Nothing was proposed under {proposal}; `seci merge proposals` shows what was.")
    return Proposal(*rows[0])
