"""The loop of a worker: claim, call, say how it ended.

A worker is known by a lock file that the system lets go when the process dies, so that on its own machine a dead
worker's job is taken up at once; from another machine, when the lease has run out.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from seci.jobs import store
from seci.kit import lock
from seci.kit.clock import SECOND, Micros, now, to_date
from seci.kit.database import Database
from seci.kit.errors import SeciError, Unavailable
from seci.kit.ids import new_id

log = logging.getLogger("seci.jobs")

IDLE_SECONDS = 0.5
RENEW_SECONDS = 20.0
GRACE_SECONDS = 5.0
PAUSES: tuple[Micros, ...] = (10 * SECOND, 60 * SECOND, 300 * SECOND)


class Desk:
    """Where the workers of one data folder are known by their lock files."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "workers"
        # Two containers may share a host name and a database, but not a data folder.
        self.place = f"{socket.gethostname()}:{self.folder}"

    @contextmanager
    def taken(self) -> Iterator[str]:
        """A name for this worker, good as long as the process lives."""
        token = new_id().hex
        path = self.folder / f"{token}.lock"
        with lock.exclusive(path, wait=False):
            try:
                yield f"{token}@{self.place}"
            finally:
                path.unlink(missing_ok=True)

    def is_alive(self, owner: str) -> bool | None:
        """Whether the worker of that name lives; None when it sits elsewhere."""
        token, _, place = owner.partition("@")
        if place != self.place:
            return None
        return lock.is_held(self.folder / f"{token}.lock")


def call(task: str, arguments: tuple[int | str, ...]) -> None:
    module, _, function = task.partition(":")
    getattr(importlib.import_module(module), function)(*arguments)


def serve(
    connect: Callable[[], Database],
    desk: Desk,
    stop: threading.Event,
    *,
    daily: tuple[str, ...] = (),
    run: Callable[[str, tuple[int | str, ...]], None] = call,
) -> None:
    """Works until `stop` is set. A job at hand is finished first; a database out of reach is waited for."""
    with desk.taken() as owner:
        while not stop.is_set():
            try:
                with connect() as database:
                    work(database, connect, owner, desk, stop, daily, run)
            except SeciError as error:
                log.warning("%s The worker tries again.", error.sentence)
                stop.wait(5)


def work(
    database: Database,
    connect: Callable[[], Database],
    owner: str,
    desk: Desk,
    stop: threading.Event,
    daily: tuple[str, ...],
    run: Callable[[str, tuple[int | str, ...]], None],
) -> None:
    queued: set[str] = set()
    while not stop.is_set():
        add_daily(database, daily, queued)
        job = store.claim(database, owner, desk.is_alive, now())
        if job is None:
            stop.wait(IDLE_SECONDS)
        else:
            with kept(connect, job, owner, database.vendor):
                do(database, job, owner, run)


def do(database: Database, job: store.Claimed, owner: str, run: Callable[[str, tuple[int | str, ...]], None]) -> None:
    """Runs one job. What the caller must mend is not tried again; what may pass is, after a pause."""
    try:
        run(job.task, job.arguments)
    except (KeyboardInterrupt, SystemExit):
        store.release(database, job.id, owner)
        raise
    except Exception as error:
        log.error("%s%s failed: %s", job.task, job.arguments, error, exc_info=not isinstance(error, SeciError))
        sentence = error.sentence if isinstance(error, SeciError) else f"Unexpected: {error!r}"
        hopeless = isinstance(error, SeciError) and not isinstance(error, Unavailable)
        if hopeless or job.attempt >= store.ATTEMPTS:
            store.end(database, job.id, owner, "failed", sentence, now())
        else:
            store.again(database, job.id, owner, sentence, now() + PAUSES[job.attempt - 1])
    else:
        store.end(database, job.id, owner, "done", "", now())


@contextmanager
def kept(connect: Callable[[], Database], job: store.Claimed, owner: str, vendor: str) -> Iterator[None]:
    """Renews the lease while the job runs. SQLite lives on one machine, where the lock file says enough, and a
    renewal would wait behind the job's own writes."""
    if vendor == "sqlite":
        yield
        return
    over = threading.Event()

    def renew() -> None:
        with connect() as database:
            while not over.wait(RENEW_SECONDS):
                store.renew(database, job.id, owner, now())

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def add_daily(database: Database, tasks: tuple[str, ...], queued: set[str]) -> None:
    """Queues today's run of each daily task, once, whichever worker comes first. `queued` spares the look-up."""
    day = to_date(now())
    for key, task in ((f"daily:{task}:{day}", task) for task in tasks):
        if key not in queued:
            if not store.known(database, key):
                store.add(database, task, (), key=key, due_at=now(), at=now())
            queued.add(key)


def stop_with_parent() -> None:
    """Ends this process when whoever started it is gone: its end of our standard input closes with it."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        # A job deep inside a library may not hear it; left alone, it would hold the database.
        threading.Event().wait(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def stop_on_signal() -> None:
    """SIGTERM and Ctrl-C interrupt the job at hand; it goes back into the queue, as if it had not been begun."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
