"""What the library and this room tell each other: a document has a new revision, so playbooks that cite it are looked
at; a document lacks links, so its page proposes them."""

from __future__ import annotations

from collections.abc import Sequence

from seci import jobs
from seci.accounts.actor import Actor
from seci.combination import store
from seci.kit.database import Database

TASK = "seci.combination.tasks:follow"


def revised(db: Database, document: int, number: int) -> None:
    """Queues the look at playbooks that cite the document, in the transaction of its new revision."""
    if number > 1 and store.merges_citing(db, document):
        jobs.enqueue(TASK, document, key=f"follow:{document}", database=db)


def proposed(actor: Actor, db: Database, document: int) -> Sequence[object]:
    """Links that the last look found missing in a document."""
    from seci.combination.queries.weaving import proposed_links  # what the page of a document alone needs

    return proposed_links(actor, db, document)
