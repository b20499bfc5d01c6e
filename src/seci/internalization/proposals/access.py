"""The only way to hold what an agent proposed: it waits for one person, who decides."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Proposal:
    """kind: review (target is a run), promote (an artifact), decide (a challenge). `said`: what was filled in."""

    id: int
    person: int
    kind: str
    target: int
    about: int | None
    said: dict[str, Any]
    at: Micros
    settled_at: Micros | None
    came_of_it: str


COLUMNS = "id, person_id, kind, target, about_id, said, at, settled_at, came_of_it"


def get_proposal(actor: Actor, db: Database, proposal: int) -> Proposal:
    """A proposal to oneself. Raises NotFound."""
    rows = db.rows(
        f"SELECT {COLUMNS} FROM internalization_proposal WHERE id = ? AND person_id = ?", [proposal, learner(actor)]
    )
    if not rows:
        raise NotFound(f"Nothing was proposed to you under {proposal}.")
    return proposal_of(rows[0])


def proposal_of(row: tuple[Any, ...]) -> Proposal:
    cells = list(row)
    cells[5] = from_json(cells[5])
    return Proposal(*cells)
