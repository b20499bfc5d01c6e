"""A process that does the jobs. `seci up` starts it and holds its standard input: when that closes, it ends."""

from __future__ import annotations

import logging
import threading
from importlib.util import find_spec

from seci.accounts import door
from seci.jobs.worker import Desk, call, serve, stop_on_signal, stop_with_parent
from seci.kit.database import connect

DAILY = (
    "seci.cycle.tasks:refresh",
    "seci.accounts.tasks:sweep",
    "seci.jobs.tasks:sweep",
    "seci.partner.tasks:sweep",
    "seci.internalization.tasks:refit",
    "seci.combination.shelving.tasks:renew",
    "seci.combination.tasks:follow_moved",
    "seci.combination.tasks:link_up",
)


def main() -> None:
    stop_on_signal()
    stop_with_parent()
    door.framework()
    here = door.instance()
    daily = tuple(task for task in DAILY if find_spec(task.partition(":")[0]))
    serve(lambda: connect(here), Desk(here.data), threading.Event(), daily=daily, run=run)


def run(task: str, arguments: tuple[int | str, ...]) -> None:
    """One job, with Django's connections fresh before and let go after: hours may lie between two jobs."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        call(task, arguments)
    finally:
        close_old_connections()


if __name__ == "__main__":
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.WARNING)
    main()
