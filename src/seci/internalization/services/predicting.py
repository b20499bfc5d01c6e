"""Which model predicts on this instance: Elo, until the combined one does better on learners it has not seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seci.accounts.actor import Actor
from seci.artifacts.store import insert
from seci.internalization.store import fresh_cases, log, write_forecasts
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.kit.terminal import as_data
from seci.ledger.kinds import Kind
from seci.people.store import record

if TYPE_CHECKING:
    from seci.internalization.tracing.choice import Choice


# Who has not practised for so long gets Elo again; nobody's forecasts are more than this many cases.
RECENT, MOST = 60 * DAY, 500


def refit(actor: Actor, db: Database) -> str:
    """Measures both models on this instance's own log, and chooses; which one. Nothing is shown of any person.

    Where the combined one is ahead, it foretells for everybody who practised lately how they will do on the cases they
    have not met: by that their rounds are composed until the next night.
    """
    from seci.internalization.tracing.attempts import attempts
    from seci.internalization.tracing.choice import Choice, choose

    if not actor.is_at_least("admin"):
        raise Refused("Only admins, and the nightly task, measure the models.")
    people, items, skills, right, at = log(db)
    found, told = Choice("elo", len(set(people)), None, None), list[tuple[int, int, float]]()
    if right:
        item, skill = _numbers(items), _numbers(skills)
        found = choose(attempts(_numbers(people), item, skill, right, at), items=max(item) + 1, skills=max(skill) + 1)
    if found.chosen == "combined":
        told = _foretold(db, people, items, skills, right, at)
    with db.transaction():
        _write(db, found, len(right))
        write_forecasts(db, told)
        record(db, actor, Kind.ASSESS, f"model of practice measured on {len(right)} attempts: {found.chosen}")
    return found.chosen


def _foretold(
    db: Database, people: list[int], items: list[int], skills: list[int], right: list[int], at: list[int]
) -> list[tuple[int, int, float]]:
    """(person, case, chance) of everybody's cases not met yet, of those who practised within `RECENT`."""
    import numpy as np

    from seci.internalization.tracing.attempts import attempts
    from seci.internalization.tracing.combined import fit
    from seci.internalization.tracing.foretelling import chances

    recent = sorted({person for person, then in zip(people, at, strict=True) if then >= now() - RECENT})
    fresh = {person: fresh_cases(db, person)[:MOST] for person in recent}
    case = _known([*items, *(one.case for cases in fresh.values() for one in cases)])
    pattern = _known([*skills, *(one.pattern for cases in fresh.values() for one in cases)])
    item, skill = [case[one] for one in items], [pattern[one] for one in skills]
    learner = _known(people)
    log_ = attempts([learner[one] for one in people], item, skill, right, at)
    model, found = fit(log_, items=len(case), skills=len(pattern)), list[tuple[int, int, float]]()
    for person in recent:
        cases = fresh[person]
        if not cases:
            continue
        asked = np.array([[case[one.case], pattern[one.pattern]] for one in cases], dtype=np.int64)
        told = chances(model, log_.where(log_.user == learner[person]), asked[:, 0], asked[:, 1])
        found += [(person, one.case, float(chance)) for one, chance in zip(cases, told, strict=True)]
    return found


def _known(column: list[int]) -> dict[int, int]:
    """A number from 0 for each, in the order of first mention."""
    known: dict[int, int] = {}
    for one in column:
        known.setdefault(one, len(known))
    return known


def _numbers(column: list[int]) -> list[int]:
    """The same, numbered from 0 in the order of first mention."""
    known = _known(column)
    return [known[one] for one in column]


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
