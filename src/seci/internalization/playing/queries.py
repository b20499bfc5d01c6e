"""Role-plays as each of the three may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.internalization.access import case_of, learner
from seci.internalization.exercises.roleplay import Item, Role
from seci.internalization.playing.access import get_play
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.people import queries as people
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class PlayRow:
    id: int
    title: str
    part: str
    at: Micros
    is_over: bool


@dataclass(frozen=True, slots=True)
class PlayView:
    """part     decider, counterpart or observer: whoever asks
    roles      (role, who plays it)
    hidden     what only the counterpart reads; () for the others until it is over
    form       what the observer ticks, for the observer, and for all three once it is over
    beats      what happens when, in minutes; for counterpart and observer
    """

    id: int
    artifact: int
    title: str
    part: str
    scene: str
    options: tuple[str, ...]
    roles: tuple[tuple[Role, PersonRef | None], ...]
    beats: tuple[tuple[int, str], ...]
    hidden: tuple[str, ...]
    form: tuple[Item, ...]
    ticks: dict[str, str]
    note: str
    result: dict[str, Any] | None


def play(actor: Actor, db: Database, play: int) -> PlayView:
    """A role-play as one of its players. Raises NotFound for everybody else."""
    found = get_play(actor, db, play)
    part, over, case = found.part(learner(actor)), found.ended_at is not None, case_of(db, found.case)
    who = (found.decider, found.counterpart, found.observer)
    named = people.names(actor, db, [one for one in who if one is not None])
    return PlayView(
        id=found.id,
        artifact=case.artifact,
        title=found.script.title,
        part=part,
        scene=found.script.scene if part != "decider" or over else "",
        options=case.options,
        roles=tuple(
            (role, named.get(person) if person else None) for role, person in zip(found.script.roles, who, strict=True)
        ),
        beats=found.script.beats if part != "decider" or over else (),
        hidden=found.script.hidden if part == "counterpart" or over else (),
        form=found.script.form if part == "observer" or over else (),
        ticks=found.ticks or {},
        note=found.note,
        result=found.result,
    )


def plays(actor: Actor, db: Database) -> list[PlayRow]:
    """The role-plays in which one has a part, the latest first."""
    me = learner(actor)
    rows = db.rows(
        "SELECT o.id, a.title, o.decider_id, o.counterpart_id, o.at, o.ended_at FROM internalization_play o "
        "JOIN internalization_pattern p ON p.id = o.pattern_id JOIN artifacts_artifact a ON a.id = p.artifact_id "
        "WHERE o.decider_id = ? OR o.counterpart_id = ? OR o.observer_id = ? ORDER BY o.id DESC LIMIT 100",
        [me, me, me],
    )
    return [
        PlayRow(
            id_, title, "decider" if decider == me else "counterpart" if counterpart == me else "observer", at,
            ended is not None,
        )
        for id_, title, decider, counterpart, at, ended in rows
    ]  # fmt: skip
