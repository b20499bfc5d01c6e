"""The only way to hold a pattern, a case to practise, a round, or an attempt."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact, get_artifact, get_revision, may_change
from seci.artifacts.bodies import Body
from seci.artifacts.body import from_data
from seci.artifacts.walk import outcomes_of
from seci.internalization.scaffold import Level
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json, values
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.people.access import get_person

Pool = Literal["practice", "sealed", "retest"]
POOLS: tuple[Pool, ...] = ("practice", "sealed", "retest")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One judgement of an artifact in one family of situations ("" is any).

    frequency  how often it comes up in real work, any scale
    stake      weight of getting it wrong, 1 is usual
    near       ids of patterns that are easily mistaken for it
    """

    id: int
    artifact: int
    node: str
    name: str
    family: str
    frequency: float
    stake: float
    near: tuple[int, ...]
    retired_at: Micros | None


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """A situation to judge. What counts as right is not part of it."""

    id: int
    pattern: int
    artifact: int
    nodes: tuple[str, ...]
    kind: str
    title: str
    situation: str
    facts: dict[str, Any]
    options: tuple[str, ...]
    critical: bool
    pool: Pool
    source: str
    variant_of: int | None
    code: str
    median_ms: int | None
    p75_ms: int | None
    retired_at: Micros | None


@dataclass(frozen=True, slots=True)
class Key:
    """What counts as right for a case; `basis` says what it rests on: panel, verdicts, artifact, author."""

    id: int
    case: int
    version: int
    option: str
    basis: str
    agreement: float | None
    n: int
    revision: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """A learner's cases of one day; picks are (case, pattern, drawn at natural frequency)."""

    id: int
    person: int
    day: int
    number: int
    kind: str
    state: str
    picks: tuple[tuple[int, int, bool], ...]
    started_at: Micros
    finished_at: Micros | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A case shown to a learner; `committed_at` is None until they have committed."""

    id: int
    round: int | None
    case: int
    person: int
    pattern: int
    level: int
    is_natural: bool
    shown_at: Micros
    looked_up: bool
    option: str | None
    confidence: float | None
    cue: str
    committed_at: Micros | None
    latency_ms: int | None
    limit_ms: int | None
    over_time: bool
    correct: bool | None
    key: int | None
    next_time: str
    card_answer: str | None
    away_ms: int | None
    kept_number: bool | None


_PATTERN = "id, artifact_id, node, name, family, frequency, stake, near, retired_at"
_CASE = (
    "c.id, c.pattern_id, p.artifact_id, c.nodes, c.kind, c.title, c.situation, c.facts, c.options, c.critical, c.pool, "
    "c.source, c.variant_of_id, c.code, c.median_ms, c.p75_ms, c.retired_at"
)
CASES = "internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id"
_KEY = "id, case_id, version, option, basis, agreement, n, revision"
_ROUND = "id, person_id, day, number, kind, state, picks, started_at, finished_at"
_ATTEMPT = (
    "id, round_id, case_id, person_id, pattern_id, level, is_natural, shown_at, looked_up, option, confidence, cue, "
    "committed_at, latency_ms, limit_ms, over_time, correct, key_id, next_time, card_answer, away_ms, "
    "kept_number"
)


def learner(actor: Actor) -> int:
    """The person who practises: always whoever asks. Raises Refused, BadInput (`nobody`) for no person."""
    if not actor.is_at_least("member"):
        raise Refused("Practice is for members of this instance; ask an admin for that role.")
    if actor.person is None:
        raise BadInput(
            "Practice belongs to a person: say in the settings who you are, or in the terminal with --as.",
            code="nobody",
        )
    return actor.person


def seated(actor: Actor, db: Database, person: int) -> Actor:
    """Whoever sits at the terminal of the machine that holds the instance, as the person they say they are."""
    if actor.account is not None or actor.door != "cli":
        raise Refused("Everybody practises as themselves; only the terminal asks who sits there.")
    return replace(actor, person=get_person(actor, db, person).id)


def authored(actor: Actor, db: Database, artifact: int) -> Artifact:
    """An artifact whose practice the actor may prepare: its owner, facilitators. Raises Refused."""
    found = get_artifact(actor, db, artifact)
    if not may_change(actor, found.owner):
        raise Refused("Only the owner of an artifact, facilitators, leads and admins may prepare its practice.")
    return found


def published_body(actor: Actor, db: Database, artifact: int) -> tuple[Artifact, Body]:
    """A published artifact with the body that is practised. Raises Conflict for a draft."""
    found = get_artifact(actor, db, artifact)
    if found.published is None or found.state != "published":
        raise Conflict(f"{found.title!r} is not published; practice follows what is: `seci artifacts publish` first.")
    return found, from_data(found.type, get_revision(actor, db, artifact, found.published).body)


def ends_of(db: Database, artifacts: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What each of some artifacts that the caller may see can answer, as published; what never was, as it stands."""
    if not artifacts:
        return {}
    rows = db.rows(
        "SELECT a.id, a.type, r.body FROM artifacts_artifact a JOIN artifacts_revision r ON r.artifact_id = a.id "
        f"AND r.number = COALESCE(a.published, a.head) WHERE a.id IN {values(len(artifacts))}",
        list(artifacts),
    )
    return {id_: outcomes_of(from_data(type_, from_json(body))) for id_, type_, body in rows}


