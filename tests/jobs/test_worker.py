"""A worker does what is queued, survives what goes wrong, and leaves nothing behind when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seci import jobs
from seci.jobs.models import Job
from seci.jobs.worker import Desk, serve
from seci.kit.clock import stopwatch
from seci.kit.database import connect
from seci.kit.errors import BadInput, Unavailable
from seci.kit.instance import Instance

pytestmark = pytest.mark.django_db(transaction=True)

# A worker whose only task notes each beginning, and ends only when it is allowed to.
SCRIPT = """
import sys, threading
from pathlib import Path
from seci.jobs.worker import Desk, serve, stop_on_signal, stop_with_parent
from seci.kit.database import connect
from seci.kit.instance import Instance

folder = Path(sys.argv[1])
stop = threading.Event()

def run(task, ids):
    with (folder / "begun").open("a") as file:
        file.write(f"{ids[0]}\\n")
    while not (folder / "allowed").exists():
        threading.Event().wait(0.05)
    (folder / "done").touch()
    stop.set()

stop_on_signal()
stop_with_parent()
serve(lambda: connect(Instance.from_environment()), Desk(folder), stop, run=run)
"""


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    begin = stopwatch()
    while not what():
        assert stopwatch() - begin < seconds, "it did not come"
        threading.Event().wait(0.05)


def begun(folder: Path) -> int:
    file = folder / "begun"
    return len(file.read_text().split()) if file.exists() else 0


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder)], stdin=subprocess.PIPE, env=os.environ)


def do_all(run: Callable[[str, tuple[int | str, ...]], None], folder: Path, daily: tuple[str, ...] = ()) -> None:
    """A worker in this process, stopped after its first job."""
    stop = threading.Event()

    def once(task: str, ids: tuple[int | str, ...]) -> None:
        stop.set()
        run(task, ids)

    serve(lambda: connect(Instance.from_environment()), Desk(folder), stop, run=once, daily=daily)


def test_a_job_whose_worker_was_killed_is_run_again_to_its_end(tmp_path: Path) -> None:
    id_ = jobs.enqueue("seci.jobs.tasks:sweep", 7)
    first = start(tmp_path)
    wait_for(lambda: begun(tmp_path) == 1)
    first.kill()
    first.wait()
    second = start(tmp_path)
    wait_for(lambda: begun(tmp_path) == 2)
    (tmp_path / "allowed").touch()
    assert second.wait(30) == 0
    assert (tmp_path / "done").exists()
    job = Job.objects.get(pk=id_)
    assert (job.state, job.attempts) == ("done", 2)
    assert not list((tmp_path / "workers").glob(f"{job.owner.partition('@')[0]}.lock"))


def test_a_worker_asked_to_stop_gives_its_job_back(tmp_path: Path) -> None:
    id_ = jobs.enqueue("seci.jobs.tasks:sweep", 7)
    worker = start(tmp_path)
    wait_for(lambda: begun(tmp_path) == 1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    job = Job.objects.get(pk=id_)
    assert (job.state, job.attempts) == ("queued", 0)


def test_a_worker_ends_when_whoever_started_it_is_gone(tmp_path: Path) -> None:
    worker = start(tmp_path)
    wait_for(lambda: bool(list((tmp_path / "workers").glob("*.lock"))))
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(30) == 0


def test_what_the_caller_must_mend_is_not_tried_again(tmp_path: Path) -> None:
    id_ = jobs.enqueue("seci.jobs.tasks:sweep", 1)

    def fail(task: str, ids: tuple[int | str, ...]) -> None:
        raise BadInput("There is no repository at /srv/x; give the path of one.")

    do_all(fail, tmp_path)
    job = Job.objects.get(pk=id_)
    assert (job.state, job.sentence) == ("failed", "There is no repository at /srv/x; give the path of one.")


@pytest.mark.parametrize("error", [Unavailable("The disk is full."), ZeroDivisionError("oops")])
def test_what_may_pass_is_tried_again_later(tmp_path: Path, error: Exception) -> None:
    id_ = jobs.enqueue("seci.jobs.tasks:sweep", 1)

    def fail(task: str, ids: tuple[int | str, ...]) -> None:
        raise error

    do_all(fail, tmp_path)
    job = Job.objects.get(pk=id_)
    assert (job.state, job.attempts) == ("queued", 1)
    assert job.due_at > job.enqueued_at
    assert str(error) in job.sentence


def test_daily_work_is_queued_once_a_day(tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        jobs.enqueue("seci.jobs.tasks:sweep", 1)
        do_all(lambda task, ids: seen.append(task), tmp_path, daily=("seci.accounts.tasks:sweep",))
    assert Job.objects.filter(task="seci.accounts.tasks:sweep").count() == 1
    assert len(seen) == 2
