"""Rows of the search, in SQL that both databases speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from seci.kit.database import Database, Row, values
from seci.search.bm25 import packed
from seci.search.passage import Passage, Subject

_SUBJECT = "kind, number, title, state, tags, owner, audience, changed_at, stamp"
# On SQLite one writes at a time, so numbers of changes grow in the order of their commits. On PostgreSQL they would
# not, so the number of the transaction is kept, and readers look again at what was open when they last looked.
_STAMP = {
    "sqlite": "(SELECT COALESCE(MAX(stamp), 0) + 1 FROM search_subject)",
    "postgresql": "txid_current()",
}


# Vectors that pgvector's index looks at for one question, the most it allows: with as many as are asked for, it misses
# so many of them that both databases answer differently.
LOOKED_AT = 1000


def put_subject(db: Database, subject: Subject) -> int:
    """The id of the subject's row, which says what it is by now."""
    row = (
        subject.kind, subject.number, subject.title, subject.state, "\n".join(subject.tags), subject.owner,
        subject.audience, subject.changed_at,
    )  # fmt: skip
    found = db.rows(
        f"INSERT INTO search_subject ({_SUBJECT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, {_STAMP[db.vendor]}) "
        "ON CONFLICT (kind, number) DO UPDATE SET title = excluded.title, state = excluded.state, "
        "tags = excluded.tags, owner = excluded.owner, audience = excluded.audience, "
        "changed_at = excluded.changed_at, stamp = excluded.stamp RETURNING id",
        row,
    )
    return int(found[0][0])


def touch(db: Database, subjects: Sequence[int]) -> None:
    """Lets every process look at these subjects again."""
    if subjects:
        db.run(
            f"UPDATE search_subject SET stamp = {_STAMP[db.vendor]} WHERE id IN {values(len(subjects))}", list(subjects)
        )


def passages_of(db: Database, subject: int) -> list[Row]:
    """(id, ordinal, place, sha) in their order."""
    return db.rows(
        "SELECT id, ordinal, place, sha FROM search_passage WHERE subject_id = ? ORDER BY ordinal, id", [subject]
    )


def drop(db: Database, passages: Sequence[int]) -> None:
    ids = [[one] for one in passages]
    if ids:
        db.run_many("DELETE FROM search_vector WHERE passage_id = ?", ids)
        if compares(db):
            db.run_many("DELETE FROM search_near WHERE passage_id = ?", ids)
        db.run_many("DELETE FROM search_passage WHERE id = ?", ids)


def move(db: Database, moved: Sequence[tuple[int, str, int]]) -> None:
    """(ordinal, place, id) of passages that stand elsewhere now."""
    if moved:
        db.run_many("UPDATE search_passage SET ordinal = ?, place = ? WHERE id = ?", moved)


def add(db: Database, subject: int, title: str, fresh: Sequence[tuple[int, Passage]]) -> None:
    if not fresh:
        return
    rows = []
    for ordinal, passage in fresh:
        words, length = packed(title, passage.heading, passage.text)
        rows.append(
            (
                subject, ordinal, passage.place[:200], "\n".join(passage.heading), passage.text, passage.sha(title),
                words, length, False,
            )
        )  # fmt: skip
    columns = ("subject_id", "ordinal", "place", "heading", "text", "sha", "words", "length", "embedded")
    db.load("search_passage", columns, rows)


def horizon(db: Database) -> tuple[int, int, str]:
    """(newest stamp, stamp from which on one must look next time, model of the vectors): to be looked from on
    PostgreSQL is the oldest transaction that is still open, on SQLite the newest change."""
    oldest = "NULL" if db.vendor == "sqlite" else "txid_snapshot_xmin(txid_current_snapshot())"
    newest, open_, maker = db.rows(
        "SELECT (SELECT COALESCE(MAX(stamp), 0) FROM search_subject), "
        f"{oldest}, (SELECT COALESCE(MAX(name), '') FROM search_maker)"
    )[0]
    return int(newest), int(newest if open_ is None else open_), str(maker)


def subjects_since(db: Database, seen: int) -> list[Row]:
    """Subjects changed after `seen` (SQLite), or in it and after it (PostgreSQL)."""
    later = ">" if db.vendor == "sqlite" else ">="
    return db.rows(f"SELECT id, {_SUBJECT} FROM search_subject WHERE stamp {later} ? ORDER BY id", [seen])


