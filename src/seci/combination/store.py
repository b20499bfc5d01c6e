"""Rows of merges in SQL: what the services write, and nothing decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seci.kit.clock import Micros
from seci.kit.database import Database, batches, from_json, values
from seci.kit.records import clean, to_data


def insert(db: Database, table: str, **columns: object) -> int:
    """The id of a new row of a table of this room; dicts and lists go in as JSON."""
    names = ", ".join(f'"{name}"' for name in columns)
    cells = [_cell(one) for one in columns.values()]
    sql = f"INSERT INTO combination_{table} ({names}) VALUES {values(len(cells))} RETURNING id"
    return int(db.rows(sql, cells)[0][0])


def insert_once(db: Database, table: str, **columns: object) -> int | None:
    """As `insert`; None where such a row is there already."""
    names = ", ".join(f'"{name}"' for name in columns)
    cells = [_cell(one) for one in columns.values()]
    found = db.rows(
        f"INSERT INTO combination_{table} ({names}) VALUES {values(len(cells))} ON CONFLICT DO NOTHING RETURNING id",
        cells,
    )
    return int(found[0][0]) if found else None


def change(db: Database, table: str, id_: int, **columns: object) -> None:
    """Sets columns of one row."""
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    cells = [_cell(one) for one in columns.values()]
    db.run(f"UPDATE combination_{table} SET {sets} WHERE id = ?", [*cells, id_])


def take(db: Database, merge: int) -> None:
    """Locks a merge until the transaction ends, so that two hands on one outline come after each other."""
    lock = " FOR UPDATE" if db.vendor == "postgresql" else ""
    db.rows(f"SELECT id FROM combination_merge WHERE id = ?{lock}", [merge])


def forget_conflicts(db: Database, merge: int, but: Iterable[str]) -> None:
    """Takes away conflicts that nobody has decided and that are not found any more."""
    kept = set(but)
    for id_, fingerprint in db.rows(
        "SELECT id, fingerprint FROM combination_conflict WHERE merge_id = ? AND state = 'open' AND before IS NULL",
        [merge],
    ):
        if fingerprint not in kept:
            db.run("DELETE FROM combination_request WHERE conflict_id = ?", [id_])
            db.run("DELETE FROM combination_conflict WHERE id = ?", [id_])


def traces_at(db: Database, merge: int, revision: int) -> tuple[int, list[Any]] | None:
    """(revision, packed traces) of the latest traced revision of a draft that is not after `revision`."""
    rows = db.rows(
        "SELECT revision, traces FROM combination_tracing WHERE merge_id = ? AND revision <= ? "
        "ORDER BY revision DESC LIMIT 1",
        [merge, revision],
    )
    return (int(rows[0][0]), from_json(rows[0][1])) if rows else None


def write_traces(db: Database, merge: int, revision: int, traces: Any, at: Micros) -> None:
    """The traces of one revision of a draft, in place of earlier ones of the same revision."""
    db.run(
        "INSERT INTO combination_tracing (merge_id, revision, traces, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (merge_id, revision) DO UPDATE SET traces = excluded.traces, at = excluded.at",
        [merge, revision, _cell(traces), at],
    )


def merges_citing(db: Database, document: int) -> list[int]:
    """Merges that have been published and that a document is a source of."""
    rows = db.rows(
        "SELECT m.id FROM combination_merge m JOIN combination_source s ON s.merge_id = m.id "
        "WHERE s.document_id = ? AND m.published IS NOT NULL AND m.state <> 'left' ORDER BY m.id",
        [document],
    )
    return [int(row[0]) for row in rows]


def settle_gone(db: Database, kinds: Sequence[str], found: Iterable[str], at: Micros) -> int:
    """Open findings of these kinds that a look did not find again are gone; returns how many."""
    kept, count = set(found), 0
    for id_, fingerprint in db.rows(
        f"SELECT id, fingerprint FROM combination_finding WHERE state = 'open' AND kind IN {values(len(kinds))}",
        list(kinds),
    ):
        if fingerprint not in kept:
            db.run("UPDATE combination_finding SET state = 'gone', decided_at = ? WHERE id = ?", [at, id_])
            count += 1
    return count


def lost_links(db: Database, found: Iterable[str]) -> None:
    """Links that were taken and are missing again, because an import brought the words of the source back, are as if
    nobody had decided; those that were refused stay so. `found` are fingerprints of what is missing."""
    for batch in batches(found, 500):
        db.run(
            "UPDATE combination_finding SET state = 'gone' WHERE kind = 'link' AND state = 'decided' "
            f"AND decision IN ('here', 'also') AND fingerprint IN {values(len(batch))}",
            batch,
        )


def write_finding(db: Database, finding: Mapping[str, object], at: Micros) -> int | None:
    """A finding, unless it was decided; one that was gone is open again, one that is open says what is so by now. The
    number of one that is new or back."""
    made = insert_once(
        db, "finding", **{"other_id": None, "merge_id": None, "data": {}, "score": 0.0, **finding},
        state="open", decision="", reason="", at=at,
    )  # fmt: skip
    if made is not None:
        return made
    now_said = [_cell(finding["sentence"]), _cell(finding.get("data", {})), finding.get("score", 0.0)]
    for state in ("gone", "open"):
        rows = db.rows(
            "UPDATE combination_finding SET state = 'open', decided_at = NULL, sentence = ?, data = ?, score = ? "
            "WHERE fingerprint = ? AND state = ? RETURNING id",
            [*now_said, finding["fingerprint"], state],
        )
        if rows:
            return int(rows[0][0]) if state == "gone" else None
    return None


def _cell(value: object) -> object:
    if isinstance(value, dict | list | tuple):
        return json.dumps(to_data(value), ensure_ascii=False)
    return clean(value) if isinstance(value, str) else value