def patterns_of(db: Database, artifact: int) -> list[Pattern]:
    """The patterns of an artifact that are in use."""
    rows = db.rows(
        f"SELECT {_PATTERN} FROM internalization_pattern WHERE artifact_id = ? AND retired_at IS NULL ORDER BY id",
        [artifact],
    )
    return [_pattern(row) for row in rows]


def get_pattern(actor: Actor, db: Database, pattern: int) -> Pattern:
    rows = db.rows(f"SELECT {_PATTERN} FROM internalization_pattern WHERE id = ?", [pattern])
    if not rows:
        raise NotFound(f"There is no pattern {pattern}; `seci practice plan ARTIFACT` lists them.")
    get_artifact(actor, db, rows[0][1])
    return _pattern(rows[0])


def get_case(actor: Actor, db: Database, case: int) -> PracticeCase:
    """A case for whoever prepares practice, or for an expert of its panel: members. Raises NotFound, Refused.

    A learner meets cases in rounds only: whoever practises its artifact and may not change it, is refused.
    """
    if not actor.is_at_least("member"):
        raise Refused("Cases are for members of this instance; ask an admin for that role.")
    found = case_of(db, case)
    if may_change(actor, get_artifact(actor, db, found.artifact).owner):
        return found
    if actor.person is not None and practises(db, actor.person, found.artifact):
        raise Refused("You practise on these cases: they come to you in a round, each of them once.")
    return found


def case_of(db: Database, case: int) -> PracticeCase:
    """A case by its id, for code that has made sure who may see it."""
    rows = db.rows(f"SELECT {_CASE} FROM {CASES} WHERE c.id = ?", [case])
    if not rows:
        raise NotFound(f"There is no case {case} to practise on; `seci practice cases ARTIFACT` lists them.")
    return _case(rows[0])


def cases_by(db: Database, cases: Sequence[int]) -> list[PracticeCase]:
    """Cases by their ids, in the order of these; for code that has made sure who may see them."""
    if not cases:
        return []
    rows = db.rows(f"SELECT {_CASE} FROM {CASES} WHERE c.id IN {values(len(cases))} ORDER BY c.id", list(cases))
    return [_case(row) for row in rows]


def cases_of(db: Database, artifact: int, *, limit: int = 100, offset: int = 0) -> list[PracticeCase]:
    """Cases of an artifact that are in use, in the order they came."""
    rows = db.rows(
        f"SELECT {_CASE} FROM {CASES} WHERE p.artifact_id = ? AND c.retired_at IS NULL ORDER BY c.id LIMIT ? OFFSET ?",
        [artifact, limit, offset],
    )
    return [_case(row) for row in rows]


def practises(db: Database, person: int, artifact: int) -> bool:
    return bool(
        db.rows(
            "SELECT 1 FROM internalization_standing s JOIN internalization_pattern p ON p.id = s.pattern_id "
            "WHERE s.person_id = ? AND p.artifact_id = ? LIMIT 1",
            [person, artifact],
        )
    )


def current_key(db: Database, case: int) -> Key | None:
    """The latest key of a case that says something; None while it has none."""
    return current_keys(db, [case]).get(case)


def current_keys(db: Database, cases: Sequence[int]) -> dict[int, Key]:
    """The same for several cases; one without a key is left out."""
    if not cases:
        return {}
    rows = db.rows(
        f"SELECT {_KEY} FROM internalization_key WHERE case_id IN {values(len(cases))} ORDER BY version", list(cases)
    )
    latest = {key.case: key for key in (Key(*row) for row in rows)}
    return {case: key for case, key in latest.items() if key.option}


