"""Rows of practice: what services write, and the reads that a round needs at once. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seci.artifacts.store import insert
from seci.internalization.gates import BLOCK
from seci.internalization.memory import Memory
from seci.internalization.panel import Opinion
from seci.internalization.scaffold import Level, Step
from seci.internalization.tracing.elo import Rating
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database, from_json, values
from seci.kit.records import clean

# Kinds that are judged in a round; the others have a door of their own. Files called cases timed before that was
# refused: they are judged like any other.
JUDGED = "('case', 'timed')"
WITH_CASES = "(SELECT pattern_id FROM internalization_practicecase WHERE pool = 'practice' AND retired_at IS NULL)"
# By number: an enumeration called ten thousand times takes as long as the database.
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Stand:
    """A learner on a pattern, as stored. `since` 0: never placed."""

    id: int
    pattern: int
    level: Level
    placed: Level
    since: Micros
    memory: Memory | None
    elo: Rating
    why: str
    missing: str
    coach: bool


@dataclass(frozen=True, slots=True)
class Fresh:
    """A case that a learner may be shown, with its difficulty in logits and whether missing it is critical."""

    case: int
    pattern: int
    difficulty: float
    critical: bool


_STAND = (
    "id, pattern_id, level, placed, since, stability, difficulty, last_at, due_at, elo, elo_count, why, missing, coach"
)


def stands(
    db: Database, person: int, pattern: int | None = None, *, lock: bool = False, with_cases: bool = False
) -> list[Stand]:
    """Where a person stands, on all patterns in use or on one; `with_cases` leaves out those without a case."""
    where, asked = ("", [person]) if pattern is None else (" AND pattern_id = ?", [person, pattern])
    where += f" AND pattern_id IN {WITH_CASES}" if with_cases else ""
    tail = " FOR UPDATE" if lock and db.vendor == "postgresql" else ""
    rows = db.rows(
        f"SELECT {_STAND} FROM internalization_standing WHERE person_id = ?{where} AND EXISTS (SELECT 1 FROM "
        "internalization_pattern p JOIN artifacts_artifact a ON a.id = p.artifact_id WHERE p.id = pattern_id "
        f"AND p.retired_at IS NULL AND a.state = 'published') ORDER BY pattern_id{tail}",
        asked,
    )
    return [_stand(row) for row in rows]


def _stand(row: tuple[Any, ...]) -> Stand:
    id_, pattern, level, placed, since, stability, difficulty, last, due, elo, count, why, missing, coach = row
    memory = None if stability is None else Memory(stability, difficulty, last, due)
    return Stand(
        id_, pattern, _LEVELS[level], _LEVELS[placed], since, memory, Rating(elo, count), why, missing, bool(coach)
    )


def ensure_standings(db: Database, person: int, patterns: Iterable[int]) -> int:
    """Rows for patterns that the person begins to practise; how many were new."""
    return db.run_many(
        "INSERT INTO internalization_standing (person_id, pattern_id, level, placed, since, why, missing, coach, elo, "
        "elo_count) VALUES (?, ?, 0, 0, 0, '', '', ?, 0, 0) ON CONFLICT (person_id, pattern_id) DO NOTHING",
        [(person, pattern, False) for pattern in patterns],
    )


def learners_of(db: Database, artifact: int) -> list[int]:
    """Whoever practises an artifact."""
    rows = db.rows(
        "SELECT DISTINCT s.person_id FROM internalization_standing s JOIN internalization_pattern p "
        "ON p.id = s.pattern_id WHERE p.artifact_id = ? ORDER BY s.person_id",
        [artifact],
    )
    return [person for (person,) in rows]


def change_standing(db: Database, standing: int, **columns: object) -> None:
    sets = ", ".join(f"{name} = ?" for name in columns)
    db.run(f"UPDATE internalization_standing SET {sets} WHERE id = ?", [*columns.values(), standing])


def fresh_cases(db: Database, person: int) -> list[Fresh]:
    """Cases of the practice pool with a key, of patterns the person practises, that they have never met: neither in a
    round or a sitting nor on a panel. A variant of a case that was met is another case."""
    rows = db.rows(
        "SELECT c.id, c.pattern_id, COALESCE(r.elo, p.elo), c.critical FROM internalization_standing s "
        "JOIN internalization_pattern p ON p.id = s.pattern_id AND p.retired_at IS NULL "
        "JOIN artifacts_artifact a ON a.id = p.artifact_id AND a.state = 'published' "
        "JOIN internalization_practicecase c ON c.pattern_id = p.id "
        "LEFT JOIN internalization_itemrating r ON r.case_id = c.id "
        f"WHERE s.person_id = ? AND NOT s.paused AND c.pool = 'practice' AND c.kind IN {JUDGED} "
        "AND c.retired_at IS NULL "
        "AND EXISTS (SELECT 1 FROM internalization_key k WHERE k.case_id = c.id AND k.option <> '' AND NOT EXISTS "
        "(SELECT 1 FROM internalization_key l WHERE l.case_id = c.id AND l.version > k.version)) "
        "AND NOT EXISTS (SELECT 1 FROM internalization_attempt t WHERE t.case_id = c.id AND t.person_id = s.person_id) "
        "AND NOT EXISTS (SELECT 1 FROM internalization_panelanswer o WHERE o.case_id = c.id "
        "AND o.person_id = s.person_id) AND NOT EXISTS (SELECT 1 FROM internalization_play y WHERE y.case_id = c.id "
        "AND s.person_id IN (y.decider_id, y.counterpart_id, y.observer_id)) "
        # While a test on it is open, an artifact is shut, and practice of it rests.
        "AND NOT EXISTS (SELECT 1 FROM internalization_sitting i WHERE i.person_id = s.person_id "
        "AND i.artifact_id = p.artifact_id AND i.state = 'open' AND i.started_at > ?) ORDER BY c.id",
        [person, now() - BLOCK],
    )
    return [Fresh(case, pattern, difficulty, bool(critical)) for case, pattern, difficulty, critical in rows]


def pattern_weights(db: Database, person: int) -> dict[int, tuple[float, float, tuple[int, ...]]]:
    """{pattern: (frequency, stake, near)} of what a person practises and there are cases for."""
    return {
        id_: (frequency, stake, () if near == "[]" else tuple(from_json(near)))
        for id_, frequency, stake, near in db.rows(
            "SELECT p.id, p.frequency, p.stake, p.near FROM internalization_pattern p JOIN internalization_standing s "
            f"ON s.pattern_id = p.id WHERE s.person_id = ? AND p.retired_at IS NULL AND p.id IN {WITH_CASES}",
            [person],
        )
    }


def passed_patterns(db: Database, person: int) -> dict[int, Micros]:
    """{pattern: when the gate of delay was met} on the published revision of its artifact."""
    met = {
        artifact: ended
        for artifact, ended, result in db.rows(
            "SELECT s.artifact_id, s.ended_at, s.result FROM internalization_sitting s JOIN artifacts_artifact a "
            "ON a.id = s.artifact_id AND a.published = s.revision WHERE s.person_id = ? AND s.gate = 3 "
            "AND s.ended_at IS NOT NULL ORDER BY s.id",
            [person],
        )
        if (from_json(result) or {}).get("met")
    }
    rows = db.rows("SELECT id, artifact_id FROM internalization_pattern WHERE retired_at IS NULL") if met else []
    return {pattern: met[artifact] for pattern, artifact in rows if artifact in met}


def forecasts(db: Database, person: int) -> dict[int, float]:
    """{case: chance of success} that the combined model foretold last night; {} while Elo predicts."""
    return dict(db.rows("SELECT case_id, chance FROM internalization_forecast WHERE person_id = ?", [person]))


def forecast(db: Database, person: int, case: int) -> float | None:
    rows = db.rows("SELECT chance FROM internalization_forecast WHERE person_id = ? AND case_id = ?", [person, case])
    return float(rows[0][0]) if rows else None


def write_forecasts(db: Database, found: Sequence[tuple[int, int, float]]) -> None:
    """What was foretold instead of what was foretold before."""
    db.run("DELETE FROM internalization_forecast")
    db.run_many("INSERT INTO internalization_forecast (person_id, case_id, chance) VALUES (?, ?, ?)", found)


def insert_round(
    db: Database, person: int, day: int, number: int, kind: str, picks: Sequence[tuple[int, int, bool]], at: Micros
) -> bool:
    """Whether this was the one that opened the round; False where another tab was first."""
    return bool(
        db.run(
            "INSERT INTO internalization_round (person_id, day, number, kind, state, picks, started_at) "
            "VALUES (?, ?, ?, ?, 'open', ?, ?) ON CONFLICT DO NOTHING",
            [person, day, number, kind, json.dumps(picks), at],
        )
    )


def finish_round(db: Database, round_: int, at: Micros) -> None:
    db.run("UPDATE internalization_round SET state = 'finished', finished_at = ? WHERE id = ?", [at, round_])


def show_case(
    db: Database, round_: int, person: int, pick: tuple[int, int, bool], *, level: int, limit_ms: int | None,
    predicted: float, at: Micros,
) -> bool:  # fmt: skip
    """Writes down that a case is shown; False where another tab did so already, or it was met elsewhere."""
    case, pattern, natural = pick
    return bool(
        db.run(
            "INSERT INTO internalization_attempt (round_id, case_id, person_id, pattern_id, level, is_natural, "
            "shown_at, looked_up, cue, limit_ms, over_time, predicted, next_time) "
            f"VALUES {values(13)} ON CONFLICT DO NOTHING",
            [round_, case, person, pattern, level, natural, at, False, "", limit_ms, False, predicted, ""],
        )
    )


def change_attempt(db: Database, attempt: int, **columns: object) -> None:
    sets = ", ".join(f"{name} = ?" for name in columns)
    db.run(f"UPDATE internalization_attempt SET {sets} WHERE id = ?", [*columns.values(), attempt])


def offers(db: Database, person: int) -> list[tuple[int, str, int | None, int, int, int, int]]:
    """Published artifacts by title: id, title, owner; patterns, cases, cases with a key for practice; how many of the
    patterns somebody practises."""
    return db.rows(
        "SELECT a.id, a.title, a.owner_id, "
        "(SELECT COUNT(*) FROM internalization_pattern p WHERE p.artifact_id = a.id AND p.retired_at IS NULL), "
        "(SELECT COUNT(*) FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE p.artifact_id = a.id AND c.retired_at IS NULL), "
        "(SELECT COUNT(*) FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE p.artifact_id = a.id AND c.retired_at IS NULL AND c.pool = 'practice' AND EXISTS "
        "(SELECT 1 FROM internalization_key k WHERE k.case_id = c.id AND k.option <> '')), "
        "(SELECT COUNT(*) FROM internalization_standing s JOIN internalization_pattern p ON p.id = s.pattern_id "
        "WHERE p.artifact_id = a.id AND s.person_id = ?) "
        "FROM artifacts_artifact a WHERE a.state = 'published' ORDER BY a.title, a.id",
        [person],
    )


def practised(db: Database, person: int, since: Micros) -> list[tuple[int, str, str, int | None, int]]:
    """Artifacts that somebody practises, by title: id, title, state; a sitting open since then, patterns that rest."""
    return db.rows(
        "SELECT DISTINCT a.id, a.title, a.state, (SELECT MAX(i.id) FROM internalization_sitting i "
        "WHERE i.person_id = s.person_id AND i.artifact_id = a.id AND i.state = 'open' AND i.started_at > ?), "
        "(SELECT COUNT(*) FROM internalization_standing q JOIN internalization_pattern r ON r.id = q.pattern_id "
        "WHERE q.person_id = s.person_id AND r.artifact_id = a.id AND q.paused) "
        "FROM internalization_standing s JOIN internalization_pattern p ON p.id = s.pattern_id "
        "JOIN artifacts_artifact a ON a.id = p.artifact_id WHERE s.person_id = ? ORDER BY a.title, a.id",
        [since, person],
    )


def steps(db: Database, person: int, pattern: int, since: Micros) -> list[Step]:
    """Attempts of rounds since then, oldest first, as the rules of levels see them."""
    return [
        Step(Level(level), bool(right), at // DAY, bool(looked), sure, bool(critical))
        for level, right, at, looked, sure, critical in db.rows(
            "SELECT t.level, t.correct, t.committed_at, t.looked_up, t.confidence, c.critical "
            "FROM internalization_attempt t JOIN internalization_practicecase c ON c.id = t.case_id "
            "WHERE t.person_id = ? AND t.pattern_id = ? AND t.shown_at >= ? AND t.correct IS NOT NULL "
            "AND t.sitting_id IS NULL ORDER BY t.committed_at, t.id",
            [person, pattern, since],
        )
    ]


def skill(db: Database, person: int) -> Rating:
    """The learner's Elo over all patterns."""
    found = db.rows("SELECT elo, elo_count FROM internalization_skill WHERE person_id = ?", [person])
    return Rating(*found[0]) if found else Rating()


