"""What may be done with a run: begun, moved on, finished, left, judged again; and steps on the ladder."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, get_changeable, get_revision, speaker_of
from seci.artifacts.bodies import Body
from seci.artifacts.body import from_data
from seci.internalization.challenges.services import raise_found
from seci.internalization.challenges.trigger import of_work
from seci.internalization.runs import store
from seci.internalization.runs.access import Run, body_of, get_own, get_reviewable, waits_blind
from seci.internalization.runs.course import Course, Done, active_seconds, choices, fold, runs
from seci.internalization.runs.ladder import Rung, next_step
from seci.internalization.runs.pressure import kind_of, read_pressure
from seci.kit.clock import SECOND, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean, to_data
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Aid, Outcome
from seci.people.access import get_person
from seci.people.store import record

LONGEST = 4000


def start(
    actor: Actor,
    db: Database,
    artifact: int,
    task: str,
    pressure: str | int,
    *,
    link: str = "",
    person: int | None = None,
) -> Run:
    """Begins to use an artifact on a task: the published revision, or the latest of a draft.

    task      what it is used on, in a line
    pressure  exercise, supervised, alone or incident (or 0 to 3)
    person    who does it, for a facilitator who writes it down; left out, whoever asks

    Raises BadInput for an artifact that is only read, Conflict for one that is retired.
    """
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may record a run.")
    found, doer = get_artifact(actor, db, artifact), speaker_of(actor, db, person)
    if found.state == "retired":
        raise Conflict(f"{found.title} is retired; use what replaced it.")
    number = found.published or found.head
    if not runs(from_data(found.type, get_revision(actor, db, artifact, number).body)):
        raise BadInput(f"{found.title} is read, not run; checklists, runbooks, trees and the like can be run.")
    line = " ".join(clean(task).split())[:200]
    if not line:
        raise BadInput("Say in a line what you use it on: the release, the table, the alarm.")
    with db.transaction():
        id_ = store.insert(db, artifact, number, doer, line, _link(link), read_pressure(pressure), now())
    return get_own(actor, db, id_)


def move(
    actor: Actor,
    db: Database,
    run: int,
    number: int,
    did: str,
    *,
    node: str = "",
    value: str = "",
    note: str = "",
    other: int | None = None,
) -> Course:
    """One move, written down before the next state is returned.

    number  of the move, counted from 1: the same move sent twice counts once, another one is a Conflict
    did     tick, done, failed, answer, fill, fact, decide; look (the artifact is opened at a node); consult (`other`
            was asked); back (the last move is taken back)

    Raises BadInput for a move that the artifact has no place for, Conflict when the run is over.
    """
    found = _open(get_own(actor, db, run))
    made = store.moves(db, run, found.started_at)
    move = Done(did, clean(node)[:64], clean(value).strip()[:LONGEST], clean(note).strip()[:LONGEST])
    if other is not None:
        get_person(actor, db, other)
    body = body_of(actor, db, found)
    if 1 <= number <= len(made):
        return _again(body, made, number, move)
    if number != len(made) + 1:
        raise Conflict(f"This run has {len(made)} moves; the next is number {len(made) + 1}. Load the page again.")
    after = fold(body, [*made, move])
    with db.transaction():
        if not store.write_move(db, run, number, move, other, now()):
            raise Conflict(f"Move {number} of this run was made elsewhere just now; load the page again.")
    return after


def _again(body: Body, made: list[Done], number: int, move: Done) -> Course:
    before = made[number - 1]
    if (before.did, before.node, before.value, before.note) != (move.did, move.node, move.value, move.note):
        raise Conflict(f"Move {number} of this run was another one; load the page again to see where it stands.")
    return fold(body, made)


def finish(actor: Actor, db: Database, run: int, *, went: str = "") -> Run:
    """Ends a run where it stands; what is open stays open and is told. Finishing again changes nothing.

    went  good or bad, empty while nobody knows

    Raises Conflict while a decision is not made, or a procedure has not come to an end.
    """
    found = get_own(actor, db, run)
    if found.state == "done":
        return found
    course = _course(actor, db, _open(found))
    if course.decides and not course.reached:
        raise Conflict("Decide first: what you would do is what this run is about.")
    if not course.complete and course.share is None:
        raise Conflict("This run has not come to its end; go on, or leave it with a reason.")
    return _end(actor, db, found, course, "done", went=_went(went))


def leave(actor: Actor, db: Database, run: int, reason: str, *, went: str = "") -> Run:
    """Leaves a run before its end, with the reason: what was done instead says what the artifact lacks."""
    found = _open(get_own(actor, db, run))
    words = clean(reason).strip()[:LONGEST]
    if not words:
        raise BadInput("Say why you leave it: what did not fit, and what you did instead.")
    return _end(actor, db, found, _course(actor, db, found), "left", went=_went(went), reason=words)


def turned_out(actor: Actor, db: Database, run: int, went: str) -> Run:
    """Says how it turned out, once that is known. Raises Conflict when it was said already."""
    found = get_own(actor, db, run)
    said = _went(went)
    if found.state == "open":
        raise Conflict("This run is not over; finish or leave it first.")
    if not said:
        raise BadInput("Say how it turned out: good or bad.")
    if found.went == said:
        return found
    if found.went:
        raise Conflict(f"It was said already that this turned out {found.went}.")
    with db.transaction():
        if not store.write_went(db, run, said):
            raise Conflict("Somebody has just said how this turned out; load the page again.")
        record(
            db, actor, Kind.FEEDBACK, f"run {run} turned out {said}", subject=found.person, artifact=found.artifact,
            revision=found.revision,
            outcome=Outcome(score=1.0 if said == "good" else 0.0, pressure=found.pressure),
        )  # fmt: skip
        after = get_own(actor, db, run)
        _contest(actor, db, after)
    return after


def review(
    actor: Actor,
    db: Database,
    run: int,
    *,
    decision: str = "",
    upheld: bool | None = None,
    because: str = "",
    person: int | None = None,
) -> None:
    """What somebody who knows would have decided. One review for each person.

    decision  what the reviewer decides on the facts alone; for a run that is judged blindly it is compared with what
              was decided
    upheld    for a run that was seen: whether the decision stands

    Raises BadInput, Conflict for a second review, Refused for one's own run.
    """
    found = get_reviewable(actor, db, run)
    reviewer = speaker_of(actor, db, person)
    if reviewer == found.person:
        raise Refused("Nobody reviews their own decision; ask the owner of the artifact.")
    if found.state != "done":
        raise Conflict("Only a finished run can be reviewed.")
    is_blind = waits_blind(actor, db, found)
    if is_blind:
        known = {one.casefold(): one for one in choices(body_of(actor, db, found))}
        if decision.strip().casefold() not in known:
            raise BadInput(f"Decide {', '.join(known.values())} on these facts.")
        decision = known[decision.strip().casefold()]
        upheld = decision == found.decided
    if upheld is None:
        raise BadInput("Say whether the decision stands or is overturned.")
    with db.transaction():
        if not store.write_review(
            db, run, reviewer, is_blind=is_blind, decision=clean(decision)[:200], upheld=upheld,
            because=clean(because).strip()[:LONGEST], at=now(),
        ):  # fmt: skip
            raise Conflict("You have reviewed this run already.")
        how = "upheld" if upheld else "overturned"
        record(
            db, actor, Kind.ASSESS, f"run {run} {how}{' blindly' if is_blind else ''}", subject=found.person,
            other=reviewer, artifact=found.artifact, revision=found.revision,
            outcome=Outcome(score=float(upheld), pressure=found.pressure),
        )  # fmt: skip


def promote(actor: Actor, db: Database, artifact: int, person: int, rung: int, *, reason: str = "") -> None:
    """Decides on which rung of the ladder somebody stands; the evidence of the day is kept with it.

    Whoever may change the artifact decides, never for themselves. A step that the evidence does not carry, more than
    one step, or a step down needs a reason. Raises BadInput, Conflict, Refused.
    """
    found = get_changeable(actor, db, artifact, "decide on steps with")
    who = get_person(actor, db, person).id
    if who == actor.person:
        raise Refused("Nobody decides on their own step; ask a facilitator or lead.")
    if rung not in set(Rung):
        raise BadInput(f"A rung is 0 to 3: {', '.join(one.word for one in Rung)}.")
    with db.transaction():
        at = Rung(store.rung(db, artifact, who))
        if at == rung:
            raise Conflict(f"That is where they stand already: {at.word}.")
        step = next_step(at, store.decisions(db, artifact, who))
        words = clean(reason).strip()[:LONGEST]
        if not words and not (step.is_ready and rung == step.rung):
            raise BadInput("The evidence does not carry this step; say why you decide so.")
        store.write_promotion(
            db, artifact, who, rung, to_data({"from": int(at), "grounds": step.grounds}), words, actor.account,
            actor.person, now(),
        )  # fmt: skip
        kind = Kind.OWN if rung == Rung.OWNER else Kind.DECIDE
        sentence = f"{Rung(rung).word} on artifact {artifact}"
        record(db, actor, kind, sentence, subject=who, asset=found.asset, artifact=artifact, revision=found.head)


def _open(found: Run) -> Run:
    if found.state != "open":
        raise Conflict("This run is over; begin a new one.")
    return found


def _course(actor: Actor, db: Database, found: Run) -> Course:
    return fold(body_of(actor, db, found), store.moves(db, found.id, found.started_at))


def _end(actor: Actor, db: Database, found: Run, course: Course, state: str, *, went: str, reason: str = "") -> Run:
    at = now()
    instants = [0.0, *(one.at for one in store.moves(db, found.id, found.started_at))]
    seconds = active_seconds([*instants, (at - found.started_at) / SECOND])
    result = {
        "seconds": round(seconds, 1), "open": list(course.open) if not course.decides else [],
        "omitted": list(course.omitted), "failed": list(course.failed), "breaches": list(course.breaches),
    }  # fmt: skip
    reached = course.reached or ("incomplete" if state == "done" else "")
    with db.transaction():
        if not store.close(db, found.id, state):
            raise Conflict("This run was ended elsewhere just now; load the page again.")
        store.change(
            db, found.id,
            {
                "state": state, "reason": reason, "decided": reached[:200], "said": course.said, "went": went,
                "looks": len(course.looked), "consulted": course.consulted > 0, "result": result, "ended_at": at,
            },
        )  # fmt: skip
        outcome = Outcome(_score(course, went, state), found.pressure, _aid(course), hours=seconds / 3600)
        asset = get_artifact(actor, db, found.artifact).asset
        seq = record(
            db, actor, kind_of(found.pressure), f"artifact {found.artifact} used ({state})", subject=found.person,
            asset=asset, artifact=found.artifact, revision=found.revision, outcome=outcome,
        )  # fmt: skip
        store.change(db, found.id, {"seq": seq})
        after = get_own(actor, db, found.id)
        _contest(actor, db, after)
        return after


def _score(course: Course, went: str, state: str) -> float | None:
    """How it turned out, where that is known; else what part of a list was done; else nothing is known."""
    if went:
        return 1.0 if went == "good" else 0.0
    return course.share if state == "done" else None


def _aid(course: Course) -> Aid:
    """Whoever goes through a procedure has the artifact in hand; whoever decides has it where it was looked up."""
    if course.consulted:
        return "person"
    return "artifact" if course.looked or not course.decides else "none"


def _contest(actor: Actor, db: Database, run: Run) -> None:
    """Work that speaks against the artifact becomes a challenge."""
    if not run.went:
        return
    course = _course(actor, db, run)
    node = course.open[0] if course.open and course.open[0] else ""
    finding = of_work(
        run.id, run.task, type_=get_artifact(actor, db, run.artifact).type, left=run.state == "left",
        went=run.went == "good", followed=_followed(run, course), node=node, reason=run.reason,
    )  # fmt: skip
    if finding is not None and run.pressure > CALM:
        # Whoever found a better way is credited; whose work went badly is nobody's business but theirs.
        raise_found(actor, db, run.artifact, run.revision, finding, person=run.person if run.went == "good" else None)


def _followed(run: Run, course: Course) -> bool | None:
    """Whether the person did what the artifact says; None where that cannot be told."""
    if not course.decides:
        return True if run.state == "done" and course.complete and not course.breaches else None
    return None if run.said is None else run.said == run.decided


def _went(said: str) -> str:
    word = said.strip().casefold()
    if word not in ("", "good", "bad"):
        raise BadInput(f"Say good or bad, or leave it empty while nobody knows; {word[:30]!r} is neither.")
    return word


def _link(link: str) -> str:
    tidy = clean(link).strip()[:1000]
    if any(one in tidy for one in "\n\r<>\"'") or tidy.casefold().startswith(("javascript:", "data:")):
        raise BadInput("The link is the address or name of a commit, ticket or incident, in one line.")
    return tidy