def pattern_names(db: Database, patterns: Sequence[int]) -> dict[int, str]:
    """Names of patterns by their ids, for code that has made sure who may see them."""
    ids = sorted(set(patterns))
    if not ids:
        return {}
    return dict(db.rows(f"SELECT id, name FROM internalization_pattern WHERE id IN {values(len(ids))}", ids))


def key_of(db: Database, key: int) -> Key:
    return Key(*db.rows(f"SELECT {_KEY} FROM internalization_key WHERE id = ?", [key])[0])


def get_round(actor: Actor, db: Database, round_: int) -> Round:
    """A round of one's own. Whose it is else, nobody else may know: NotFound."""
    rows = db.rows(
        f"SELECT {_ROUND} FROM internalization_round WHERE id = ? AND person_id = ?", [round_, learner(actor)]
    )
    if not rows:
        raise NotFound(f"You have no round {round_}; `seci practice` opens today's.")
    return _round(rows[0])


def open_round(db: Database, person: int) -> Round | None:
    rows = db.rows(f"SELECT {_ROUND} FROM internalization_round WHERE person_id = ? AND state = 'open'", [person])
    return _round(rows[0]) if rows else None


def rounds_of_day(db: Database, person: int, day: int) -> list[Round]:
    rows = db.rows(
        f"SELECT {_ROUND} FROM internalization_round WHERE person_id = ? AND day = ? ORDER BY number", [person, day]
    )
    return [_round(row) for row in rows]


def get_attempt(actor: Actor, db: Database, attempt: int) -> Attempt:
    """An attempt of one's own. Raises NotFound."""
    rows = db.rows(
        f"SELECT {_ATTEMPT} FROM internalization_attempt WHERE id = ? AND person_id = ?", [attempt, learner(actor)]
    )
    if not rows:
        raise NotFound(f"You have no attempt {attempt}.")
    return _attempt(rows[0])


def attempt_of(db: Database, attempt: int) -> Attempt:
    """An attempt by its id, for code that has made sure who may see it."""
    return _attempt(db.rows(f"SELECT {_ATTEMPT} FROM internalization_attempt WHERE id = ?", [attempt])[0])


def attempt_in(db: Database, round_: int, case: int, *, lock: bool = False) -> Attempt | None:
    """The attempt at a case of a round; locked until the transaction ends where the database can."""
    tail = " FOR UPDATE" if lock and db.vendor == "postgresql" else ""
    rows = db.rows(
        f"SELECT {_ATTEMPT} FROM internalization_attempt WHERE round_id = ? AND case_id = ?{tail}", [round_, case]
    )
    return _attempt(rows[0]) if rows else None


def waiting_on(db: Database, person: int, artifact: int) -> list[Attempt]:
    """Cases of an open round that wait for somebody's judgement of an artifact, which they have not looked up yet."""
    rows = db.rows(
        f"SELECT {_ATTEMPT} FROM internalization_attempt WHERE person_id = ? AND committed_at IS NULL "
        "AND NOT looked_up AND level >= ? AND round_id IN (SELECT id FROM internalization_round "
        "WHERE person_id = ? AND state = 'open') AND pattern_id IN "
        "(SELECT id FROM internalization_pattern WHERE artifact_id = ?)",
        [person, int(Level.ON_REQUEST), person, artifact],
    )
    return [_attempt(row) for row in rows]


def attempts_in(db: Database, round_: int) -> list[Attempt]:
    rows = db.rows(f"SELECT {_ATTEMPT} FROM internalization_attempt WHERE round_id = ? ORDER BY id", [round_])
    return [_attempt(row) for row in rows]


def _pattern(row: tuple[Any, ...]) -> Pattern:
    cells = list(row)
    cells[7] = tuple(from_json(cells[7]))
    return Pattern(*cells)


def _case(row: tuple[Any, ...]) -> PracticeCase:
    cells = list(row)
    cells[3], cells[7], cells[8] = tuple(from_json(row[3])), from_json(row[7]), tuple(from_json(row[8]))
    cells[9] = bool(row[9])
    return PracticeCase(*cells)


def _round(row: tuple[Any, ...]) -> Round:
    cells = list(row)
    cells[6] = tuple((case, pattern, bool(natural)) for case, pattern, natural in from_json(row[6]))
    return Round(*cells)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    cells = list(row)
    for place in (6, 8, 15):
        cells[place] = bool(row[place])
    for place in (16, 21):
        cells[place] = None if row[place] is None else bool(row[place])
    return Attempt(*cells)
