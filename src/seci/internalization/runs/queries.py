"""Reads of runs, one function per question. A person's figures are for that person; a team's for five or more."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, get_revision, may_change
from seci.artifacts.bodies import Body
from seci.artifacts.body import DECIDING, from_data
from seci.artifacts.execution import evaluate
from seci.artifacts.trace import why
from seci.artifacts.walk import nodes
from seci.internalization.runs import store
from seci.internalization.runs.access import (
    COLUMNS,
    Run,
    body_of,
    get_reviewable,
    get_run,
    run_of,
    waits_blind,
)
from seci.internalization.runs.consistency import Decided, consistency, noted
from seci.internalization.runs.course import Course, choices, fold, runs
from seci.internalization.runs.ladder import Rung, next_step
from seci.internalization.runs.transfer import transfer
from seci.internalization.runs.views import (
    AgreementRow,
    BlindPage,
    LadderRow,
    Looked,
    ReviewRow,
    RunPage,
    RunRow,
    WorkPage,
)
from seci.kit.database import Database, values
from seci.kit.errors import Conflict, Refused
from seci.people import queries as people

# Figures on what people do are shown for so many of them at least.
SMALLEST_TEAM = 5
MOST = 50


def run(actor: Actor, db: Database, run: int) -> RunPage:
    """A run as it stands, with what was looked up in it."""
    found = get_run(actor, db, run)
    body, made = body_of(actor, db, found), store.moves(db, found.id, found.started_at)
    course = _unspoiled(fold(body, made), found)
    named = people.names(actor, db, [found.person])
    return RunPage(
        run=found,
        title=get_revision(actor, db, found.artifact, found.revision).title,
        type=get_artifact(actor, db, found.artifact).type,
        course=course,
        next=len(made) + 1,
        choices=choices(body) if course.decides else (),
        looked=tuple(_looked(body, course)),
        by=named.get(found.person),
        may_go_on=found.state == "open" and (actor.person == found.person or actor.is_at_least("facilitator")),
        may_tell=found.state != "open" and (actor.person == found.person or actor.is_at_least("facilitator")),
        may_review=_may_review(actor, db, found),
        reviews=_reviews(actor, db, found),
    )


def blind(actor: Actor, db: Database, run: int) -> BlindPage:
    """The facts of a task that waits for the actor's blind judgement. Raises Conflict where none is asked for."""
    found = get_reviewable(actor, db, run)
    if not waits_blind(actor, db, found):
        raise Conflict("This run does not wait for a blind judgement of yours.")
    body = body_of(actor, db, found)
    course = fold(body, store.moves(db, found.id, found.started_at))
    title = get_revision(actor, db, found.artifact, found.revision).title
    return BlindPage(found.id, found.artifact, title, found.task, course.spots, choices(body))


def own_runs(actor: Actor, db: Database, *, artifact: int | None = None, state: str = "") -> tuple[RunRow, ...]:
    """The actor's own runs, the latest first; whoever owns the machine, at its terminal, sees all."""
    if not actor.is_at_least("member"):
        raise Refused("Runs are for members of this instance; ask an admin for that role.")
    parts, given = ["1 = 1"], list[object]()
    if actor.door != "cli" or actor.person is not None:
        parts, given = ["r.person_id = ?"], [actor.person or 0]
    for column, value in (("r.artifact_id", artifact), ("r.state", state or None)):
        parts += [f"{column} = ?"] if value is not None else []
        given += [value] if value is not None else []
    return _rows(db, " AND ".join(parts), given)


def to_review(actor: Actor, db: Database, *, artifact: int | None = None) -> tuple[RunRow, ...]:
    """Finished runs of others on real work that the actor may judge and has not, those to judge blindly first."""
    if actor.person is None or not actor.is_at_least("member"):
        return ()
    parts = [
        "r.state = 'done' AND r.pressure > 0 AND r.person_id <> ?",
        "NOT EXISTS (SELECT 1 FROM internalization_review v WHERE v.run_id = r.id AND v.person_id = ?)",
    ]
    given: list[object] = [actor.person, actor.person]
    if not actor.is_at_least("facilitator"):
        parts, given = [*parts, "a.owner_id = ?"], [*given, actor.person]
    if artifact is not None:
        parts, given = [*parts, "r.artifact_id = ?"], [*given, artifact]
    rows = db.rows(
        f"SELECT {COLUMNS}, a.title FROM internalization_run r JOIN artifacts_artifact a ON a.id = r.artifact_id "
        f"WHERE {' AND '.join(parts)} ORDER BY r.id DESC LIMIT {MOST}",
        given,
    )
    found = [(run_of(row[:-1]), row[-1]) for row in rows]
    listed = [_row(one, title, waits_blind(actor, db, one)) for one, title in found]
    return tuple(sorted(listed, key=lambda one: not one.is_blind))


