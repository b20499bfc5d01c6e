"""Rows of the library: what the services write, and nothing decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seci.kit.clock import Micros
from seci.kit.database import Database, batches, values


@dataclass(frozen=True, slots=True)
class Head:
    """The latest revision of a document."""

    number: int
    title: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A place in the code that a page is bound to.

    is_open     its document waits to be looked at already
    is_settled  its artifact was verified since the place is as it was seen last
    """

    id: int
    document: int | None
    artifact: int | None
    path: str
    symbol: str
    hash: str
    seen: str
    is_open: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A link of a text as it is kept: where it leads is None while nothing answers to `wanted`."""

    kind: str
    target: str
    wanted: str
    anchor: str
    label: str
    start: int | None
    stop: int | None
    document: int | None = None
    artifact: int | None = None
    asset: int | None = None


def head(db: Database, document: int) -> Head | None:
    """The latest revision, whoever asks: for rooms that have checked that already."""
    rows = db.rows(
        "SELECT r.number, r.title, r.text, r.sha256 FROM library_document d "
        "JOIN library_revision r ON r.document_id = d.id AND r.number = d.head WHERE d.id = ?",
        [document],
    )
    return Head(*rows[0]) if rows else None


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """The id of a new row."""
    names = ", ".join(row)
    return int(
        db.rows(f"INSERT INTO {table} ({names}) VALUES {values(len(row))} RETURNING id", list(row.values()))[0][0]
    )


def change(db: Database, table: str, number: int, **columns: object) -> None:
    """Sets columns of one row."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    db.run(f"UPDATE {table} SET {sets} WHERE id = ?", [*columns.values(), number])


def take(db: Database, document: int) -> int:
    """The number of the latest revision, with the document locked until the transaction ends."""
    lock = " FOR UPDATE" if db.vendor == "postgresql" else ""
    return int(db.rows(f"SELECT head FROM library_document WHERE id = ?{lock}", [document])[0][0])


def insert_revision(
    db: Database, document: int, number: int, *, title: str, text: str, sha256: str, author: int | None,
    author_name: str, by: int | None, at: Micros, message: str, cause: str, provenance: object,
) -> int:  # fmt: skip
    row = {
        "document_id": document, "number": number, "title": title, "text": text, "sha256": sha256, "author_id": author,
        "author_name": author_name[:200], "by": by, "at": at, "message": message, "cause": cause,
        "provenance": None if provenance is None else json.dumps(provenance, ensure_ascii=False),
    }  # fmt: skip
    return insert(db, "library_revision", row)


def replace_links(db: Database, document: int, links: Iterable[Target]) -> None:
    db.run("DELETE FROM library_link WHERE document_id = ?", [document])
    db.run_many(
        "INSERT INTO library_link (document_id, kind, target, wanted, anchor, label, start, stop, to_document_id, "
        f"to_artifact_id, to_asset_id) VALUES {values(11)}",
        [
            (
                document, one.kind, one.target, one.wanted, one.anchor, one.label, one.start, one.stop, one.document,
                one.artifact, one.asset,
            )
            for one in links
        ],
    )  # fmt: skip


def add_names(db: Database, document: int, names: Iterable[str]) -> None:
    """Names that the document answers to; those it had before stay, so that old links still find it."""
    db.run_many(
        "INSERT INTO library_name (document_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(document, name) for name in dict.fromkeys(names) if name],
    )


def replace_tags(db: Database, document: int, words: Iterable[str]) -> None:
    db.run("DELETE FROM library_tag WHERE document_id = ?", [document])
    db.run_many(
        "INSERT INTO library_tag (document_id, word) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(document, word) for word in dict.fromkeys(words) if word],
    )


def answering(db: Database, collection: int | None, names: Sequence[str]) -> dict[str, int]:
    """Which document each name means: one of the same collection first; paths only inside it; the oldest of several."""
    found: dict[str, int] = {}
    for batch in batches(dict.fromkeys(names), 400):
        rows = db.rows(
            "SELECT n.name, d.id, d.collection_id FROM library_name n JOIN library_document d ON d.id = n.document_id "
            f"WHERE n.name IN {values(len(batch))} AND d.vanished_at IS NULL AND d.state <> 'retired' "
            "ORDER BY d.id DESC",
            batch,
        )
        found |= {
            name: id_
            for name, id_, where in sorted(rows, key=lambda row: row[2] == collection)
            if where == collection or name.startswith("title:")
        }
    return found


