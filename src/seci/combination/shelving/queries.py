"""Which artifacts can be laid beside documents, and which are there already."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.artifacts.queries.library import library
from seci.artifacts.views import ArtifactRow, Wanted
from seci.combination.access import need_member
from seci.combination.shelving import store
from seci.kit.database import Database


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """`document` is the page of the artifact, where there is one."""

    artifact: ArtifactRow
    document: int | None


def shelf(actor: Actor, db: Database) -> tuple[ShelfRow, ...]:
    """The artifacts that are in use, by title."""
    need_member(actor)
    place = store.collection(db)
    there = store.shelved(db, place) if place is not None else {}
    rows = library(actor, db, Wanted(state="published"), size=200).rows
    return tuple(ShelfRow(row, there[row.id][0] if row.id in there else None) for row in rows)
