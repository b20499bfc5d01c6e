"""The only way to hold a sitting: it is its sitter's own. Nobody else may know of it."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.internalization.gates import BLOCK, Gate
from seci.kit.clock import Micros, now
from seci.kit.database import Database, from_json, values
from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """One case of a sitting, fixed when it is opened: the key it is judged by, its limit, the number to keep in mind.

    limit_ms None: untimed. number "": no second task.
    """

    case: int
    pattern: int
    key: int
    limit_ms: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A case met unaided in a round, drawn at natural frequency, that counts with a cold gate; with the key of then."""

    attempt: int
    case: int
    pattern: int
    key: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A pressure test. `result` is None until it ends."""

    id: int
    person: int
    artifact: int
    revision: int
    gate: Gate
    profile: Literal["light", "standard", "strict"]
    state: Literal["open", "ended", "left"]
    started_at: Micros
    ended_at: Micros | None
    cases: tuple[Asked, ...]
    result: dict[str, Any] | None
    retest_of: int | None
    exposures: tuple[Exposure, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one case of a sitting; `option` "" when time ran out, None while it waits."""

    id: int
    case: int
    shown_at: Micros
    option: str | None
    confidence: float | None
    committed_at: Micros | None
    latency_ms: int | None
    limit_ms: int | None
    kept_number: bool | None
    card_answer: str | None = None
    away_ms: int | None = None


_SITTING = (
    "id, person_id, artifact_id, revision, gate, profile, state, started_at, ended_at, cases, result, retest_of_id, "
    "exposures"
)
_GIVEN = (
    "id, case_id, shown_at, option, confidence, committed_at, latency_ms, limit_ms, kept_number, card_answer, away_ms"
)


def get_sitting(actor: Actor, db: Database, sitting: int, *, lock: bool = False) -> Sitting:
    """A sitting of one's own; whose it is else, for everybody else it is not there. Raises NotFound.

    `lock` keeps other tabs waiting until the transaction ends.
    """
    tail = " FOR UPDATE" if lock and db.vendor == "postgresql" else ""
    rows = db.rows(
        f"SELECT {_SITTING} FROM internalization_sitting WHERE id = ? AND person_id = ?{tail}",
        [sitting, learner(actor)],
    )
    if not rows:
        raise NotFound(f"You have no sitting {sitting}; `seci gates list` shows yours.")
    return _sitting(rows[0])


def closed_for_a_sitting(actor: Actor, db: Database) -> dict[int, str]:
    """The artifacts that stay shut to somebody who is being tested on them, and why."""
    if actor.person is None:
        return {}
    rows = db.rows(
        "SELECT artifact_id, id FROM internalization_sitting WHERE person_id = ? AND state = 'open' AND started_at > ?",
        [actor.person, now() - BLOCK],
    )
    return {
        artifact: f"You are sitting a test on this artifact, so it stays shut until sitting {sitting} has ended."
        for artifact, sitting in rows
    }


def sittings_of(db: Database, person: int, artifact: int | None = None) -> list[Sitting]:
    """The sittings of a person, oldest first."""
    where, asked = ("", [person]) if artifact is None else (" AND artifact_id = ?", [person, artifact])
    rows = db.rows(f"SELECT {_SITTING} FROM internalization_sitting WHERE person_id = ?{where} ORDER BY id", asked)
    return [_sitting(row) for row in rows]


def given(db: Database, sitting: int) -> dict[int, Given]:
    """{case: what was answered}, in the order of showing."""
    rows = db.rows(f"SELECT {_GIVEN} FROM internalization_attempt WHERE sitting_id = ? ORDER BY id", [sitting])
    return {row[1]: _given(row) for row in rows}


def exposed(db: Database, sitting: Sitting) -> dict[int, Given]:
    """{case: what was answered in a round} of what counts with a sitting."""
    ids = [one.attempt for one in sitting.exposures]
    if not ids:
        return {}
    rows = db.rows(f"SELECT {_GIVEN} FROM internalization_attempt WHERE id IN {values(len(ids))} ORDER BY id", ids)
    return {row[1]: _given(row) for row in rows}


def _given(row: tuple[Any, ...]) -> Given:
    cells = list(row)
    cells[8] = None if row[8] is None else bool(row[8])
    return Given(*cells)


def _sitting(row: tuple[Any, ...]) -> Sitting:
    cells = list(row)
    cells[4] = Gate(row[4])
    cells[9] = tuple(Asked(*one) for one in from_json(row[9]))
    cells[10] = from_json(row[10])
    cells[12] = tuple(Exposure(*one) for one in from_json(row[12]) or ())
    return Sitting(*cells)
