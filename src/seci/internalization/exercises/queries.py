"""What people read of exercises: those there are, one's own walks, explanations that wait for a reader."""

from __future__ import annotations

from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, may_change
from seci.artifacts.bodies import Checklist
from seci.internalization.access import Pattern, case_of, ends_of, get_pattern, learner, patterns_of
from seci.internalization.exercises.access import (
    check_reader,
    exercises_of,
    get_exercise,
    get_explanation,
    get_walk,
    procedure,
)
from seci.internalization.exercises.views import Prepared, ReadCase, Reading, Spot, WalkView
from seci.internalization.exercises.walking import replay, steps_named
from seci.internalization.patterns import unanswered
from seci.internalization.shadowing.queries import to_rank
from seci.internalization.store import stands
from seci.kit.database import Database
from seci.kit.errors import Refused, SeciError


def exercises(actor: Actor, db: Database, artifact: int) -> list[tuple[int, str, str, int]]:
    """(id, kind, title, revision) of an artifact's exercises, for members. Raises NotFound, Refused."""
    if not actor.is_at_least("member"):
        raise Refused("Exercises are for members of this instance; ask an admin for that role.")
    get_artifact(actor, db, artifact)
    return exercises_of(db, artifact)


def prepared(actor: Actor, db: Database, artifact: int) -> Prepared:
    """The exercises of an artifact and what its author may lay into new ones."""
    rows, found = exercises(actor, db, artifact), get_artifact(actor, db, artifact)
    may = found.state == "published" and may_change(actor, found.owner)
    items: tuple[Spot, ...] = ()
    if may and found.type == "checklist":
        body = procedure(actor, db, artifact, found.published or 0)
        items = tuple(Spot(item.id, item.text) for item in body.items) if isinstance(body, Checklist) else ()
    waiting = to_rank(actor, db, artifact) if actor.person is not None else 0
    mine = {one.pattern for one in stands(db, actor.person)} if actor.person is not None else set()
    own = tuple((one.id, one.name) for one in patterns_of(db, artifact) if one.id in mine)
    return Prepared(artifact, found.title, found.type, may, tuple(rows), items, found.state, waiting, own)


def to_explain(actor: Actor, db: Database, pattern: int) -> Pattern:
    """A pattern for whoever explains it, as a member; its name leaves the answer to them."""
    learner(actor)
    found = get_pattern(actor, db, pattern)
    return replace(found, name=unanswered(found.name, ends_of(db, {found.artifact})[found.artifact]))


def walk(actor: Actor, db: Database, walk_: int) -> WalkView:
    """A walk of one's own. What was laid into the exercise is told once it is over."""
    found = get_walk(actor, db, walk_)
    made = get_exercise(actor, db, found.exercise)
    body = procedure(actor, db, made.artifact, made.revision)
    at = replay(body, made, found.acts)
    return WalkView(
        found.id, made.id, made.artifact, made.kind, made.title, found.state, len(found.acts) + 1, at.scene, at.seen,
        at.at, at.spots, at.may, at.causes,
        found.result, steps_named(body),
    )  # fmt: skip


def reading(actor: Actor, db: Database, explanation: int) -> Reading:
    """An explanation as its reader, or whoever wrote it, may see it now. Raises NotFound, Refused."""
    found, person = get_explanation(actor, db, explanation), learner(actor)
    pattern = get_pattern(actor, db, found.pattern)
    own = found.person == person
    step = "done" if found.result is not None else "own" if own else "before" if found.before is None else "after"
    if step in ("before", "after"):
        check_reader(actor, db, found)
    cases = () if own or step == "done" else tuple(_case(db, case) for case in found.cases)
    # The name of a pattern tells its answer: a reader sees neither it nor the words before judging without them.
    name = "" if step in ("before", "after") else pattern.name
    words = "" if step == "before" else found.words
    return Reading(found.id, name, pattern.artifact, step, words, cases, found.result)


def explanations(actor: Actor, db: Database) -> tuple[list[int], list[int]]:
    """(one's own, those that wait for a reader who may be the actor), newest first."""
    person = learner(actor)
    own = db.rows("SELECT id FROM internalization_explanation WHERE person_id = ? ORDER BY id DESC LIMIT 50", [person])
    waiting = db.rows(
        "SELECT e.id, p.artifact_id FROM internalization_explanation e JOIN internalization_pattern p "
        "ON p.id = e.pattern_id WHERE e.ended_at IS NULL AND e.person_id <> ? "
        "AND (e.reader_id IS NULL OR e.reader_id = ?) AND NOT EXISTS (SELECT 1 FROM internalization_standing s "
        "JOIN internalization_pattern q ON q.id = s.pattern_id WHERE s.person_id = ? "
        "AND q.artifact_id = p.artifact_id) ORDER BY e.id DESC LIMIT 50",
        [person, person, person],
    )
    return [id_ for (id_,) in own], [id_ for id_, artifact in waiting if _sees(actor, db, artifact)]


def _sees(actor: Actor, db: Database, artifact: int) -> bool:
    try:
        get_artifact(actor, db, artifact)
    except SeciError:
        return False
    return True


def _case(db: Database, case: int) -> ReadCase:
    found = case_of(db, case)
    return ReadCase(found.id, found.title, found.situation, found.options)
