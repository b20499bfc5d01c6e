"""Rows of imports in SQL: what was asked for, outcomes by the hundred, marks of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seci.kit.clock import now
from seci.kit.database import Database, Row, values
from seci.kit.errors import NotFound

RESULTS = ("new", "changed", "moved", "attached", "skipped", "failed", "gone")


@dataclass(frozen=True, slots=True)
class Import:
    """One import as it was asked for; its state is that of its run."""

    id: int
    source: int
    run: int
    collection: int
    format: str
    path: str
    upload: bool
    history: bool
    by: int | None
    stop: bool
    same: int
    undone_at: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `before` and `after` number the document's revisions; `was` is its path before."""

    path: str
    result: str
    why: str = ""
    document: int | None = None
    before: int | None = None
    after: int | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a file was when it was last read, and which revision of which document it became."""

    path: str
    mark: str
    uid: str
    document: int
    revision: int


_IMPORT = "id, source_id, run, collection_id, format, path, upload, history, by, stop, same, undone_at"
_OUTCOME = "path, result, why, document_id, before, after, was"


def get(db: Database, id_: int) -> Import:
    """Raises NotFound."""
    rows = db.rows(f"SELECT {_IMPORT} FROM documents_import WHERE id = ?", [id_])
    if not rows:
        raise NotFound(f"There is no import {id_}; `seci imports list` lists them.")
    return _import(rows[0])


def of_run(db: Database, run: int) -> Import | None:
    rows = db.rows(f"SELECT {_IMPORT} FROM documents_import WHERE run = ?", [run])
    return _import(rows[0]) if rows else None


def every(db: Database, *, collection: int | None = None, limit: int = 50) -> list[Import]:
    """The latest imports, the newest first."""
    where, given = ("WHERE collection_id = ?", [collection]) if collection is not None else ("", [])
    return [
        _import(row)
        for row in db.rows(f"SELECT {_IMPORT} FROM documents_import {where} ORDER BY id DESC LIMIT ?", [*given, limit])
    ]


def add(
    db: Database, *, source: int, run: int, collection: int, format_: str, path: str, upload: bool, history: bool,
    by: int | None,
) -> int:  # fmt: skip
    rows = db.rows(
        "INSERT INTO documents_import (source_id, run, collection_id, format, path, upload, history, by, stop, same) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING id",
        [source, run, collection, format_, path, upload, history, by, False],
    )
    return int(rows[0][0])


def ask_to_stop(db: Database, id_: int, stop: bool) -> None:
    db.run("UPDATE documents_import SET stop = ? WHERE id = ?", [stop, id_])


def is_to_stop(db: Database, id_: int) -> bool:
    return bool(db.rows("SELECT stop FROM documents_import WHERE id = ?", [id_])[0][0])


def begin(db: Database, id_: int) -> set[str]:
    """The files that an import has an outcome for: of one that was killed what it did, whose files count once. What is
    as before is counted anew."""
    db.run("UPDATE documents_import SET same = 0 WHERE id = ?", [id_])
    return {path for (path,) in db.rows("SELECT path FROM documents_outcome WHERE of_id = ?", [id_])}


def count_same(db: Database, id_: int, more: int) -> None:
    db.run("UPDATE documents_import SET same = same + ? WHERE id = ?", [more, id_])


def undone(db: Database, id_: int, at: int) -> None:
    db.run("UPDATE documents_import SET undone_at = ? WHERE id = ?", [at, id_])


def write_outcomes(db: Database, id_: int, outcomes: Sequence[Outcome]) -> None:
    """Writes outcomes down; a file that this import has an outcome for keeps the first, which did the work."""
    for one in outcomes:
        db.run(
            f"INSERT INTO documents_outcome (of_id, {_OUTCOME}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [id_, one.path, one.result, one.why, one.document, one.before, one.after, one.was],
        )


def outcomes(db: Database, id_: int, result: str = "", *, limit: int = 100, offset: int = 0) -> list[Outcome]:
    """By path; those of one result, or all."""
    where, given = ("AND result = ?", [result]) if result else ("", [])
    rows = db.rows(
        f"SELECT {_OUTCOME} FROM documents_outcome WHERE of_id = ? {where} ORDER BY path, id LIMIT ? OFFSET ?",
        [id_, *given, limit, offset],
    )
    return [Outcome(*row) for row in rows]


def counts(db: Database, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Import -> result -> how many files."""
    found: dict[int, dict[str, int]] = {id_: dict.fromkeys(RESULTS, 0) for id_ in ids}
    if ids:
        for id_, result, count in db.rows(
            f"SELECT of_id, result, COUNT(*) FROM documents_outcome WHERE of_id IN {values(len(ids))} "
            "GROUP BY of_id, result",
            list(ids),
        ):
            found[id_][result] = int(count)
    return found


