"""The queue in SQL: add, claim, renew, end. Works without the object mapper, on both databases alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seci.kit.clock import DAY, SECOND, Micros
from seci.kit.database import Database

LEASE: Micros = 120 * SECOND
ATTEMPTS = 3
KEPT: Micros = 30 * DAY
LOOK_AT = 50

TASK = re.compile(r"seci(\.\w+)+:\w+")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this worker holds; `attempt` counts from 1."""

    id: int
    task: str
    arguments: tuple[int | str, ...]
    attempt: int


def add(
    database: Database, task: str, arguments: Sequence[int | str], *, key: str | None, due_at: Micros, at: Micros
) -> int | None:
    """Puts a job into the queue; None when one with the same key waits already."""
    if not TASK.fullmatch(task):
        raise ValueError(f'{task!r} is not a task; write "seci.room.tasks:function"')
    if not all(isinstance(one, int | str) for one in arguments):
        raise ValueError("a job takes ids only: the worker reads what they stand for")
    row = (task, json.dumps(list(arguments)), key, due_at, at)
    added = database.rows(
        "INSERT INTO jobs_job (task, arguments, key, state, owner, attempts, due_at, leased_until, enqueued_at, "
        "sentence) VALUES (?, ?, ?, 'queued', '', 0, ?, 0, ?, '') ON CONFLICT DO NOTHING RETURNING id",
        row,
    )
    return int(added[0][0]) if added else None


def claim(database: Database, owner: str, is_alive: Callable[[str], bool | None], at: Micros) -> Claimed | None:
    """Takes the next job that is due, or one whose worker has died; None when there is none.

    is_alive  says whether the worker of that name lives; None when it cannot be known here: then the lease decides
    """
    found = database.rows(
        "SELECT id, task, arguments, key, state, owner, attempts, leased_until FROM jobs_job "
        "WHERE (state = 'queued' AND due_at <= ?) OR state = 'running' ORDER BY due_at, id LIMIT ?",
        (at, LOOK_AT),
    )
    lost: set[int] = set()
    busy: set[str] = set()
    for id_, _, _, key, state, holder, _, leased_until in found:
        if state == "running":
            alive = is_alive(str(holder))
            if alive is False or (alive is None and leased_until < at):
                lost.add(id_)
            elif key is not None:
                busy.add(key)
    for id_, task, arguments, key, state, holder, attempts, _ in found:
        if (state == "running" and id_ not in lost) or key in busy:
            continue
        if attempts >= ATTEMPTS:
            end(database, id_, str(holder), "failed", f"The worker died {attempts} times while it did this.", at)
            continue
        # Two workers may have read the same row: the one whose update still finds it as read has the job.
        taken = database.run(
            "UPDATE jobs_job SET state = 'running', owner = ?, attempts = attempts + 1, leased_until = ?, "
            "started_at = ? WHERE id = ? AND state = ? AND owner = ? AND attempts = ?",
            (owner, at + LEASE, at, id_, state, holder, attempts),
        )
        if taken == 1:
            return Claimed(id_, str(task), tuple(json.loads(arguments)), attempts + 1)
    return None


def renew(database: Database, job: int, owner: str, at: Micros) -> bool:
    """Prolongs a lease; False when the job has been given to another worker meanwhile."""
    changed = database.run(
        "UPDATE jobs_job SET leased_until = ? WHERE id = ? AND owner = ? AND state = 'running'",
        (at + LEASE, job, owner),
    )
    return changed == 1


def end(database: Database, job: int, owner: str, state: str, sentence: str, at: Micros) -> None:
    """Says how a job ended, if it is still this worker's."""
    database.run(
        "UPDATE jobs_job SET state = ?, sentence = ?, ended_at = ? WHERE id = ? AND owner = ? AND state = 'running'",
        (state, sentence, at, job, owner),
    )


def again(database: Database, job: int, owner: str, sentence: str, due_at: Micros) -> None:
    """Puts a job back to be tried again at `due_at`; gives way when one with its key waits already."""
    waits = (
        "EXISTS (SELECT 1 FROM jobs_job other WHERE other.key = jobs_job.key AND other.state = 'queued' "
        "AND other.id <> jobs_job.id)"
    )
    database.run(
        f"UPDATE jobs_job SET state = CASE WHEN {waits} THEN 'failed' ELSE 'queued' END, "
        "owner = '', sentence = ?, due_at = ? WHERE id = ? AND owner = ? AND state = 'running'",
        (sentence, due_at, job, owner),
    )


def release(database: Database, job: int, owner: str) -> None:
    """Gives a job back unharmed: the worker was asked to stop, which is no failure of the job."""
    database.run(
        "UPDATE jobs_job SET state = 'queued', owner = '', attempts = attempts - 1 "
        "WHERE id = ? AND owner = ? AND state = 'running' AND NOT EXISTS "
        "(SELECT 1 FROM jobs_job other WHERE other.key = jobs_job.key AND other.state = 'queued')",
        (job, owner),
    )


def known(database: Database, key: str) -> bool:
    """Whether a job with this key was ever queued (and is still kept)."""
    return bool(database.rows("SELECT 1 FROM jobs_job WHERE key = ? LIMIT 1", (key,)))


def sweep(database: Database, at: Micros) -> int:
    """Forgets what ended a month ago; returns how many."""
    return database.run("DELETE FROM jobs_job WHERE state IN ('done', 'failed') AND enqueued_at < ?", (at - KEPT,))
