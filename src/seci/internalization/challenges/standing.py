"""What something open speaks against, for lists of the rooms below."""

from __future__ import annotations

from collections.abc import Sequence

from seci.kit.database import Database


def open_challenges(db: Database, documents: Sequence[int], artifacts: Sequence[int]) -> tuple[set[int], set[int]]:
    """(documents, artifacts) with an open challenge. Without numbers all of them are named."""
    rows = db.rows("SELECT DISTINCT document_id, artifact_id FROM internalization_challenge WHERE state = 'open'")
    pages = {int(number) for number, _ in rows if number is not None}
    found = {int(number) for _, number in rows if number is not None}
    if documents or artifacts:
        return pages & set(documents), found & set(artifacts)
    return pages, found