def _in_batches(db: Database, sql: str, ids: Sequence[int], size: int = 500) -> Iterator[Row]:
    for at in range(0, len(ids), size):
        batch = list(ids[at : at + size])
        yield from db.rows(sql.format(ids=values(len(batch))), batch)


def outline(db: Database, subjects: Sequence[int]) -> Iterator[Row]:
    """(passage, subject, whether its vectors are there) of these subjects; of all of them if none is named."""
    columns = "SELECT id, subject_id, embedded FROM search_passage"
    if not subjects:
        return iter(db.rows(f"{columns} ORDER BY id"))
    return _in_batches(db, columns + " WHERE subject_id IN {ids} ORDER BY id", subjects)


def words(db: Database, passages: Sequence[int], whole: bool) -> Iterator[Row]:
    """(passage, subject, words) of these, or of all with `whole`."""
    columns = "SELECT id, subject_id, words FROM search_passage"
    if whole:
        return iter(db.rows(f"{columns} ORDER BY id"))
    return _in_batches(db, columns + " WHERE id IN {ids} ORDER BY id", passages)


def vectors(db: Database, passages: Sequence[int], whole: bool) -> Iterator[Row]:
    """(passage, part, vector) of these, or of all with `whole`."""
    columns = "SELECT passage_id, part, vector FROM search_vector"
    if whole:
        return iter(db.rows(f"{columns} ORDER BY id"))
    return _in_batches(db, columns + " WHERE passage_id IN {ids} ORDER BY id", passages)


def vectors_of(
    db: Database, kind: str, numbers: Sequence[int], first: int
) -> Iterator[tuple[int, np.ndarray[Any, np.dtype[np.float32]]]]:
    """(number of the subject, vector) of whole passages, the `first` of each subject, in their order."""
    table, vector = ("search_near", "CAST(v.vector AS text)") if compares(db) else ("search_vector", "v.vector")
    rows = _in_batches(
        db,
        f"SELECT s.number, {vector} FROM search_subject s JOIN search_passage p ON p.subject_id = s.id "
        f"JOIN {table} v ON v.passage_id = p.id AND v.part = 0 "
        f"WHERE s.kind = '{kind}' AND p.ordinal < {first} AND s.number IN {{ids}} ORDER BY s.number, p.ordinal",
        numbers,
    )
    for number, value in rows:
        if isinstance(value, str):
            yield number, np.array(value.strip("[]").split(","), np.float32)
        else:
            yield number, np.frombuffer(value, np.float32)


_compares: dict[str, bool] = {}


def compares(db: Database) -> bool:
    """Whether the database itself finds the nearest vectors (pgvector)."""
    if db.vendor == "sqlite":
        return False
    if db.place not in _compares:
        _compares[db.place] = bool(db.rows("SELECT to_regclass('search_near') IS NOT NULL")[0][0])
    return _compares[db.place]


def nearest(db: Database, vector: bytes, limit: int, only: Sequence[int] | None) -> list[Row]:
    """(passage, part, likeness) of the nearest vectors by pgvector, best first; exactly, if only some may be found."""
    shown = written(vector)
    if only is not None:
        return db.rows(
            "SELECT passage_id, part, -(vector <#> CAST(? AS vector)) AS likeness FROM search_near "
            "WHERE passage_id = ANY(?) ORDER BY likeness DESC, passage_id, part LIMIT ?",
            [shown, list(only), limit],
        )
    with db.transaction():
        db.run(f"SET LOCAL hnsw.ef_search = {LOOKED_AT}")
        return db.rows(
            "SELECT passage_id, part, -(vector <#> CAST(? AS vector)) FROM search_near "
            "ORDER BY vector <#> CAST(? AS vector) LIMIT ?",
            [shown, shown, limit],
        )


def written(vector: bytes) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(f"{one:.7g}" for one in np.frombuffer(vector, "<f4").tolist()) + "]"


def made_by(db: Database, name: str) -> None:
    """Only vectors of the model of this name are kept from here on; those of another one are to be made anew."""
    with db.transaction():
        other = db.rows(
            "INSERT INTO search_maker (id, name) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name "
            "WHERE search_maker.name <> excluded.name RETURNING id",
            [name],
        )
        if other:
            db.run("DELETE FROM search_vector")
            if compares(db):
                db.run("TRUNCATE search_near")
            db.run("UPDATE search_passage SET embedded = FALSE WHERE embedded")


