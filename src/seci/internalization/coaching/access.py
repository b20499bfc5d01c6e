"""The only way to hold what accompanies practice: who mentors whom, a learner's answers before their mentor."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Mentor:
    """agreed_at: when the learner said yes; None: not yet, and then the mentor sees nothing."""

    id: int
    learner: int
    mentor: int
    artifact: int
    named_by: int | None
    named_at: Micros
    agreed_at: Micros | None
    ended_at: Micros | None


@dataclass(frozen=True, slots=True)
class Habit:
    """easy: days of the week with half a round, 0 is Monday. calendar: stamp of the address, "off": none."""

    easy: tuple[int, ...] = ()
    calendar: str = ""


COLUMNS = "id, learner_id, mentor_id, artifact_id, named_by_id, named_at, agreed_at, ended_at"


def get_mentor(actor: Actor, db: Database, mentor: int) -> Mentor:
    """A mentorship in which the actor is learner or mentor. Raises NotFound for everybody else."""
    me = learner(actor)
    rows = db.rows(
        f"SELECT {COLUMNS} FROM internalization_mentor WHERE id = ? AND (learner_id = ? OR mentor_id = ?)",
        [mentor, me, me],
    )
    if not rows:
        raise NotFound(f"There is no mentorship {mentor} of yours.")
    return Mentor(*rows[0])


def mentors_of(db: Database, learner_: int) -> list[Mentor]:
    """Whoever was named for a learner and has not ended."""
    rows = db.rows(
        f"SELECT {COLUMNS} FROM internalization_mentor WHERE learner_id = ? AND ended_at IS NULL ORDER BY id",
        [learner_],
    )
    return [Mentor(*row) for row in rows]


def learner_of_attempt(actor: Actor, db: Database, attempt: int) -> tuple[int, int]:
    """(learner, artifact) of a committed attempt of a round before the learner's mentor. Raises NotFound for everybody
    else: that there is such an attempt is nobody's business."""
    rows = db.rows(
        "SELECT t.person_id, p.artifact_id FROM internalization_attempt t JOIN internalization_pattern p "
        "ON p.id = t.pattern_id JOIN internalization_mentor m ON m.learner_id = t.person_id "
        "AND m.artifact_id = p.artifact_id WHERE t.id = ? AND t.committed_at IS NOT NULL AND t.round_id IS NOT NULL "
        "AND m.mentor_id = ? AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL",
        [attempt, learner(actor)],
    )
    if not rows:
        raise NotFound(f"There is no attempt {attempt} of anybody whose mentor you are.")
    return int(rows[0][0]), int(rows[0][1])


def habit(db: Database, person: int) -> Habit:
    rows = db.rows("SELECT easy, calendar FROM internalization_habit WHERE person_id = ?", [person])
    return Habit(tuple(from_json(rows[0][0])), rows[0][1]) if rows else Habit()
