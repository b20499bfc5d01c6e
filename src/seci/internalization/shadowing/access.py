"""The only way to hold a ranking: it is its learner's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Ranking:
    """first, second: options, best first; None until they were given. result: the first beside the experts'."""

    id: int
    case: int
    person: int
    shown_at: Micros
    first: tuple[str, ...] | None
    reason: str
    second: tuple[str, ...] | None
    why: str
    result: dict[str, Any] | None


def get_ranking(actor: Actor, db: Database, ranking: int) -> Ranking:
    """A ranking of one's own. Raises NotFound for anybody else's."""
    rows = db.rows(
        "SELECT id, case_id, person_id, shown_at, first, reason, second, why, result FROM internalization_ranking "
        "WHERE id = ? AND person_id = ?",
        [ranking, learner(actor)],
    )
    if not rows:
        raise NotFound(f"You have no ranking {ranking}; `seci exercises rank ARTIFACT` brings the next case.")
    cells = list(rows[0])
    for place in (4, 6):
        cells[place] = None if cells[place] is None else tuple(from_json(cells[place]))
    cells[8] = from_json(cells[8])
    return Ranking(*cells)
