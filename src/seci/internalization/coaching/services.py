"""What accompanies practice: mentors named, their remarks, notes after the action, paths, easy days, the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.artifacts.store import insert
from seci.internalization.access import learner
from seci.internalization.coaching import store
from seci.internalization.coaching.access import get_mentor, habit, learner_of_attempt
from seci.internalization.exercises.path import path
from seci.internalization.exercises.reflection import note as complete
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.ids import fingerprint, new_secret
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record

LONGEST = 2000
WEEK = 7


def name_mentor(actor: Actor, db: Database, artifact: int, mentor: int, *, person: int | None = None) -> int:
    """Names somebody who may read a learner's answers on an artifact and say something to them; its id.

    person  the learner, where a facilitator names the mentor: it holds from the learner's yes on. Left out: oneself

    Raises Refused for naming others without being a facilitator, BadInput, Conflict for one who is named already.
    """
    if person not in (None, actor.person) and not actor.is_at_least("facilitator"):
        raise Refused("You name mentors for yourself; facilitators, leads and admins may propose one to somebody.")
    learns = get_person(actor, db, person).id if person is not None else learner(actor)
    who, found, at = get_person(actor, db, mentor).id, get_artifact(actor, db, artifact), now()
    if who == learns:
        raise BadInput("A mentor is somebody else.")
    with db.transaction():
        rows = db.rows(
            "INSERT INTO internalization_mentor (learner_id, mentor_id, artifact_id, named_by_id, named_at, agreed_at) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
            [learns, who, found.id, actor.person, at, at if learns == actor.person else None],
        )
        if not rows:
            raise Conflict("They are named for this already.")
        record(
            db, actor, Kind.DECIDE, f"mentor named for artifact {artifact}", subject=learns, other=who,
            asset=found.asset, artifact=found.id,
        )  # fmt: skip
    return int(rows[0][0])


def agree_to_mentor(actor: Actor, db: Database, mentor: int) -> None:
    """The learner's yes to a mentor whom a facilitator named. Raises NotFound, Refused, Conflict."""
    found = get_mentor(actor, db, mentor)
    if found.learner != learner(actor):
        raise Refused("The yes is the learner's.")
    if found.ended_at is not None:
        raise Conflict("That was ended; name them again.")
    with db.transaction():
        if db.run(
            "UPDATE internalization_mentor SET agreed_at = ? WHERE id = ? AND agreed_at IS NULL", [now(), mentor]
        ):
            record(db, actor, Kind.DECIDE, f"mentor agreed to: {mentor}", subject=found.learner, other=found.mentor)


def end_mentor(actor: Actor, db: Database, mentor: int) -> None:
    """Ends it, from either side: from then on the mentor sees nothing. What was said stays with the learner."""
    found = get_mentor(actor, db, mentor)
    with db.transaction():
        if db.run("UPDATE internalization_mentor SET ended_at = ? WHERE id = ? AND ended_at IS NULL", [now(), mentor]):
            record(db, actor, Kind.DECIDE, f"mentor ended: {mentor}", subject=found.learner, other=found.mentor)


def remark(actor: Actor, db: Database, attempt: int, words: str) -> int:
    """A mentor's words on an answer; the learner reads them, nobody else. Raises NotFound for whoever is no mentor."""
    person, artifact = learner_of_attempt(actor, db, attempt)
    tidy = clean(words).strip()
    if not tidy or len(tidy) > LONGEST:
        raise BadInput(f"Say something, in {LONGEST:,} characters at most.")
    asset = get_artifact(actor, db, artifact).asset
    with db.transaction():
        made = insert(
            db, "internalization_remark",
            {"attempt_id": attempt, "mentor_id": learner(actor), "words": tidy, "at": now()},
        )  # fmt: skip
        seq = record(
            db, actor, Kind.MENTOR, f"remark {made} on an answer", subject=learner(actor), other=person, asset=asset,
            artifact=artifact,
        )  # fmt: skip
        db.run("UPDATE internalization_remark SET seq = ? WHERE id = ?", [seq, made])
    return made


