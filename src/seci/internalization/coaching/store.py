"""Rows of what accompanies practice. Nothing is decided here."""

from __future__ import annotations

import json

from seci.internalization.coaching.access import Habit
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json


def write_habit(db: Database, person: int, habit: Habit) -> None:
    db.run(
        "INSERT INTO internalization_habit (person_id, easy, calendar) VALUES (?, ?, ?) ON CONFLICT (person_id) "
        "DO UPDATE SET easy = excluded.easy, calendar = excluded.calendar",
        [person, json.dumps(list(habit.easy)), habit.calendar],
    )


def evidence(db: Database, person: int, since: Micros) -> dict[str, int]:
    """How much there is of each proof of a path, since it was begun (`exercises.path.PROOFS`)."""
    counted = {
        "round": "SELECT COUNT(*) FROM internalization_round WHERE person_id = ? AND state = 'finished' "
        "AND finished_at >= ?",
        "role_play": "SELECT COUNT(*) FROM internalization_play WHERE decider_id = ? AND ended_at >= ?",
        "run": "SELECT COUNT(*) FROM internalization_run WHERE person_id = ? AND state = 'done' AND pressure >= 1 "
        "AND NOT consulted AND ended_at >= ?",
        "reflection": "SELECT COUNT(*) FROM internalization_note WHERE person_id = ? AND at >= ?",
    }
    found = {proof: int(db.rows(sql, [person, since])[0][0]) for proof, sql in counted.items()}
    drills = db.rows(
        "SELECT w.result FROM internalization_walk w JOIN internalization_exercise e ON e.id = w.exercise_id "
        "WHERE w.person_id = ? AND w.state = 'done' AND w.ended_at >= ? AND e.kind = 'drill'",
        [person, since],
    )
    taught = db.rows(
        "SELECT result FROM internalization_explanation WHERE person_id = ? AND ended_at >= ?", [person, since]
    )
    sat = db.rows(
        "SELECT gate, result FROM internalization_sitting WHERE person_id = ? AND ended_at >= ?", [person, since]
    )
    found["drill"] = sum(bool((from_json(row[0]) or {}).get("goal")) for row in drills)
    found["teach_back"] = sum(bool((from_json(row[0]) or {}).get("understood")) for row in taught)
    met = [gate for gate, result in sat if (from_json(result) or {}).get("met")]
    return found | {name: met.count(gate) for gate, name in ((1, "cold"), (2, "pressure"), (3, "delay"))}
