"""Rows of sittings, written and read in SQL; nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from seci.accounts.actor import Actor
from seci.internalization.gates import CLEAR_PANEL, Gate
from seci.internalization.scaffold import Level
from seci.internalization.sittings.access import Asked, Exposure, Given, Sitting
from seci.internalization.sittings.drawing import Sealed
from seci.internalization.store import JUDGED
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json, values
from seci.ledger.kinds import Kind
from seci.ledger.store import EFFECTIVE

# Experts that a key must rest on: one is no panel.
FEWEST_EXPERTS = 2


def sealed(db: Database, actor: Actor, artifact: int, pools: Sequence[str]) -> list[Sealed]:
    """Sealed cases that can decide and that the actor never met: not in a round or a sitting, not on the panel, not
    as the case of which one is a variant, and not written by themselves."""
    rows = db.rows(
        "SELECT c.id, c.pattern_id, k.id, c.critical FROM internalization_practicecase c "
        "JOIN internalization_pattern p ON p.id = c.pattern_id AND p.retired_at IS NULL "
        "JOIN internalization_key k ON k.case_id = c.id AND k.option <> '' "
        f"WHERE p.artifact_id = ? AND c.pool IN {values(len(pools))} AND c.kind IN {JUDGED} AND c.retired_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM internalization_key l WHERE l.case_id = c.id AND l.version > k.version) "
        "AND k.basis IN ('panel', 'verdicts') AND k.n >= ? AND k.agreement >= ? "
        "AND (c.by IS NULL OR c.by <> ?) AND NOT EXISTS (SELECT 1 FROM internalization_attempt t "
        "WHERE t.person_id = ? AND (t.case_id = c.id OR t.case_id = c.variant_of_id)) "
        "AND NOT EXISTS (SELECT 1 FROM internalization_panelanswer o WHERE o.case_id = c.id AND o.person_id = ?) "
        "ORDER BY c.id",
        [artifact, *pools, FEWEST_EXPERTS, CLEAR_PANEL, actor.account or -1, actor.person, actor.person],
    )
    return [Sealed(case, pattern, key, bool(critical)) for case, pattern, key, critical in rows]


def exposures(db: Database, person: int, artifact: int, since: Micros, most: int) -> list[Exposure]:
    """Cases that somebody met unaided in rounds since then, drawn at natural frequency, on which a clear panel decides;
    the latest first, none of them counted by a sitting before."""
    rows = db.rows(
        "SELECT t.id, t.case_id, t.pattern_id, k.id FROM internalization_attempt t "
        "JOIN internalization_pattern p ON p.id = t.pattern_id AND p.retired_at IS NULL "
        "JOIN internalization_key k ON k.id = t.key_id "
        "WHERE t.person_id = ? AND p.artifact_id = ? AND t.sitting_id IS NULL AND t.is_natural AND t.level >= ? "
        "AND t.correct IS NOT NULL AND NOT t.looked_up AND t.committed_at >= ? "
        "AND k.basis IN ('panel', 'verdicts') AND k.n >= ? AND k.agreement >= ? AND NOT EXISTS "
        "(SELECT 1 FROM internalization_key l WHERE l.case_id = k.case_id AND l.version > k.version) "
        "ORDER BY t.committed_at DESC, t.id DESC",
        [person, artifact, int(Level.CLOSED), since, FEWEST_EXPERTS, CLEAR_PANEL],
    )
    counted = {
        one[0]
        for (said,) in db.rows(
            "SELECT exposures FROM internalization_sitting WHERE person_id = ? AND artifact_id = ?", [person, artifact]
        )
        for one in from_json(said) or ()
    }
    return [Exposure(*row) for row in rows if row[0] not in counted][:most]


def undecided(db: Database, artifact: int, pools: Sequence[str]) -> int:
    """Sealed cases in use that no panel of two or more has decided clearly."""
    return int(
        db.rows(
            "SELECT COUNT(*) FROM internalization_practicecase c "
            "JOIN internalization_pattern p ON p.id = c.pattern_id AND p.retired_at IS NULL "
            f"WHERE p.artifact_id = ? AND c.pool IN {values(len(pools))} AND c.retired_at IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM internalization_key k WHERE k.case_id = c.id AND k.option <> '' "
            "AND k.basis IN ('panel', 'verdicts') AND k.n >= ? AND k.agreement >= ? AND NOT EXISTS "
            "(SELECT 1 FROM internalization_key l WHERE l.case_id = c.id AND l.version > k.version))",
            [artifact, *pools, FEWEST_EXPERTS, CLEAR_PANEL],
        )[0][0]
    )


def critical_patterns(db: Database, artifact: int) -> dict[int, str]:
    """{pattern: name} of those with a critical case in use."""
    return dict(
        db.rows(
            "SELECT DISTINCT p.id, p.name FROM internalization_pattern p JOIN internalization_practicecase c "
            "ON c.pattern_id = p.id WHERE p.artifact_id = ? AND p.retired_at IS NULL AND c.retired_at IS NULL "
            "AND c.critical ORDER BY p.id",
            [artifact],
        )
    )


def times(db: Database, cases: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    """{case: (median, 75th percentile) of its panel in ms}."""
    return {
        case: (middle, slow)
        for case, middle, slow in db.rows(
            f"SELECT id, median_ms, p75_ms FROM internalization_practicecase WHERE id IN {values(len(cases))}",
            list(cases),
        )
    }


def keys(db: Database, sitting: Sitting) -> dict[int, tuple[str, float | None, bool]]:
    """{case: (what counts as right, agreement of the panel, critical)} by the keys frozen at the opening."""
    frozen = [*(one.key for one in sitting.cases), *(one.key for one in sitting.exposures)]
    return {
        case: (option, agreement, bool(critical))
        for case, option, agreement, critical in db.rows(
            "SELECT k.case_id, k.option, k.agreement, c.critical FROM internalization_key k "
            f"JOIN internalization_practicecase c ON c.id = k.case_id WHERE k.id IN {values(len(frozen))}",
            frozen,
        )
    }


def last_practice(db: Database, person: int, artifact: int, beside: Gate) -> Micros | None:
    """When a person last met a case of the artifact in a round, or in a sitting of another gate."""
    return db.rows(  # type: ignore[no-any-return]
        "SELECT MAX(t.shown_at) FROM internalization_attempt t "
        "JOIN internalization_pattern p ON p.id = t.pattern_id LEFT JOIN internalization_sitting s "
        "ON s.id = t.sitting_id WHERE t.person_id = ? AND p.artifact_id = ? AND (s.id IS NULL OR s.gate <> ?)",
        [person, artifact, int(beside)],
    )[0][0]


def insert_sitting(
    db: Database, person: int, artifact: int, revision: int, gate: Gate, profile: str, cases: Sequence[Asked],
    retest_of: int | None, at: Micros, natural: Sequence[Exposure] = (),
) -> int | None:  # fmt: skip
    """The id of a new sitting; None where one is open already."""
    asked = [[one.case, one.pattern, one.key, one.limit_ms, one.number] for one in cases]
    met = [[one.attempt, one.case, one.pattern, one.key] for one in natural]
    rows = db.rows(
        "INSERT INTO internalization_sitting (person_id, artifact_id, revision, gate, profile, state, started_at, "
        "cases, retest_of_id, exposures) VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING RETURNING id",
        [person, artifact, revision, int(gate), profile, at, json.dumps(asked), retest_of, json.dumps(met)],
    )
    return int(rows[0][0]) if rows else None


def end_sitting(db: Database, sitting: int, state: str, result: Mapping[str, Any], at: Micros) -> None:
    db.run(
        "UPDATE internalization_sitting SET state = ?, ended_at = ?, result = ? WHERE id = ?",
        [state, at, json.dumps(result), sitting],
    )


def show(db: Database, sitting: Sitting, asked: Asked, at: Micros) -> bool:
    """Writes down that a case is shown, before it is; False where it was met meanwhile."""
    level = Level.PRESSURE if sitting.gate is Gate.PRESSURE else Level.CLOSED
    return bool(
        db.run(
            "INSERT INTO internalization_attempt (sitting_id, case_id, person_id, pattern_id, level, is_natural, "
            f"shown_at, looked_up, cue, limit_ms, over_time, next_time) VALUES {values(12)} ON CONFLICT DO NOTHING",
            [
                sitting.id, asked.case, sitting.person, asked.pattern, int(level), False, at, False, "",
                asked.limit_ms, False, "",
            ],
        )
    )  # fmt: skip


def write_answer(db: Database, attempt: Given, columns: Mapping[str, object]) -> bool:
    """Writes an answer to a case that waits; False when it has one."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    return bool(
        db.run(
            f"UPDATE internalization_attempt SET {sets} WHERE id = ? AND committed_at IS NULL",
            [*columns.values(), attempt.id],
        )
    )


