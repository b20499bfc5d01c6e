"""Pages that say what an artifact says, its own and playbooks that cite it: shut, and read, with the artifact."""

from __future__ import annotations

from collections.abc import Iterable

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, seen, shut_to
from seci.combination.queries.tracing import documents_cited, traced
from seci.combination.shelving import store
from seci.kit.database import Database
from seci.library.access import Document


def closed_with_its_artifact(actor: Actor, db: Database, found: Document) -> str:
    """Why a page stays shut to somebody for now; "" where it does not, or says nothing of an artifact that is shut."""
    shut = shut_to(actor, db)
    said = store.artifacts_on(db, _says(actor, db, found.id)) if shut else []
    return next((shut[one] for one in said if one in shut), "")


def pages_shut_to(actor: Actor, db: Database) -> frozenset[int]:
    """The pages that stay shut to somebody for now, because the artifacts they are of do."""
    pages = frozenset(store.pages_of(db, tuple(shut_to(actor, db))))
    return pages | {one for one in store.drafts_from(db, pages) if _says(actor, db, one) & pages}


def read_with_its_artifact(actor: Actor, db: Database, found: Document) -> None:
    """Whoever reads a page reads the artifacts whose words stand on it."""
    read_in(actor, db, _says(actor, db, found.id))


def read_in(actor: Actor, db: Database, documents: Iterable[int]) -> None:
    """Whoever reads what these pages say reads the artifacts that they are of."""
    for artifact in store.artifacts_on(db, documents) if actor.is_at_least("member") else ():
        seen(actor, db, get_artifact(actor, db, artifact))


def _says(actor: Actor, db: Database, document: int) -> frozenset[int]:
    """The page itself and, of a playbook, the pages that its statements rest on."""
    merges = store.merges_with_artifacts(db, document) if actor.is_at_least("member") else ()
    cited = (documents_cited(traced(actor, db, merge).traces) for merge in merges)
    return frozenset({document}).union(*cited)
