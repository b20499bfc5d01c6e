"""The only way to hold a role-play: it belongs to its three players, each with their own view of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.internalization.exercises.roleplay import Item, Role, RolePlay
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Play:
    """ticks, result: None until the observer has filled in the form."""

    id: int
    pattern: int
    case: int
    revision: int
    decider: int
    counterpart: int | None
    observer: int | None
    script: RolePlay
    ticks: dict[str, str] | None
    note: str
    result: dict[str, Any] | None
    at: Micros
    ended_at: Micros | None

    def part(self, person: int) -> str:
        """decider, counterpart or observer."""
        return {self.decider: "decider", self.counterpart: "counterpart"}.get(person, "observer")


def get_play(actor: Actor, db: Database, play: int) -> Play:
    """A role-play in which the actor has a part. Raises NotFound."""
    person = learner(actor)
    rows = db.rows(
        "SELECT id, pattern_id, case_id, revision, decider_id, counterpart_id, observer_id, script, ticks, note, "
        "result, at, ended_at FROM internalization_play WHERE id = ? AND (decider_id = ? OR counterpart_id = ? "
        "OR observer_id = ?)",
        [play, person, person, person],
    )
    if not rows:
        raise NotFound(f"You have no part in a role-play {play}; `seci exercises plays` lists yours.")
    cells = list(rows[0])
    cells[7] = _script(from_json(cells[7]))
    cells[8], cells[10] = from_json(cells[8]), from_json(cells[10])
    return Play(*cells)


def _script(data: dict[str, Any]) -> RolePlay:
    return RolePlay(
        data["title"],
        data["scene"],
        tuple(Role(**one) for one in data["roles"]),
        tuple((minute, words) for minute, words in data["beats"]),
        tuple(data["hidden"]),
        tuple(Item(**one) for one in data["form"]),
    )