def set_paused(db: Database, person: int, artifact: int, paused: bool) -> int:
    """Lets the patterns of an artifact rest, or takes them up again; how many changed."""
    return db.run(
        "UPDATE internalization_standing SET paused = ? WHERE person_id = ? AND paused <> ? AND pattern_id IN "
        "(SELECT id FROM internalization_pattern WHERE artifact_id = ?)",
        [paused, person, paused, artifact],
    )


def is_paused(db: Database, person: int, artifact: int) -> bool:
    return bool(
        db.rows(
            "SELECT 1 FROM internalization_standing s JOIN internalization_pattern p ON p.id = s.pattern_id "
            "WHERE s.person_id = ? AND p.artifact_id = ? AND s.paused LIMIT 1",
            [person, artifact],
        )
    )


def happened(db: Database, person: int, artifact: int) -> dict[int, float | None]:
    """{kind of event: the best score it had} of what a person did with an artifact, by the ledger."""
    rows = db.rows(
        "SELECT e.kind, MAX(o.score) FROM ledger_event e LEFT JOIN ledger_outcome o ON o.event_id = e.seq "
        f"JOIN people_identity i ON i.id = e.actor WHERE i.person_id = ? AND e.artifact = ? AND e.kind IN {values(5)} "
        f"AND {EFFECTIVE} GROUP BY e.kind",
        [person, artifact, *map(int, (Kind.READ, Kind.PRACTICE, Kind.TEACH_BACK, Kind.APPLY, Kind.SIMULATE))],
    )
    return dict(rows)


def learners(db: Database, artifact: int) -> list[int]:
    """Everybody who practises an artifact or sat a gate of it."""
    rows = db.rows(
        "SELECT s.person_id FROM internalization_standing s JOIN internalization_pattern p ON p.id = s.pattern_id "
        "WHERE p.artifact_id = ? UNION SELECT person_id FROM internalization_sitting WHERE artifact_id = ? ORDER BY 1",
        [artifact, artifact],
    )
    return [row[0] for row in rows]
