"""Runs of artifacts on real work, as the ledger holds them; which artifacts lie on the shelf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seci.kit.clock import Micros
from seci.kit.database import Database, batches, values
from seci.ledger.kinds import Kind
from seci.ledger.store import EFFECTIVE

_RUNS = (int(Kind.APPLY), int(Kind.INCIDENT))
PLACE = ("artifacts", "artifacts/")
"""Kind and address of the collection."""


def runs(db: Database, artifact: int) -> tuple[int, Micros | None, Micros | None]:
    """How many runs on real work; when the first and the last was."""
    rows = db.rows(
        "SELECT COUNT(*), MIN(e.t), MAX(e.t) FROM ledger_event e "
        f"WHERE e.artifact = ? AND e.kind IN (?, ?) AND {EFFECTIVE}",
        [artifact, *_RUNS],
    )
    return rows[0]


def turned_out(db: Database, artifact: int, *, decides: bool) -> tuple[int, float]:
    """Of how many of them somebody said how they turned out; of how many of these, well.

    decides  whether the artifact decides something: only then is the score of a run itself how it turned out, and not
             the share of a list that was done
    """
    rows = db.rows(
        "SELECT COUNT(*), COALESCE(SUM(o.score), 0) FROM ledger_event e JOIN ledger_outcome o ON o.event_id = e.seq "
        "WHERE e.artifact = ? AND (e.kind = ? OR (? AND e.kind IN (?, ?))) AND o.pressure > 0 AND o.score IS NOT NULL "
        f"AND {EFFECTIVE}",
        [artifact, int(Kind.FEEDBACK), decides, *_RUNS],
    )
    return rows[0]


def collection(db: Database) -> int | None:
    rows = db.rows("SELECT id FROM library_collection WHERE kind = ? AND address = ?", list(PLACE))
    return rows[0][0] if rows else None


def shelved(db: Database, collection: int) -> dict[int, tuple[int, str]]:
    """Artifact -> its page, and how the last writing was called."""
    rows = db.rows(
        "SELECT d.id, d.path, r.message FROM library_document d JOIN library_revision r ON r.document_id = d.id "
        "WHERE d.collection_id = ? AND r.cause = 'import' ORDER BY r.number",
        [collection],
    )
    return {artifact: (id_, message) for id_, path, message in rows if (artifact := _number(path)) is not None}


def artifacts_on(db: Database, documents: Iterable[int]) -> list[int]:
    """The artifacts whose pages are among these documents."""
    return [
        artifact
        for batch in batches(sorted(documents), 400)
        for (path,) in db.rows(
            "SELECT d.path FROM library_document d JOIN library_collection c ON c.id = d.collection_id "
            f"WHERE c.kind = ? AND c.address = ? AND d.id IN {values(len(batch))}",
            [*PLACE, *batch],
        )
        if (artifact := _number(path)) is not None
    ]


def merges_with_artifacts(db: Database, draft: int) -> list[int]:
    """The merges that a document is the text of and that took in pages of artifacts."""
    rows = db.rows(
        "SELECT DISTINCT m.id FROM combination_merge m JOIN combination_source s ON s.merge_id = m.id "
        "JOIN library_document d ON d.id = s.document_id JOIN library_collection c ON c.id = d.collection_id "
        "WHERE m.draft_id = ? AND c.kind = ? AND c.address = ? ORDER BY m.id",
        [draft, *PLACE],
    )
    return [int(row[0]) for row in rows]


def drafts_from(db: Database, documents: Iterable[int]) -> list[int]:
    """The texts of the merges that took in any of these documents."""
    return [
        int(draft)
        for batch in batches(sorted(documents), 400)
        for (draft,) in db.rows(
            "SELECT DISTINCT m.draft_id FROM combination_merge m JOIN combination_source s ON s.merge_id = m.id "
            f"WHERE m.draft_id IS NOT NULL AND s.document_id IN {values(len(batch))}",
            list(batch),
        )
    ]


def pages_of(db: Database, artifacts: Sequence[int]) -> list[int]:
    """The pages of these artifacts, of those that have one."""
    return [
        id_
        for batch in batches(artifacts, 400)
        for (id_,) in db.rows(
            "SELECT d.id FROM library_document d JOIN library_collection c ON c.id = d.collection_id "
            f"WHERE c.kind = ? AND c.address = ? AND d.path IN {values(len(batch))}",
            [*PLACE, *map(place_of, batch)],
        )
    ]


def place_of(artifact: int) -> str:
    """The path of an artifact's page in the collection."""
    return f"artifact-{artifact}.md"


def _number(path: str) -> int | None:
    found = re.fullmatch(r"artifact-(\d+)\.md", path)
    return int(found[1]) if found else None