def ratings(db: Database, person: int, case: int, pattern: int) -> tuple[Rating, Rating, Rating]:
    """Elo of the learner overall, of the case, of the pattern's cases."""
    home = db.rows("SELECT elo, elo_count FROM internalization_pattern WHERE id = ?", [pattern])[0]
    item = db.rows("SELECT elo, elo_count FROM internalization_itemrating WHERE case_id = ?", [case])
    return (
        skill(db, person),
        Rating(*item[0]) if item else Rating(home[0]),
        Rating(*home),
    )


def write_ratings(
    db: Database, person: int, case: int, pattern: int, skill: Rating, item: Rating, home: Rating
) -> None:
    for table, column, id_, rating in (
        ("internalization_skill", "person_id", person, skill),
        ("internalization_itemrating", "case_id", case, item),
    ):
        db.run(
            f"INSERT INTO {table} ({column}, elo, elo_count) VALUES (?, ?, ?) ON CONFLICT ({column}) DO UPDATE SET "
            "elo = excluded.elo, elo_count = excluded.elo_count",
            [id_, rating.value, rating.count],
        )
    db.run("UPDATE internalization_pattern SET elo = ?, elo_count = ? WHERE id = ?", [home.value, home.count, pattern])


def write_patterns(db: Database, artifact: int, found: Iterable[tuple[str, str]]) -> int:
    """Patterns of nodes with their names; those that are there take the new name. How many were new or changed."""
    return db.run_many(
        "INSERT INTO internalization_pattern (artifact_id, node, name, family, frequency, stake, near, elo, elo_count) "
        "VALUES (?, ?, ?, '', 1, 1, '[]', 0, 0) ON CONFLICT (artifact_id, node, family) "
        "DO UPDATE SET name = excluded.name, retired_at = NULL",
        [(artifact, node[:64], clean(name)[:200]) for node, name in found],
    )


