"""Cases and judgements in bulk, through SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.kit.clock import Micros
from seci.kit.database import CONTAINS, Database, containing, from_json
from seci.kit.records import clean, to_data

_COLUMNS = "c.key, c.facts, c.source, c.title, c.parent, c.changed, c.link"
_VERDICT = (
    "j.outcome, j.looked, j.latency_ms, j.sure, j.predicted, j.audit, j.repeat_of, j.because, j.person_id, "
    "j.may_be_shown, j.at, j.id"
)


def cases(db: Database, bank: int, *, limit: int | None = None, offset: int = 0, q: str = "") -> list[Case]:
    """Cases of a bank in the order they came in, those whose title or key contains `q`."""
    where, asked = _matching(q)
    sql = f"SELECT {_COLUMNS} FROM cases_case c WHERE c.bank_id = ?{where} ORDER BY c.id"
    if limit is not None:
        sql += " LIMIT ? OFFSET ?"
        asked = [*asked, limit, offset]
    return [_case(row) for row in db.rows(sql, [bank, *asked])]


def count(db: Database, bank: int, q: str = "") -> int:
    where, asked = _matching(q)
    return int(db.rows(f"SELECT COUNT(*) FROM cases_case c WHERE c.bank_id = ?{where}", [bank, *asked])[0][0])


def named(db: Database, bank: int, key: str) -> Case | None:
    rows = db.rows(f"SELECT {_COLUMNS} FROM cases_case c WHERE c.bank_id = ? AND c.key = ?", [bank, key])
    return _case(rows[0]) if rows else None


def _matching(q: str) -> tuple[str, list[object]]:
    if not q:
        return "", []
    return f" AND (LOWER(c.title) {CONTAINS} OR LOWER(c.key) {CONTAINS})", [containing(q)] * 2


def add_cases(db: Database, bank: int, found: Iterable[Case]) -> int:
    """Writes cases whose key the bank does not hold yet; how many were new."""
    return db.run_many(
        "INSERT INTO cases_case (bank_id, key, facts, source, title, parent, changed, link) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bank_id, key) DO NOTHING",
        [
            (
                bank, clean(case.id)[:80], json.dumps(to_data(dict(case.values))), case.source, clean(case.title),
                clean(case.parent or "")[:80], json.dumps(list(case.changed)), clean(case.link),
            )
            for case in found
        ],
    )  # fmt: skip


def write_attributes(db: Database, bank: int, attributes: Sequence[Attribute], at: Micros) -> None:
    db.run(
        "UPDATE cases_bank SET attributes = ?, changed_at = ? WHERE id = ?",
        [json.dumps([to_data(one) for one in attributes]), at, bank],
    )


def touch(db: Database, bank: int, at: Micros) -> None:
    db.run("UPDATE cases_bank SET changed_at = ? WHERE id = ?", [at, bank])


def write_judgement(
    db: Database,
    bank: int,
    judgement: Judgement,
    *,
    person: int | None,
    elicitation: int | None,
    number: int | None,
    may_be_shown: bool,
    at: Micros,
) -> None:
    """Remembers what was said of a case, and the case itself when the bank does not hold it. The same turn counts
    once."""
    add_cases(db, bank, [judgement.case])
    db.run(
        "INSERT INTO cases_judgement (case_id, person_id, elicitation, number, outcome, looked, latency_ms, sure, "
        "predicted, audit, repeat_of, because, may_be_shown, at) SELECT c.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? "
        "FROM cases_case c WHERE c.bank_id = ? AND c.key = ? ON CONFLICT (elicitation, number) DO NOTHING",
        [
            person, elicitation, number, clean(judgement.outcome)[:200], json.dumps(list(judgement.looked)),
            judgement.latency_ms, judgement.sure, judgement.predicted, judgement.audit,
            (judgement.repeat_of or "")[:80], clean(judgement.because), may_be_shown, at, bank,
            clean(judgement.case.id)[:80],
        ],
    )  # fmt: skip


def judgements(db: Database, bank: int, *, elicitation: int | None = None) -> list[tuple[Judgement, dict[str, Any]]]:
    """Judgements that stand, with who, when, and whether the name may be shown; in the order they were made."""
    only, asked = ("", []) if elicitation is None else (" AND j.elicitation = ?", [elicitation])
    rows = db.rows(
        f"SELECT {_COLUMNS}, {_VERDICT} FROM cases_judgement j JOIN cases_case c ON c.id = j.case_id "
        f"WHERE c.bank_id = ? AND j.retracted_at IS NULL{only} ORDER BY j.id",
        [bank, *asked],
    )
    return [(_judgement(row), {"person": row[15], "may_be_shown": bool(row[16]), "at": row[17]}) for row in rows]


def retract_judgements(db: Database, elicitation: int, numbers: Iterable[int], at: Micros) -> None:
    """Takes verdicts of a dialogue back: they no longer count, and the rows stay for the record of the dialogue."""
    db.run_many(
        "UPDATE cases_judgement SET retracted_at = ? WHERE elicitation = ? AND number = ? AND retracted_at IS NULL",
        [(at, elicitation, number) for number in numbers],
    )


def _case(row: tuple[Any, ...]) -> Case:
    key, facts, source, title, parent, changed, link = row[:7]
    return Case(key, from_json(facts), source, title, parent or None, tuple(from_json(changed)), link)


def _judgement(row: tuple[Any, ...]) -> Judgement:
    outcome, looked, latency, sure, predicted, audit, repeat_of, because = row[7:15]
    return Judgement(
        case=_case(row),
        outcome=outcome,
        looked=tuple(from_json(looked)),
        latency_ms=latency,
        sure=None if sure is None else bool(sure),
        predicted=predicted,
        audit=bool(audit),
        repeat_of=repeat_of or None,
        because=because,
    )
