"""The only way to hold an exercise, a walk through one, or an explanation. A walk is seen by whoever makes it alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, get_revision
from seci.artifacts.bodies import Checklist, Runbook
from seci.artifacts.body import from_data
from seci.internalization.access import get_pattern, learner, practises
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import BadInput, NotFound, Refused


@dataclass(frozen=True, slots=True)
class Exercise:
    """A drill or a seeded checklist. What is laid into it (`script`) is for its author, never for a learner's page."""

    id: int
    artifact: int
    revision: int
    kind: str
    title: str
    script: dict[str, Any]
    retired_at: Micros | None


@dataclass(frozen=True, slots=True)
class Walk:
    """acts: [did, value, milliseconds since the start] in their order."""

    id: int
    exercise: int
    person: int
    state: str
    acts: tuple[tuple[str, str, int], ...]
    result: dict[str, Any] | None
    started_at: Micros
    ended_at: Micros | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """before, after: {case: option} of the reader, without and with the words."""

    id: int
    pattern: int
    revision: int
    person: int
    words: str
    cases: tuple[int, ...]
    reader: int | None
    before: dict[str, str] | None
    after: dict[str, str] | None
    result: dict[str, Any] | None


def get_exercise(actor: Actor, db: Database, exercise: int) -> Exercise:
    """An exercise of an artifact that the actor may see, as a member. Raises NotFound, Refused."""
    learner(actor)
    rows = db.rows(
        "SELECT id, artifact_id, revision, kind, title, script, retired_at FROM internalization_exercise WHERE id = ?",
        [exercise],
    )
    if not rows:
        raise NotFound(f"There is no exercise {exercise}; `seci exercises list ARTIFACT` shows those there are.")
    get_artifact(actor, db, rows[0][1])
    cells = list(rows[0])
    cells[5] = from_json(cells[5])
    return Exercise(*cells)


def exercises_of(db: Database, artifact: int) -> list[tuple[int, str, str, int]]:
    """(id, kind, title, revision) of an artifact's exercises that are in use."""
    rows = db.rows(
        "SELECT id, kind, title, revision FROM internalization_exercise "
        "WHERE artifact_id = ? AND retired_at IS NULL ORDER BY id",
        [artifact],
    )
    return [(id_, kind, title, revision) for id_, kind, title, revision in rows]


def get_walk(actor: Actor, db: Database, walk: int) -> Walk:
    """A walk of one's own. Raises NotFound."""
    rows = db.rows(
        "SELECT id, exercise_id, person_id, state, acts, result, started_at, ended_at FROM internalization_walk "
        "WHERE id = ? AND person_id = ?",
        [walk, learner(actor)],
    )
    if not rows:
        raise NotFound(f"You have no walk {walk} through an exercise.")
    cells = list(rows[0])
    cells[4] = tuple((did, value, at) for did, value, at in from_json(cells[4]))
    cells[5] = from_json(cells[5])
    return Walk(*cells)


def procedure(actor: Actor, db: Database, artifact: int, revision: int) -> Runbook | Checklist:
    """The runbook or checklist of a revision. Raises BadInput for other types."""
    found = get_artifact(actor, db, artifact)
    body = from_data(found.type, get_revision(actor, db, artifact, revision).body)
    if not isinstance(body, Runbook | Checklist):
        raise BadInput(f"{found.title} is neither a runbook nor a checklist; these can be drilled.")
    return body


def get_explanation(actor: Actor, db: Database, explanation: int) -> Explanation:
    """An explanation for whoever wrote it, and for its reader (anybody, while it has none). Raises NotFound."""
    person = learner(actor)
    rows = db.rows(
        "SELECT id, pattern_id, revision, person_id, words, cases, reader_id, before, after, result "
        "FROM internalization_explanation WHERE id = ?",
        [explanation],
    )
    if not rows or (person not in (rows[0][3], rows[0][6]) and rows[0][6] is not None):
        raise NotFound(f"There is no explanation {explanation} for you to read.")
    cells = list(rows[0])
    cells[5] = tuple(from_json(cells[5]))
    cells[7:10] = [from_json(cell) for cell in cells[7:10]]
    return Explanation(*cells)


def check_reader(actor: Actor, db: Database, found: Explanation) -> None:
    """Raises Refused for a reader who knows more than the words."""
    if found.person == actor.person:
        raise Refused("Somebody else reads it; you know what you meant.")
    if practises(db, learner(actor), get_pattern(actor, db, found.pattern).artifact):
        raise Refused("You practise this artifact; a reader knows nothing but the words.")
