"""Rows of challenges, and of the practice that a decision changes, written and read in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seci.internalization.challenges.trigger import Finding
from seci.internalization.memory import Memory, weaken
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json, values

# A changed node is practised again with the artifact at hand (level 2, on request).
LOWERED = 2


def insert(
    db: Database,
    artifact: int | None,
    revision: int,
    finding: Finding,
    *,
    change: str,
    person: int | None,
    by: int | None,
    at: Micros,
    document: int | None = None,
    quote: str = "",
) -> int | None:
    """Writes a challenge of an artifact or a document; None where the same is open already."""
    rows = db.rows(
        "INSERT INTO internalization_challenge (artifact_id, revision, node, trigger, sentence, evidence, change, "
        'challenger_id, "case", run, mark, state, resolution, reason, by, at, document_id, quote) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', '', ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        [
            artifact, revision, finding.node, finding.trigger, finding.sentence, json.dumps(finding.evidence), change,
            person, finding.case, finding.run, finding.mark, by, at, document, quote,
        ],
    )  # fmt: skip
    return int(rows[0][0]) if rows else None


def was_decided(db: Database, artifact: int, revision: int, mark: str) -> bool:
    """Whether the same finding about the same revision was answered already."""
    return bool(
        db.rows(
            "SELECT 1 FROM internalization_challenge WHERE artifact_id = ? AND revision = ? AND mark = ?",
            [artifact, revision, mark],
        )
    )


def settle(
    db: Database,
    challenge: int,
    resolution: str,
    reason: str,
    answer: int | None,
    effect: dict[str, Any],
    decided_by: int | None,
    at: Micros,
) -> bool:
    """Writes the decision; False when there is one already."""
    return bool(
        db.run(
            "UPDATE internalization_challenge SET state = 'decided', resolution = ?, reason = ?, answer = ?, "
            "effect = ?, decided_by_id = ?, decided_at = ? WHERE id = ? AND state = 'open'",
            [resolution, reason, answer, json.dumps(effect), decided_by, at, challenge],
        )
    )


def upheld(db: Database, case: int) -> tuple[str, ...]:
    """Why the key of a practice case stands although it was challenged; shown beside it after a commitment."""
    rows = db.rows(
        "SELECT reason FROM internalization_challenge WHERE \"case\" = ? AND resolution = 'uphold' ORDER BY id", [case]
    )
    return tuple(reason for (reason,) in rows)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A practice case with its latest key and what the panel chose at the first sitting."""

    id: int
    node: str
    nodes: tuple[str, ...]
    facts: dict[str, Any]
    options: tuple[str, ...]
    version: int
    key: str
    panel: tuple[str, ...]


def keyed_cases(db: Database, artifact: int) -> list[Keyed]:
    """The cases in use of an artifact that have a key."""
    panel: dict[int, list[str]] = {}
    for case, option in db.rows(
        "SELECT a.case_id, a.option FROM internalization_panelanswer a JOIN internalization_practicecase c "
        "ON c.id = a.case_id JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE p.artifact_id = ? AND a.sitting = 1 ORDER BY a.id",
        [artifact],
    ):
        panel.setdefault(case, []).append(option)
    rows = db.rows(
        "SELECT c.id, p.node, c.nodes, c.facts, c.options, k.version, k.option FROM internalization_practicecase c "
        "JOIN internalization_pattern p ON p.id = c.pattern_id JOIN internalization_key k ON k.case_id = c.id "
        "AND k.version = (SELECT MAX(l.version) FROM internalization_key l WHERE l.case_id = c.id) "
        "WHERE p.artifact_id = ? AND c.retired_at IS NULL ORDER BY c.id",
        [artifact],
    )
    return [
        Keyed(
            id_, node, tuple(from_json(nodes)), dict(from_json(facts)), tuple(map(str, from_json(options))), version,
            key, tuple(panel.get(id_, ())),
        )
        for id_, node, nodes, facts, options, version, key in rows
    ]  # fmt: skip


