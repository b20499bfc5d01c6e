"""The page of an artifact is shut to whoever the artifact itself is shut to."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import shut_to, why_shut
from seci.combination.shelving import store
from seci.kit.database import Database
from seci.library.access import Document


def closed_with_its_artifact(actor: Actor, db: Database, found: Document) -> str:
    """Why a page stays shut to somebody for now; "" where it does not, or is of no artifact."""
    artifact = store.artifact_of(db, found.collection, found.path)
    return why_shut(actor, db, artifact) if artifact is not None else ""


def pages_shut_to(actor: Actor, db: Database) -> frozenset[int]:
    """The pages that stay shut to somebody for now, because the artifacts they are of do."""
    return frozenset(store.pages_of(db, tuple(shut_to(actor, db))))