def open_passages(db: Database, limit: int) -> list[Row]:
    """(id, subject, title, heading, text) of passages without vectors, oldest first."""
    return db.rows(
        "SELECT passage.id, passage.subject_id, subject.title, passage.heading, passage.text "
        "FROM search_passage passage JOIN search_subject subject ON subject.id = passage.subject_id "
        "WHERE NOT passage.embedded ORDER BY passage.id LIMIT ?",
        [limit],
    )


def add_vectors(db: Database, rows: Sequence[tuple[int, int, bytes]], passages: Sequence[int]) -> None:
    """Vectors of passages that are all there by now. One that was taken out meanwhile takes its vectors along."""
    lock = " FOR UPDATE" if db.vendor == "postgresql" else ""
    there = {
        int(one)
        for (one,) in db.rows(
            f"SELECT id FROM search_passage WHERE id IN {values(len(passages))} ORDER BY id{lock}", list(passages)
        )
    }
    kept = [row for row in rows if row[0] in there]
    if compares(db):
        db.run_many(
            "INSERT INTO search_near (passage_id, part, vector) VALUES (?, ?, CAST(? AS vector))",
            [(passage, part, written(vector)) for passage, part, vector in kept],
        )
    else:
        db.load("search_vector", ("passage_id", "part", "vector"), kept)
    db.run(f"UPDATE search_passage SET embedded = TRUE WHERE id IN {values(len(passages))}", list(passages))


def standing(db: Database) -> tuple[int, int, int]:
    """(subjects with passages, passages, passages whose vectors are there)."""
    subjects, passages, done = db.rows(
        "SELECT COUNT(DISTINCT subject_id), COUNT(*), COALESCE(SUM(CASE WHEN embedded THEN 1 ELSE 0 END), 0) "
        "FROM search_passage"
    )[0]
    return int(subjects), int(passages), int(done)


def texts(db: Database, passages: Sequence[int]) -> dict[int, Row]:
    """Passage -> (place, heading, text)."""
    if not passages:
        return {}
    found = db.rows(
        f"SELECT id, place, heading, text FROM search_passage WHERE id IN {values(len(passages))}", list(passages)
    )
    return {int(row[0]): row[1:] for row in found}


def stored_words(db: Database, passages: Sequence[int]) -> dict[int, bytes]:
    """Passage -> words, of few."""
    if not passages:
        return {}
    found = db.rows(f"SELECT id, words FROM search_passage WHERE id IN {values(len(passages))}", list(passages))
    return {int(one): bytes(words) for one, words in found}


def waiting(db: Database) -> int:
    """How many passages have no vectors yet."""
    return int(db.rows("SELECT COUNT(*) FROM search_passage WHERE NOT embedded")[0][0])


def take_want(db: Database, key: str, words: str, at: int) -> tuple[int, str, int]:
    """(id, marks, askers) of a wish, made if need be, locked until the transaction ends."""
    found = db.rows(
        "INSERT INTO search_want (key, words, asked, askers, marks, unanswered, followed, first_at, last_at) "
        "VALUES (?, ?, 0, 0, '', 0, 0, ?, ?) ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at "
        "RETURNING id, marks, askers",
        [key, words, at, at],
    )
    return int(found[0][0]), str(found[0][1]), int(found[0][2])


def count_want(db: Database, want: int, *, askers: int, marks: str, unanswered: bool, at: int) -> None:
    db.run(
        "UPDATE search_want SET asked = asked + 1, unanswered = unanswered + ?, askers = ?, marks = ?, last_at = ?, "
        "settled_at = NULL WHERE id = ?",
        [int(unanswered), askers, marks, at, want],
    )


def follow_want(db: Database, want: int) -> None:
    db.run("UPDATE search_want SET followed = followed + 1 WHERE id = ? AND followed < asked", [want])


def settle_want(db: Database, want: int, at: int) -> bool:
    return db.run("UPDATE search_want SET settled_at = ? WHERE id = ?", [at, want]) == 1


def wants(db: Database, least: int, limit: int) -> list[Row]:
    """(id, words, asked, askers, unanswered, followed, last_at) of open wishes that led nowhere at least once in two
    times, those of most people first."""
    return db.rows(
        "SELECT id, words, asked, askers, unanswered, followed, last_at FROM search_want "
        "WHERE settled_at IS NULL AND askers >= ? AND 2 * followed < asked "
        "ORDER BY askers DESC, last_at DESC, id LIMIT ?",
        [least, limit],
    )