def write_key(db: Database, case: Keyed, option: str, revision: int, at: Micros) -> None:
    """The next version of a key, with the agreement of the panel recomputed; attempts keep the version they had."""
    n = len(case.panel)
    agreement = case.panel.count(option) / n if n else None
    db.run(
        "INSERT INTO internalization_key (case_id, version, option, basis, agreement, n, revision, at) "
        "VALUES (?, ?, ?, 'artifact', ?, ?, ?, ?)",
        [case.id, case.version + 1, option, agreement, n, revision, at],
    )


def lower_cards(db: Database, artifact: int, nodes: Sequence[str], revision: int, at: Micros) -> int:
    """Patterns of changed nodes go back to the artifact on request, with a weaker memory, due at once."""
    rows = db.rows(
        "SELECT s.id, s.level, s.stability, s.difficulty, s.last_at, s.due_at FROM internalization_standing s "
        f"JOIN internalization_pattern p ON p.id = s.pattern_id WHERE p.artifact_id = ? AND p.node IN "
        f"{values(len(nodes))} ORDER BY s.id",
        [artifact, *nodes],
    )
    why = f"What it rests on has changed in r{revision}."
    for id_, level, stability, difficulty, last, due in rows:
        memory = None if stability is None else weaken(Memory(stability, difficulty, last, due))
        weaker = (None, None) if memory is None else (memory.stability, memory.due)
        db.run(
            "UPDATE internalization_standing SET level = ?, placed = ?, since = ?, why = ?, missing = '', coach = ?, "
            "stability = ?, due_at = ? WHERE id = ?",
            [min(level, LOWERED), min(level, LOWERED), at, why, False, *weaker, id_],
        )
    return len(rows)


def panel_answers(db: Database, artifact: int) -> list[tuple[int, str, int, int, str]]:
    """(case, node, person, sitting, option) of all panel answers of an artifact's cases in use."""
    return [
        (case, node, person, sitting, option)
        for case, node, person, sitting, option in db.rows(
            "SELECT c.id, p.node, a.person_id, a.sitting, a.option FROM internalization_panelanswer a "
            "JOIN internalization_practicecase c ON c.id = a.case_id "
            "JOIN internalization_pattern p ON p.id = c.pattern_id "
            "WHERE p.artifact_id = ? AND c.retired_at IS NULL ORDER BY a.id",
            [artifact],
        )
    ]


def unaided(db: Database, artifact: int) -> list[tuple[int, str, int, str, str]]:
    """(case, node, person, option, key) of all answered unaided attempts on an artifact's cases in use."""
    return [
        (case, node, person, option, key)
        for case, node, person, option, key in db.rows(
            "SELECT t.case_id, p.node, t.person_id, t.option, k.option FROM internalization_attempt t "
            "JOIN internalization_practicecase c ON c.id = t.case_id "
            "JOIN internalization_pattern p ON p.id = c.pattern_id JOIN internalization_key k ON k.case_id = c.id "
            "AND k.version = (SELECT MAX(l.version) FROM internalization_key l WHERE l.case_id = c.id) "
            "WHERE p.artifact_id = ? AND t.level >= 3 AND t.option IS NOT NULL AND c.retired_at IS NULL ORDER BY t.id",
            [artifact],
        )
    ]


def open_challenges(db: Database, documents: Sequence[int], artifacts: Sequence[int]) -> tuple[set[int], set[int]]:
    """(documents, artifacts) with an open challenge, for lists of the rooms below. Without numbers all are named."""
    rows = db.rows("SELECT DISTINCT document_id, artifact_id FROM internalization_challenge WHERE state = 'open'")
    pages = {int(number) for number, _ in rows if number is not None}
    found = {int(number) for _, number in rows if number is not None}
    if documents or artifacts:
        return pages & set(documents), found & set(artifacts)
    return pages, found
