"""Long work: enqueued with the data it is about, run by a worker, run again after a kill.

    with transaction.atomic():
        run = Run(...); run.save()
        jobs.enqueue("seci.sources.git.tasks:scan", run.pk, key=f"scan:{source.pk}")

The job is a row: it is there if and only if the data is. A task takes ids, calls one service, and must bear being
begun twice, because a worker may die in the middle of it.
"""

from __future__ import annotations

from seci.jobs import store
from seci.kit.clock import SECOND, now
from seci.kit.database import Database, of_django

__all__ = ["enqueue"]


def enqueue(
    task: str, *ids: int | str, key: str | None = None, delay: float = 0, database: Database | None = None
) -> int | None:
    """Queues a call of `task` ("seci.module:function") with `ids`, in the transaction at hand.

    key       of jobs with the same key at most one waits and one runs; None is returned when one waits already
    delay     seconds until it may start
    database  where to write; default Django's connection, whose transaction it then shares
    """
    if database is None:
        from django.db import connection  # allow purity: the transaction that a job belongs to is Django's

        database = of_django(connection)
    moment = now()
    return store.add(database, task, ids, key=key, due_at=moment + int(delay * SECOND), at=moment)