def read_remarks(actor: Actor, db: Database) -> int:
    """The learner has seen what their mentors said; how many were new."""
    return db.run(
        "UPDATE internalization_remark SET read_at = ? WHERE read_at IS NULL AND attempt_id IN "
        "(SELECT id FROM internalization_attempt WHERE person_id = ?)",
        [now(), learner(actor)],
    )


def keep_note(
    actor: Actor, db: Database, expected: str, happened: str, because: str, next_time: str,
    *, artifact: int | None = None, about: str = "",
) -> int:  # fmt: skip
    """Keeps a note after an action, for one's own eyes; its id. Raises BadInput naming the answer that is missing."""
    person = learner(actor)
    made = complete(*(clean(one) for one in (expected, happened, because, next_time)))
    found = get_artifact(actor, db, artifact) if artifact is not None else None
    with db.transaction():
        id_ = insert(
            db, "internalization_note",
            {"person_id": person, "artifact_id": found.id if found else None, "about": clean(about)[:80],
             "expected": made.expected, "happened": made.happened, "because": made.because,
             "next_time": made.next_time, "at": now()},
        )  # fmt: skip
        seq = record(
            db, actor, Kind.FEEDBACK, f"note {id_} after an action", subject=person,
            asset=found.asset if found else None, artifact=found.id if found else None,
        )  # fmt: skip
        db.run("UPDATE internalization_note SET seq = ? WHERE id = ?", [seq, id_])
    return id_


def follow_path(actor: Actor, db: Database, role: str, *, pace: float = 1.0) -> int:
    """Follows the path of a role from today on; its id. Raises BadInput for a role without a path or a pace outside .25
    to 8, Conflict where it is followed already."""
    person, which = learner(actor), path(role)
    if not 0.25 <= pace <= 8:
        raise BadInput(f"The pace of a path goes from 0.25 to 8; {pace:g} is outside.")
    with db.transaction():
        rows = db.rows(
            "INSERT INTO internalization_following (person_id, role, begun_at, pace) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING id",
            [person, which.role, now(), pace],
        )
        if not rows:
            raise Conflict(f"You follow the path {which.name} already.")
        record(db, actor, Kind.DECIDE, f"path {which.role} begun", subject=person)
    return int(rows[0][0])


def leave_path(actor: Actor, db: Database, following: int) -> None:
    """Leaves a path; what was done stays done. Raises NotFound."""
    person = learner(actor)
    with db.transaction():
        if not db.run(
            "UPDATE internalization_following SET ended_at = ? WHERE id = ? AND person_id = ? AND ended_at IS NULL",
            [now(), following, person],
        ):
            raise NotFound(f"You follow no path {following}.")
        record(db, actor, Kind.DECIDE, f"path {following} left", subject=person)


def set_easy_days(actor: Actor, db: Database, days: Iterable[int]) -> tuple[int, ...]:
    """Days of the week on which a round is half as long, 0 is Monday. Raises BadInput for all seven."""
    person, chosen = learner(actor), tuple(sorted(set(days)))
    if any(not 0 <= day < WEEK for day in chosen):
        raise BadInput("Days of the week go from 0, Monday, to 6, Sunday.")
    if len(chosen) == WEEK:
        raise BadInput("Leave one day or more with a whole round; six may be easy.")
    with db.transaction():
        store.write_habit(db, person, replace(habit(db, person), easy=chosen))
        record(db, actor, Kind.DECIDE, f"{len(chosen)} easy days in the week", subject=person)
    return chosen


def remake_calendar(actor: Actor, db: Database, *, off: bool = False) -> None:
    """Another address for one's calendar, or none (`off`); the one before stops answering at once."""
    person = learner(actor)
    with db.transaction():
        stamp = "off" if off else fingerprint(new_secret())[:32]
        store.write_habit(db, person, replace(habit(db, person), calendar=stamp))
        record(db, actor, Kind.DECIDE, "calendar address " + ("ended" if off else "made anew"), subject=person)