def retire_patterns(db: Database, artifact: int, keep: Sequence[str], at: Micros) -> None:
    """Takes patterns out of use whose node the artifact no longer has."""
    kept = f" AND node NOT IN {values(len(keep))}" if keep else ""
    db.run(
        f"UPDATE internalization_pattern SET retired_at = ? WHERE artifact_id = ? AND retired_at IS NULL{kept}",
        [at, artifact, *keep],
    )


def insert_cases(db: Database, rows: Sequence[Mapping[str, Any]], *, by: int | None, at: Micros) -> dict[str, int]:
    """Writes cases whose code their pattern does not have yet; {code: id} of those that are new."""
    names = (
        "pattern_id", "nodes", "kind", "title", "situation", "facts", "options", "critical", "pool", "source",
        "case_id", "variant_of_id", "code",
    )  # fmt: skip
    before = {id_ for (id_,) in db.rows("SELECT id FROM internalization_practicecase")} if rows else set()
    db.run_many(
        f"INSERT INTO internalization_practicecase ({', '.join(names)}, by, created_at) VALUES {values(15)} "
        "ON CONFLICT (pattern_id, code) DO NOTHING",
        [(*(row[name] for name in names), by, at) for row in rows],
    )
    codes = {row["code"] for row in rows}
    return {
        code: id_
        for id_, code in db.rows("SELECT id, code FROM internalization_practicecase ORDER BY id")
        if code in codes and id_ not in before
    }


