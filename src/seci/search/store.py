"""Rows of the search, in SQL that both databases speak."""

from __future__ import annotations

from collections.abc import Sequence

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
