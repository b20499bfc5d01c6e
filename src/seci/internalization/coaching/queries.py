"""Reads of what accompanies practice: a learner's own, and what their mentor may see of it."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass, replace

from seci.accounts.actor import Actor
from seci.internalization.access import attempt_of, learner
from seci.internalization.coaching import store
from seci.internalization.coaching.access import Mentor, get_mentor, mentors_of
from seci.internalization.exercises.path import Need, Path, path, progress
from seci.internalization.feedback import Reveal
from seci.internalization.revealing import reveal
from seci.kit.clock import Micros
from seci.kit.database import Database, values
from seci.kit.errors import NotFound
from seci.people import queries as people
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class MentorRow:
    """One mentorship; `other` is the other person of the two, `waiting`: the learner has not said yes."""

    id: int
    artifact: int
    title: str
    other: PersonRef | None
    named_by: PersonRef | None
    is_mine: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """What a mentor said to an answer."""

    id: int
    attempt: int
    mentor: PersonRef | None
    words: str
    at: Micros
    is_new: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of a learner as their mentor reads it."""

    attempt: int
    at: Micros
    title: str
    situation: str
    confidence: float | None
    cue: str
    told: Reveal
    remarks: tuple[RemarkRow, ...]


@dataclass(frozen=True, slots=True)
class MenteePage:
    id: int
    artifact: int
    title: str
    learner: PersonRef | None
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    artifact: int | None
    title: str
    about: str
    expected: str
    happened: str
    because: str
    next_time: str
    at: Micros


@dataclass(frozen=True, slots=True)
class PathView:
    """A path that is followed, with what there is of its evidence."""

    id: int
    path: Path
    begun_at: Micros
    pace: float
    needs: tuple[Need, ...]


MOST = 50


def mentors(actor: Actor, db: Database) -> tuple[list[MentorRow], list[MentorRow]]:
    """(whoever was named for oneself, whose mentor one is by their yes)."""
    me = learner(actor)
    mine = mentors_of(db, me)
    others = [
        Mentor(*row)
        for row in db.rows(
            "SELECT id, learner_id, mentor_id, artifact_id, named_by_id, named_at, agreed_at, ended_at "
            "FROM internalization_mentor WHERE mentor_id = ? AND agreed_at IS NOT NULL AND ended_at IS NULL "
            "ORDER BY id",
            [me],
        )
    ]
    titles: dict[int, str] = dict(db.rows("SELECT id, title FROM artifacts_artifact"))
    ids = {one.mentor for one in mine} | {one.learner for one in others} | {one.named_by or 0 for one in mine}
    named = people.names(actor, db, sorted(ids - {0}))

    def row(one: Mentor, other: int, is_mine: bool) -> MentorRow:
        by = named.get(one.named_by or 0) if is_mine and one.named_by != me else None
        return MentorRow(
            one.id, one.artifact, titles.get(one.artifact, ""), named.get(other), by, is_mine, one.agreed_at is None
        )

    return [row(one, one.mentor, True) for one in mine], [row(one, one.learner, False) for one in others]


def mentee(actor: Actor, db: Database, mentor: int) -> MenteePage:
    """A learner's answers of rounds on one artifact, the latest first, for their mentor. Raises NotFound."""
    found = get_mentor(actor, db, mentor)
    if found.mentor != learner(actor) or found.agreed_at is None or found.ended_at is not None:
        raise NotFound(f"You are nobody's mentor under {mentor}.")
    rows = db.rows(
        "SELECT t.id, t.committed_at, c.title, c.situation, t.confidence, t.cue FROM internalization_attempt t "
        "JOIN internalization_practicecase c ON c.id = t.case_id JOIN internalization_pattern p "
        "ON p.id = t.pattern_id WHERE t.person_id = ? AND p.artifact_id = ? AND t.committed_at IS NOT NULL "
        "AND t.round_id IS NOT NULL AND t.key_id IS NOT NULL ORDER BY t.committed_at DESC, t.id DESC LIMIT ?",
        [found.learner, found.artifact, MOST],
    )
    said = _remarks(actor, db, [row[0] for row in rows])
    title = db.rows("SELECT title FROM artifacts_artifact WHERE id = ?", [found.artifact])[0][0]
    return MenteePage(
        found.id, found.artifact, title, people.names(actor, db, [found.learner]).get(found.learner),
        tuple(
            Answered(id_, at, name, words, sure, cue, _of_answer(reveal(actor, db, attempt_of(db, id_))),
                     tuple(said.get(id_, ())))
            for id_, at, name, words, sure, cue in rows
        ),
    )  # fmt: skip


def _of_answer(told: Reveal) -> Reveal:
    """What came of an answer, without the learner's own line and without where they stand."""
    return replace(told, next_time="", level=0, why="", missing="", coach=False)


def remarks(actor: Actor, db: Database, attempt: int) -> tuple[RemarkRow, ...]:
    """What mentors said to an answer of one's own."""
    rows = db.rows("SELECT id FROM internalization_attempt WHERE id = ? AND person_id = ?", [attempt, learner(actor)])
    return tuple(_remarks(actor, db, [attempt]).get(attempt, ())) if rows else ()


def new_remarks(actor: Actor, db: Database) -> list[tuple[int, int, int]]:
    """(attempt, round, case) of one's own answers with words of a mentor not read yet."""
    rows = db.rows(
        "SELECT DISTINCT t.id, t.round_id, t.case_id FROM internalization_remark r JOIN internalization_attempt t "
        "ON t.id = r.attempt_id WHERE t.person_id = ? AND r.read_at IS NULL ORDER BY t.id",
        [learner(actor)],
    )
    return [(attempt, round_, case) for attempt, round_, case in rows]


def notes(actor: Actor, db: Database) -> list[NoteRow]:
    """One's own notes, the latest first."""
    rows = db.rows(
        "SELECT n.id, n.artifact_id, COALESCE(a.title, ''), n.about, n.expected, n.happened, n.because, n.next_time, "
        "n.at FROM internalization_note n LEFT JOIN artifacts_artifact a ON a.id = n.artifact_id "
        "WHERE n.person_id = ? ORDER BY n.id DESC LIMIT 200",
        [learner(actor)],
    )
    return [NoteRow(*row) for row in rows]


def followed(actor: Actor, db: Database) -> list[PathView]:
    """The paths that one follows, each stage with its day and its evidence."""
    me = learner(actor)
    found = []
    for id_, role, begun, pace in db.rows(
        "SELECT id, role, begun_at, pace FROM internalization_following WHERE person_id = ? AND ended_at IS NULL "
        "ORDER BY id",
        [me],
    ):
        which = path(role)
        needs = progress(which, begun, store.evidence(db, me, begun), pace=pace)
        found.append(PathView(id_, which, begun, pace, needs))
    return found


def _remarks(actor: Actor, db: Database, attempts: list[int]) -> dict[int, list[RemarkRow]]:
    if not attempts:
        return {}
    rows = db.rows(
        "SELECT id, attempt_id, mentor_id, words, at, read_at FROM internalization_remark "
        f"WHERE attempt_id IN {values(len(attempts))} ORDER BY id",
        attempts,
    )
    named = people.names(actor, db, sorted({row[2] for row in rows}))
    found: dict[int, list[RemarkRow]] = {}
    for id_, attempt, mentor, words, at, read in rows:
        found.setdefault(attempt, []).append(RemarkRow(id_, attempt, named.get(mentor), words, at, read is None))
    return found
