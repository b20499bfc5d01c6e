"""A migrated ledger for each test: a copy of a SQLite file made once, or a copy of a PostgreSQL template.

A plugin and not a conftest: a fixture that several conftests import is made anew for each of them, and a PostgreSQL
database takes ten seconds to migrate.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seci.kit.database import Database, connect
from seci.kit.instance import Instance
from tests import harness

TEMPLATE = "ledger_template"
# Without a collector of garbage, a quarter faster: Django makes the classes of all models anew for each step.
MIGRATE = """
import gc, django
from django.core.management import call_command

gc.disable()
django.setup()
call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
"""
_numbers = itertools.count(1)


def migrate(**environment: str) -> None:
    cleaned = {key: value for key, value in os.environ.items() if key != "SECI_DATABASE_URL"}
    subprocess.run(
        [sys.executable, "-c", MIGRATE],
        env={**cleaned, "DJANGO_SETTINGS_MODULE": "seci.site.settings", "PYTHONPATH": "src", **environment},
        check=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an empty instance, laid as a new one is."""
    from seci.kit.schema import laid_from_script

    folder = tmp_path_factory.mktemp("migrated")
    if not laid_from_script(Instance(folder, "")):
        migrate(SECI_DATA_DIR=str(folder))
    return folder


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of an empty, migrated PostgreSQL database, made by the first worker of a run that asks for it."""
    done = harness.ROOT / "template.done"
    with (harness.ROOT / "template.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not done.exists():
            folder = tmp_path_factory.mktemp("postgresql")
            migrate(SECI_DATA_DIR=str(folder), SECI_DATABASE_URL=harness.postgresql_address(TEMPLATE))
            done.touch()
    return TEMPLATE


def copy_postgresql(template: str, name: str) -> None:
    """A new database, in place of one of this name that nobody has opened."""
    import psycopg

    with psycopg.connect(harness.postgresql_address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


@pytest.fixture
def sqlite_ledger(migrated_folder: Path, tmp_path: Path) -> Path:
    """The file of an empty ledger."""
    return Path(shutil.copy(migrated_folder / "seci.sqlite3", tmp_path / "seci.sqlite3"))


@pytest.fixture
def new_postgresql(postgresql_template: str) -> Iterator[Callable[[], str]]:
    """Makes addresses of empty ledgers."""
    import psycopg

    made: list[str] = []

    def make() -> str:
        name = f"ledger_{harness.WORKER}_{next(_numbers)}"
        copy_postgresql(postgresql_template, name)
        made.append(name)
        return harness.postgresql_address(name)

    yield make
    with psycopg.connect(harness.postgresql_address("postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty ledger on each vendor."""
    if request.param == "sqlite":
        where: str | Path = request.getfixturevalue("sqlite_ledger")
    else:
        where = request.getfixturevalue("new_postgresql")()
    with connect(where) as database:
        yield database