def marks(db: Database, collection: int) -> dict[str, Mark]:
    """By path."""
    rows = db.rows(
        "SELECT m.path, m.mark, m.uid, m.document_id, m.revision FROM documents_mark AS m "
        "JOIN library_document AS d ON d.id = m.document_id WHERE m.collection_id = ?",
        [collection],
    )
    return {row[0]: Mark(*row) for row in rows}


def collection_at(db: Database, kind: str, address: str, name: str) -> int | None:
    """The collection that comes from an address; of what was sent through a page, that of the name."""
    where, given = ("address = ?", address) if address else ("address = '' AND name = ?", name)
    rows = db.rows(f"SELECT id FROM library_collection WHERE kind = ? AND {where} ORDER BY id LIMIT 1", [kind, given])
    return int(rows[0][0]) if rows else None


def document_at(db: Database, collection: int, path: str) -> tuple[int, int] | None:
    """The document at a path of a collection and the number of its latest revision; None when there is none."""
    rows = db.rows("SELECT id, head FROM library_document WHERE collection_id = ? AND path = ?", [collection, path])
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


def has_file(db: Database, collection: int, path: str, sha256: str) -> bool:
    """Whether a collection has a file with this content at this path."""
    asked = [collection, path, sha256]
    return bool(
        db.rows(
            "SELECT 1 FROM library_attachment WHERE collection_id = ? AND path = ? AND sha256 = ? "
            "AND removed_at IS NULL",
            asked,
        )
    )


def move(db: Database, document: int, path: str) -> None:
    """Gives a document another path in its collection."""
    db.run("UPDATE library_document SET path = ?, changed_at = ? WHERE id = ?", [path, now(), document])


def text_at(db: Database, document: int, number: int) -> str:
    rows = db.rows("SELECT text FROM library_revision WHERE document_id = ? AND number = ?", [document, number])
    return str(rows[0][0]) if rows else ""


def last_imported(db: Database, document: int) -> str:
    """The SHA-256 of the text that the last import left; "" where there was none."""
    rows = db.rows(
        "SELECT sha256 FROM library_revision WHERE document_id = ? AND cause = 'import' ORDER BY number DESC LIMIT 1",
        [document],
    )
    return str(rows[0][0]) if rows else ""


def write_mark(db: Database, collection: int, mark: Mark) -> None:
    db.run(
        "INSERT INTO documents_mark (collection_id, path, mark, uid, document_id, revision) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (collection_id, path) DO UPDATE SET mark = excluded.mark, uid = excluded.uid, "
        "document_id = excluded.document_id, revision = excluded.revision",
        [collection, mark.path, mark.mark, mark.uid[:100], mark.document, mark.revision],
    )


def forget_marks(db: Database, collection: int, paths: Iterable[str]) -> None:
    for path in paths:
        db.run("DELETE FROM documents_mark WHERE collection_id = ? AND path = ?", [collection, path])


def _import(row: Row) -> Import:
    id_, source, run, collection, format_, path, upload, history, by, stop, same, undone_at = row
    return Import(
        id_, source, run, collection, format_, path, bool(upload), bool(history), by, bool(stop), same, undone_at
    )
