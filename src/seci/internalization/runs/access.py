"""The only way to hold a run. It is read by whoever did it, whoever owns the artifact, and facilitators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, get_revision, may_change
from seci.artifacts.bodies import Body
from seci.artifacts.body import from_data
from seci.internalization.runs.course import decides
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound, Refused
from seci.kit.ids import seeded

# One decision in five is judged again by somebody who does not see what was decided.
BLIND_SHARE = 0.2

COLUMNS = (
    "r.id, r.artifact_id, r.revision, r.person_id, r.task, r.link, r.pressure, r.state, r.reason, r.decided, r.said, "
    "r.looks, r.consulted, r.went, r.result, r.started_at, r.ended_at, r.seq"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One use of an artifact on a task. `said` is what the artifact answers; None where it answers nothing."""

    id: int
    artifact: int
    revision: int
    person: int
    task: str
    link: str
    pressure: int
    state: Literal["open", "done", "left"]
    reason: str
    decided: str
    said: str | None
    looks: int
    consulted: bool
    went: str
    result: dict[str, Any]
    started_at: Micros
    ended_at: Micros | None
    seq: int | None

    @property
    def is_sampled(self) -> bool:
        """Whether it is among those that are judged again blindly; drawn by its number, so nobody can choose."""
        return seeded("blind review", self.id).random() < BLIND_SHARE


def get_run(actor: Actor, db: Database, run: int) -> Run:
    """A run whose decision may be seen. Raises NotFound for a run of others, Refused while it waits for this
    actor's blind judgement."""
    found = _readable(actor, db, run)
    if waits_blind(actor, db, found):
        raise Refused("Judge this task first, without seeing what was decided; then its run opens.", code="blind")
    return found


def get_own(actor: Actor, db: Database, run: int) -> Run:
    """A run that the actor goes through, or that a facilitator writes down for somebody. Raises NotFound, Refused."""
    found = _readable(actor, db, run)
    if found.person != actor.person and not actor.is_at_least("facilitator"):
        raise Refused("Only whoever does a run may go on with it.")
    return found


def get_reviewable(actor: Actor, db: Database, run: int) -> Run:
    """A finished run of somebody else that the actor may judge. Raises NotFound, Refused."""
    found = _readable(actor, db, run)
    if found.person == actor.person:
        raise Refused("Nobody reviews their own decision; ask the owner of the artifact.")
    return found


def waits_blind(actor: Actor, db: Database, run: Run) -> bool:
    """Whether the actor is asked to judge it blindly before anything of it is shown."""
    if run.state != "done" or not run.is_sampled or actor.person is None or actor.person == run.person:
        return False
    if not decides(body_of(actor, db, run)):
        return False
    mine = db.rows("SELECT 1 FROM internalization_review WHERE run_id = ? AND person_id = ?", [run.id, actor.person])
    return not mine


def body_of(actor: Actor, db: Database, run: Run) -> Body:
    found, revision = get_artifact(actor, db, run.artifact), get_revision(actor, db, run.artifact, run.revision)
    return from_data(found.type, revision.body)


def _readable(actor: Actor, db: Database, run: int) -> Run:
    rows = db.rows(f"SELECT {COLUMNS} FROM internalization_run r WHERE r.id = ?", [run])  # noqa: S608
    found = run_of(rows[0]) if rows else None
    if found is None or not _may_read(actor, db, found):
        raise NotFound(f"There is no run {run} that you may see; `seci runs list` shows yours.")
    return found


def _may_read(actor: Actor, db: Database, run: Run) -> bool:
    if not actor.is_at_least("member"):
        return False
    return actor.person == run.person or may_change(actor, get_artifact(actor, db, run.artifact).owner)


def run_of(row: tuple[Any, ...]) -> Run:
    cells = list(row)
    cells[12] = bool(cells[12])
    cells[14] = from_json(cells[14]) or {}
    return Run(*cells)
