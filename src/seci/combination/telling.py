"""What the library tells of: a document has a new revision, so playbooks that cite it are looked at."""

from __future__ import annotations

from seci import jobs
from seci.combination import store
from seci.kit.database import Database

TASK = "seci.combination.tasks:follow"


def revised(db: Database, document: int, number: int) -> None:
    """Queues the look at playbooks that cite the document, in the transaction of its new revision."""
    if number > 1 and store.merges_citing(db, document):
        jobs.enqueue(TASK, document, key=f"follow:{document}", database=db)
