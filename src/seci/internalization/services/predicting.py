"""Which model predicts on this instance: Elo, until the combined one does better on learners it has not seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seci.accounts.actor import Actor
from seci.artifacts.store import insert
from seci.internalization.store import log
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.kit.terminal import as_data
from seci.ledger.kinds import Kind
from seci.people.store import record

if TYPE_CHECKING:
    from seci.internalization.tracing.choice import Choice


def refit(actor: Actor, db: Database) -> str:
    """Measures both models on this instance's own log, and chooses; which one. Nothing is shown of any person."""
    from seci.internalization.tracing.attempts import attempts
    from seci.internalization.tracing.choice import Choice, choose

    if not actor.is_at_least("admin"):
        raise Refused("Only admins, and the nightly task, measure the models.")
    people, items, skills, right, at = log(db)
    found = Choice("elo", len(set(people)), None, None)
    if right:
        item, skill = _numbers(items), _numbers(skills)
        found = choose(attempts(_numbers(people), item, skill, right, at), items=max(item) + 1, skills=max(skill) + 1)
    with db.transaction():
        _write(db, found, len(right))
        record(db, actor, Kind.ASSESS, f"model of practice measured on {len(right)} attempts: {found.chosen}")
    return found.chosen


def _numbers(column: list[int]) -> list[int]:
    """The same, numbered from 0 in the order of first mention."""
    known: dict[int, int] = {}
    return [known.setdefault(one, len(known)) for one in column]


def _write(db: Database, found: Choice, n: int) -> None:
    insert(
        db,
        "internalization_tracing",
        {
            "at": now(), "chosen": found.chosen, "learners": found.learners, "attempts": n,
            "elo": None if found.elo is None else json.dumps(as_data(found.elo)),
            "combined": None if found.combined is None else json.dumps(as_data(found.combined)),
        },
    )  # fmt: skip
