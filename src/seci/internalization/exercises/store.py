"""Rows of exercises. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from seci.artifacts.store import insert
from seci.internalization.store import JUDGED
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json

PLAIN = frozenset({"script", "acts", "result", "cases", "before", "after"})


def write(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """A row of exercise, walk or explanation; JSON columns are given as plain data."""
    return insert(db, f"internalization_{table}", _plain(row))


def change(db: Database, table: str, id_: int, columns: Mapping[str, Any], *, while_: str = "") -> bool:
    """Changes columns of a row; with `while_`, an empty column that must still be empty. False where it is not."""
    names = ", ".join(f"{name} = ?" for name in columns)
    still = f" AND {while_} IS NULL" if while_ else ""
    return bool(
        db.run(f"UPDATE internalization_{table} SET {names} WHERE id = ?{still}", [*_plain(columns).values(), id_])
    )


def write_act(db: Database, walk: int, acts: Sequence[Sequence[Any]]) -> bool:
    """Writes the acts of a walk with one more at the end; False when that number is there already."""
    return bool(
        db.run(
            "UPDATE internalization_walk SET acts = ?, count = ? WHERE id = ? AND count = ? AND state = 'open'",
            [json.dumps(acts), len(acts), walk, len(acts) - 1],
        )
    )


def open_walk(db: Database, exercise: int, person: int, at: Micros) -> int:
    """The open walk of somebody through an exercise, begun now where there is none."""
    db.run(
        "INSERT INTO internalization_walk (exercise_id, person_id, state, acts, count, started_at) "
        "VALUES (?, ?, 'open', '[]', 0, ?) ON CONFLICT DO NOTHING",
        [exercise, person, at],
    )
    return int(
        db.rows(
            "SELECT id FROM internalization_walk WHERE exercise_id = ? AND person_id = ? AND state = 'open'",
            [exercise, person],
        )[0][0]
    )


def readable_cases(db: Database, pattern: int, revision: int) -> list[tuple[int, str]]:
    """(case, key) of the open pool of a pattern's artifact: what a reader of an explanation may judge.

    Cases of the pattern itself come first, then those of its neighbors in the artifact. Sealed ones stay sealed.
    """
    rows = db.rows(
        "SELECT c.id, k.option FROM internalization_practicecase c "
        "JOIN internalization_pattern p ON p.id = c.pattern_id "
        "JOIN internalization_key k ON k.case_id = c.id AND k.version = "
        "(SELECT MAX(version) FROM internalization_key WHERE case_id = c.id) "
        "WHERE p.artifact_id = (SELECT artifact_id FROM internalization_pattern WHERE id = ?) "
        f"AND c.pool = 'practice' AND c.kind IN {JUDGED} AND c.retired_at IS NULL AND k.option <> '' "
        "AND (k.revision IS NULL OR k.revision <= ?) "
        "ORDER BY CASE WHEN c.pattern_id = ? THEN 0 ELSE 1 END, c.id LIMIT 400",
        [pattern, revision, pattern],
    )
    return [(case, option) for case, option in rows]


def results_of(db: Database, pattern: int) -> list[dict[str, Any]]:
    """Results of all explanations of a pattern that were read."""
    rows = db.rows(
        "SELECT result FROM internalization_explanation WHERE pattern_id = ? AND ended_at IS NOT NULL", [pattern]
    )
    return [from_json(found) for (found,) in rows]


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value) if name in PLAIN and value is not None else value for name, value in columns.items()
    }
