"""The queue keeps what was promised with the data, and nothing that was not."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from seci import jobs
from seci.jobs import store
from seci.jobs.models import Job
from seci.kit.clock import SECOND, now
from seci.kit.database import Database, of_django

TASK = "seci.jobs.tasks:sweep"
pytestmark = pytest.mark.django_db


@pytest.fixture
def database() -> Database:
    return of_django(connection)


def living(owner: str) -> bool:
    return True


def dead(owner: str) -> bool:
    return False


def elsewhere(owner: str) -> None:
    return None


def test_a_job_is_done_in_the_order_in_which_it_was_queued(database: Database) -> None:
    first, second = jobs.enqueue(TASK, 1), jobs.enqueue(TASK, 2)
    claimed = [store.claim(database, "w", living, now() + 1) for _ in range(3)]
    assert [job and job.id for job in claimed] == [first, second, None]
    assert claimed[0] is not None
    assert claimed[0].arguments == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_does_not_run(database: Database) -> None:
    with transaction.atomic():
        assert jobs.enqueue(TASK, 1) is not None
        transaction.set_rollback(True)
    assert store.claim(database, "w", living, now() + 1) is None


def test_a_delayed_job_waits(database: Database) -> None:
    jobs.enqueue(TASK, 1, delay=60)
    assert store.claim(database, "w", living, now()) is None
    assert store.claim(database, "w", living, now() + 61 * SECOND) is not None


def test_of_jobs_with_one_key_one_waits_and_one_runs(database: Database) -> None:
    running = jobs.enqueue(TASK, 1, key="scan:1")
    assert jobs.enqueue(TASK, 1, key="scan:1") is None
    assert store.claim(database, "w", living, now() + 1) is not None
    waiting = jobs.enqueue(TASK, 1, key="scan:1")
    assert waiting is not None
    assert store.claim(database, "v", living, now() + 1) is None
    assert running is not None
    store.end(database, running, "w", "done", "", now())
    after = store.claim(database, "v", living, now() + 1)
    assert after is not None
    assert after.id == waiting


def test_the_job_of_a_dead_worker_is_taken_up_at_once(database: Database) -> None:
    jobs.enqueue(TASK, 1)
    store.claim(database, "w", living, now() + 1)
    assert store.claim(database, "v", living, now() + 1) is None
    taken = store.claim(database, "v", dead, now() + 1)
    assert taken is not None
    assert taken.attempt == 2


def test_the_job_of_a_silent_worker_elsewhere_is_taken_up_when_its_lease_is_over(database: Database) -> None:
    jobs.enqueue(TASK, 1)
    moment = now() + 1
    store.claim(database, "w", living, moment)
    assert store.claim(database, "v", elsewhere, moment + store.LEASE) is None
    assert store.claim(database, "v", elsewhere, moment + store.LEASE + 1) is not None


def test_a_worker_that_lost_its_lease_can_no_longer_say_how_the_job_ended(database: Database) -> None:
    id_ = jobs.enqueue(TASK, 1)
    assert id_ is not None
    store.claim(database, "w", living, now() + 1)
    store.claim(database, "v", dead, now() + 1)
    assert not store.renew(database, id_, "w", now())
    store.end(database, id_, "w", "done", "", now())
    assert Job.objects.get(pk=id_).state == "running"


def test_a_job_that_kills_its_workers_is_given_up_with_a_sentence(database: Database) -> None:
    id_ = jobs.enqueue(TASK, 1)
    for _ in range(store.ATTEMPTS):
        assert store.claim(database, "w", dead, now() + 1) is not None
    assert store.claim(database, "w", dead, now() + 1) is None
    job = Job.objects.get(pk=id_)
    assert (job.state, job.sentence) == ("failed", "The worker died 3 times while it did this.")


def test_a_job_given_back_has_lost_no_attempt(database: Database) -> None:
    id_ = jobs.enqueue(TASK, 1)
    assert id_ is not None
    store.claim(database, "w", living, now() + 1)
    store.release(database, id_, "w")
    again = store.claim(database, "v", living, now() + 1)
    assert again is not None
    assert again.attempt == 1


@pytest.mark.parametrize("task", ["os:system", "seci.jobs.tasks", "seci.jobs.tasks:sweep()", "builtins:eval"])
def test_only_tasks_of_the_house_are_queued(task: str) -> None:
    with pytest.raises(ValueError, match="is not a task"):
        jobs.enqueue(task)


def test_a_job_takes_ids_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="ids only"):
        jobs.enqueue(TASK, {"a": 1})  # type: ignore[arg-type]


def test_jobs_that_ended_long_ago_are_forgotten(database: Database) -> None:
    id_ = jobs.enqueue(TASK, 1)
    assert id_ is not None
    store.claim(database, "w", living, now() + 1)
    store.end(database, id_, "w", "done", "", now())
    assert store.sweep(database, now()) == 0
    assert store.sweep(database, now() + store.KEPT + SECOND) == 1