def write_keys(db: Database, keys: Iterable[tuple[int, str, str, float | None, int, int | None]], at: Micros) -> None:
    """Next versions of keys: (case, option, basis, agreement, n, revision)."""
    db.run_many(
        "INSERT INTO internalization_key (case_id, version, option, basis, agreement, n, revision, at) "
        "SELECT CAST(? AS INTEGER), COALESCE(MAX(version), 0) + 1, CAST(? AS VARCHAR(200)), CAST(? AS VARCHAR(8)), "
        "CAST(? AS DOUBLE PRECISION), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS BIGINT) "
        "FROM internalization_key WHERE case_id = ?",
        [
            (case, option, basis, agreement, n, revision, at, case)
            for case, option, basis, agreement, n, revision in keys
        ],
    )


def confirm_key(db: Database, key: int, agreement: float | None, n: int) -> None:
    """The same key, borne by more experts or fewer."""
    db.run("UPDATE internalization_key SET agreement = ?, n = ? WHERE id = ?", [agreement, n, key])


def opinions(db: Database, cases: Sequence[int]) -> dict[int, list[Opinion]]:
    """Panel answers by case; experts are numbers that mean nothing outside."""
    found: dict[int, list[Opinion]] = {case: [] for case in cases}
    for start in range(0, len(cases), 400):
        batch = cases[start : start + 400]
        for case, person, option, reason, cue, latency, sitting in db.rows(
            "SELECT case_id, person_id, option, reason, cue, latency_ms, sitting FROM internalization_panelanswer "
            f"WHERE case_id IN {values(len(batch))} ORDER BY id",
            batch,
        ):
            found[case].append(Opinion(person, option, reason, cue, latency, sitting))
    return found


def insert_opinion(db: Database, row: Mapping[str, object]) -> int:
    return insert(db, "internalization_panelanswer", row)


def log(db: Database) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    """All attempts that measure skill, as columns: person, case, pattern, right (0 or 1), instant. Worked and completed
    cases, and looked-up ones, measure none."""
    rows = db.rows(
        "SELECT person_id, case_id, pattern_id, correct, committed_at FROM internalization_attempt "
        "WHERE correct IS NOT NULL AND level >= 2 AND NOT looked_up ORDER BY person_id, committed_at, id"
    )
    person, case, pattern, right, at = (list(column) for column in zip(*rows, strict=True)) if rows else [[]] * 5
    return person, case, pattern, [int(one) for one in right], at