def answer(db: Database, document: int, collection: int | None, names: Sequence[str]) -> None:
    """Links that waited for one of these names lead to the document from now on; paths only in its collection."""
    for batch in batches(dict.fromkeys(name for name in names if name), 400):
        here = "SELECT 1 FROM library_document x WHERE x.id = library_link.document_id AND x.collection_id = ?"
        inside = "" if collection is None else f" OR EXISTS ({here})"
        db.run(
            "UPDATE library_link SET to_document_id = ? WHERE to_document_id IS NULL AND to_artifact_id IS NULL "
            f"AND to_asset_id IS NULL AND wanted IN {values(len(batch))} AND document_id <> ? "
            f"AND (wanted LIKE 'title:%'{inside})",
            [document, *batch, document, *([] if collection is None else [collection])],
        )


def share(db: Database, document: int, person: int, may_write: bool, by: int | None, at: Micros) -> None:
    db.run(
        f"INSERT INTO library_share (document_id, person_id, may_write, by, at) VALUES {values(5)} "
        "ON CONFLICT (document_id, person_id) DO UPDATE SET may_write = excluded.may_write",
        [document, person, may_write, by, at],
    )


def unshare(db: Database, document: int, person: int) -> bool:
    """Whether it was shared with them, or with somebody who is known to be them by now."""
    same = "SELECT id FROM people_person WHERE id = ? OR merged_into_id = ?"
    asked = [document, person, person]
    return db.run(f"DELETE FROM library_share WHERE document_id = ? AND person_id IN ({same})", asked) > 0


def existing(db: Database, table: str, ids: Sequence[int]) -> set[int]:
    """Those of the ids that the table has."""
    found: set[int] = set()
    for batch in batches(dict.fromkeys(ids), 400):
        found |= {row[0] for row in db.rows(f"SELECT id FROM {table} WHERE id IN {values(len(batch))}", batch)}
    return found


def collection_at(db: Database, kind: str, address: str, name: str) -> int | None:
    """The collection of a place; without an address the one of that name."""
    rows = db.rows(
        "SELECT id FROM library_collection WHERE kind = ? AND address = ? AND (address <> '' OR name = ?)",
        [kind, address, name],
    )
    return int(rows[0][0]) if rows else None


def present(db: Database, collection: int, paths: Sequence[str]) -> list[tuple[int, int, int | None]]:
    """(document, latest revision, asset) of the pages at these paths that have not vanished yet."""
    found: list[tuple[int, int, int | None]] = []
    for batch in batches(dict.fromkeys(paths), 400):
        found += db.rows(
            "SELECT id, head, asset_id FROM library_document WHERE collection_id = ? AND vanished_at IS NULL "
            f"AND path IN {values(len(batch))}",
            [collection, *batch],
        )
    return found


def deeds(db: Database, rows: Iterable[tuple[int, int, int | None]]) -> None:
    """Which events are about which document: (event, document, revision)."""
    db.run_many("INSERT INTO library_deed (seq, document_id, revision) VALUES (?, ?, ?)", rows)


def bindings_of(db: Database, repository: int) -> list[Bound]:
    """All bindings to places in one repository."""
    rows = db.rows(
        "SELECT b.id, b.document_id, b.artifact_id, b.path, b.symbol, b.hash, b.seen, d.reopened_at IS NOT NULL, "
        "COALESCE(a.verified_at > b.seen_at, 1 = 0) FROM library_binding b "
        "LEFT JOIN library_document d ON d.id = b.document_id LEFT JOIN artifacts_artifact a ON a.id = b.artifact_id "
        "WHERE b.repository = ? ORDER BY b.id",
        [repository],
    )
    return [Bound(*row) for row in rows]


def attachment_at(db: Database, row: Mapping[str, Any]) -> int | None:
    """The same file at the same place, if it is there already."""
    rows = db.rows(
        "SELECT id FROM library_attachment WHERE COALESCE(document_id, 0) = ? AND COALESCE(collection_id, 0) = ? "
        "AND path = ? AND name = ? AND sha256 = ? AND removed_at IS NULL",
        [row["document_id"] or 0, row["collection_id"] or 0, row["path"], row["name"], row["sha256"]],
    )
    return int(rows[0][0]) if rows else None


def supersede_attachment(db: Database, row: Mapping[str, Any]) -> None:
    """An older file under the same path of a collection makes room."""
    db.run(
        "UPDATE library_attachment SET removed_at = ? WHERE collection_id = ? AND path = ? AND removed_at IS NULL",
        [row["at"], row["collection_id"], row["path"]],
    )
