"""Which artifacts something open speaks against, for lists of the rooms below."""

from __future__ import annotations

from collections.abc import Sequence

from seci.kit.database import Database


def open_challenges(db: Database, documents: Sequence[int], artifacts: Sequence[int]) -> tuple[set[int], set[int]]:
    """(documents, artifacts) with an open challenge; documents have none. Without numbers all of them are named."""
    rows = db.rows("SELECT DISTINCT artifact_id FROM internalization_challenge WHERE state = 'open'")
    found = {int(number) for (number,) in rows}
    return set(), found & set(artifacts) if artifacts or documents else found
