"""Rows of rankings. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seci.kit.clock import Micros
from seci.kit.database import Database, from_json

PLAIN = frozenset({"first", "second", "result"})


@dataclass(frozen=True, slots=True)
class Ranked:
    """How one expert ranks the options of a case, and why."""

    order: tuple[str, ...]
    reason: str
    cue: str


def of_panel(db: Database, case: int) -> list[Ranked]:
    """What the experts of a case ranked, the first time each."""
    return [
        Ranked(order, reason, cue)
        for ranking, reason, cue in db.rows(
            "SELECT ranking, reason, cue FROM internalization_panelanswer WHERE case_id = ? AND sitting = 1 "
            "ORDER BY id",
            [case],
        )
        if (order := tuple(from_json(ranking)))
    ]


def waiting(db: Database, artifact: int, person: int) -> list[int]:
    """Cases to rank that a person never met, on whose panel they were not: those shown and not yet ranked first."""
    rows = db.rows(
        "SELECT c.id, r.id FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "LEFT JOIN internalization_ranking r ON r.case_id = c.id AND r.person_id = ? "
        "WHERE p.artifact_id = ? AND p.retired_at IS NULL AND c.kind = 'shadowbox' AND c.pool = 'practice' "
        "AND c.retired_at IS NULL AND r.second_at IS NULL AND NOT EXISTS (SELECT 1 FROM internalization_panelanswer o "
        "WHERE o.case_id = c.id AND o.person_id = ?) ORDER BY CASE WHEN r.id IS NULL THEN 1 ELSE 0 END, c.id",
        [person, artifact, person],
    )
    return [case for case, _ in rows]


def shown(db: Database, case: int, person: int, at: Micros) -> int:
    """The ranking of a case, begun now where there is none."""
    db.run(
        "INSERT INTO internalization_ranking (case_id, person_id, shown_at, reason, why) VALUES (?, ?, ?, '', '') "
        "ON CONFLICT DO NOTHING",
        [case, person, at],
    )
    return int(
        db.rows("SELECT id FROM internalization_ranking WHERE case_id = ? AND person_id = ?", [case, person])[0][0]
    )


def write(db: Database, ranking: int, columns: Mapping[str, Any], *, while_: str) -> bool:
    """Writes columns while another one is still empty; False where it is not."""
    names = ", ".join(f"{name} = ?" for name in columns)
    given = [json.dumps(value) if name in PLAIN else value for name, value in columns.items()]
    return bool(
        db.run(f"UPDATE internalization_ranking SET {names} WHERE id = ? AND {while_} IS NULL", [*given, ranking])
    )