def work(actor: Actor, db: Database, artifact: int) -> WorkPage:
    """An artifact at work: one's own runs and figures, the team's, the ladder."""
    found = get_artifact(actor, db, artifact)
    if not actor.is_at_least("member"):
        raise Refused("How an artifact is used is for members of this instance; ask an admin for that role.")
    every = store.decisions(db, artifact)
    mine = [one for one in every if one.person == actor.person]
    at_work = {one.person for one in every if one.is_eligible}
    may_decide = may_change(actor, found.owner)
    seen = sorted({one.person for one in every}) if may_decide else [actor.person] if mine and actor.person else []
    named = people.names(actor, db, seen)
    ladder = []
    for person in seen:
        rung = Rung(store.rung(db, artifact, person))
        ladder.append(LadderRow(named[person], rung, next_step(rung, [one for one in every if one.person == person])))
    rows = own_runs(actor, db, artifact=artifact)
    body = from_data(found.type, get_revision(actor, db, artifact, found.published or found.head).body)
    return WorkPage(
        artifact=found.id, title=found.title, type=found.type, runs=runs(body) and found.state != "retired",
        open=tuple(one for one in rows if one.state == "open"),
        past=tuple(one for one in rows if one.state != "open"),
        waiting=to_review(actor, db, artifact=artifact),
        mine=transfer(mine) if mine else None,
        team=transfer(every) if len(at_work) >= SMALLEST_TEAM else None,
        people=len(at_work), ladder=tuple(sorted(ladder, key=lambda one: one.person.name)), may_decide=may_decide,
        me=actor.person,
    )  # fmt: skip


def agreements(actor: Actor, db: Database, asset: int) -> tuple[AgreementRow, ...]:
    """How alike people decide with each artifact of an asset that comes to decisions, by title; from five people on."""
    if not actor.is_at_least("member"):
        raise Refused("How alike people decide is for members of this instance; ask an admin for that role.")
    rows = db.rows(
        f"SELECT id, title FROM artifacts_artifact WHERE asset_id = ? AND type IN {values(len(DECIDING))} "
        "AND state <> 'retired' ORDER BY title, id",
        [asset, *sorted(DECIDING)],
    )
    return tuple(
        AgreementRow(
            id_,
            title,
            consistency(_decided(db, id_), seed=id_),
            consistency(_judged(db, id_), seed=id_),
        )
        for id_, title in rows
    )


def _decided(db: Database, artifact: int) -> list[Decided]:
    """Decisions on real work and what reviewers decided blindly on the same task; each run is a case of its own where
    nothing was noted of it."""
    runs_ = db.rows(
        "SELECT id, person_id, decided FROM internalization_run WHERE artifact_id = ? AND state = 'done' "
        "AND pressure > 0 AND decided <> '' ORDER BY id",
        [artifact],
    )
    made = store.moves_of(db, artifact)
    case = {run: noted(made.get(run, ())) or run for run, _, _ in runs_}
    blind_ = db.rows(
        "SELECT v.run_id, v.person_id, v.decision FROM internalization_review v JOIN internalization_run r "
        "ON r.id = v.run_id WHERE r.artifact_id = ? AND v.is_blind = ? ORDER BY v.id",
        [artifact, True],
    )
    own = [Decided(case[run], person, option) for run, person, option in runs_]
    return own + [Decided(case[run], person, option) for run, person, option in blind_ if run in case]


def _judged(db: Database, artifact: int) -> list[Decided]:
    """What a panel's experts answered blindly, the first time."""
    rows = db.rows(
        "SELECT o.case_id, o.person_id, o.option FROM internalization_panelanswer o "
        "JOIN internalization_practicecase c ON c.id = o.case_id JOIN internalization_pattern p "
        "ON p.id = c.pattern_id WHERE p.artifact_id = ? AND o.sitting = 1 AND o.option <> '' ORDER BY o.id",
        [artifact],
    )
    return [Decided(*row) for row in rows]


def _unspoiled(course: Course, found: Run) -> Course:
    """What the artifact says stays hidden until the person has decided and ended the run, or has looked it up."""
    if not course.decides or "" in course.looked or found.state != "open":
        return course
    return replace(course, said=None, because="")


def _looked(body: Body, course: Course) -> list[Looked]:
    words = {node.id: node.words for node in nodes(body)}
    found = []
    for node in dict.fromkeys(course.looked):
        if node:
            found.append(Looked(node, words[node]))
        elif course.decides and course.said is not None:
            found.append(Looked("", why(evaluate(body, course.facts))))
        else:
            found.append(Looked("", " · ".join(words.values())))
    return found


def _may_review(actor: Actor, db: Database, found: Run) -> bool:
    if found.state != "done" or actor.person is None or actor.person == found.person:
        return False
    return not db.rows(
        "SELECT 1 FROM internalization_review WHERE run_id = ? AND person_id = ?", [found.id, actor.person]
    )


def _reviews(actor: Actor, db: Database, found: Run) -> tuple[ReviewRow, ...]:
    rows = db.rows(
        "SELECT person_id, is_blind, decision, upheld, because FROM internalization_review WHERE run_id = ? "
        "ORDER BY id",
        [found.id],
    )
    named = people.names(actor, db, [row[0] for row in rows])
    return tuple(ReviewRow(named.get(row[0]), bool(row[1]), row[2], bool(row[3]), row[4]) for row in rows)


def _rows(db: Database, where: str, given: list[object]) -> tuple[RunRow, ...]:
    rows = db.rows(
        f"SELECT {COLUMNS}, a.title FROM internalization_run r JOIN artifacts_artifact a ON a.id = r.artifact_id "
        f"WHERE {where} ORDER BY r.id DESC LIMIT {MOST}",
        given,
    )
    return tuple(_row(run_of(row[:-1]), row[-1], False) for row in rows)


def _row(found: Run, title: str, is_blind: bool) -> RunRow:
    decided = "" if is_blind else found.decided
    return RunRow(
        found.id, found.artifact, title, found.task, found.state, found.pressure, decided, found.started_at, is_blind
    )
