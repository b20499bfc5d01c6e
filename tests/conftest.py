"""Fixtures for every room: the cast, quick git repositories, instances to run commands in, PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from seci.accounts.actor import Actor
from seci.kit.database import Database, connect
from seci.kit.instance import Instance
from tests import harness, ledgers
from tests.cast import Actors, Cast
from tests.repositories import Commit, write_repository

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cast() -> Cast:
    return Cast()


@pytest.fixture
def actors(db: None, cast: Cast) -> Actors:
    """The cast with accounts, memberships and people in the database of this test."""
    from django.contrib.auth import get_user_model

    from seci.accounts.models import Membership
    from seci.people.models import Identity, Person

    signed_in = {}
    for member in (getattr(cast, each.name) for each in fields(cast)):
        name = member.email.split("@")[0]
        user = get_user_model().objects.create_user(name, member.email)
        person = None
        if member is not cast.mallory:
            person = Person.objects.create(name=member.name)
            Identity.objects.create(key=member.identity, name=member.name, email=member.email, person=person)
        Membership.objects.create(user=user, role=member.role, person=person and person.id)
        signed_in[name] = Actor(user.id, person and person.id, member.role, "page")
    return Actors(**signed_in, owner=Actor.owner_of_the_machine())


@pytest.fixture
def db_(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database of this test with the cast in it, for commands too."""
    from django.db import connection

    from seci.accounts import door
    from seci.kit.database import of_django

    database = of_django(connection)
    monkeypatch.setattr(door, "database", lambda: database)
    return database


@pytest.fixture
def make_repository(tmp_path: Path) -> Callable[..., Path]:
    """make_repository([Commit("Alice", "2024-01-02", {"core/engine.py": "start"})]) -> path of the repository."""

    def make(commits: Sequence[Commit], name: str = "repository", **options: Any) -> Path:
        return write_repository(tmp_path / name, commits, **options)

    return make


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone."""
    import psycopg

    name = f"test_{harness.WORKER}_{next(_numbers)}"
    yield harness.postgresql_address(name)
    with psycopg.connect(harness.postgresql_address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@dataclass(frozen=True)
class CommandLineInstance:
    """An instance of its own, to run `seci` commands in as a person would."""

    data: Path
    environment: Mapping[str, str]

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "seci", *map(str, arguments)]

    def run(self, *arguments: str | Path, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=timeout,
            stdin=subprocess.DEVNULL,
        )

    def ledger(self) -> Database:
        """Its database, read from here; for `with`."""
        return connect(Instance(self.data, self.environment.get("SECI_DATABASE_URL", "")))

    def start(self, *arguments: str | Path, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


@pytest.fixture
def instance(tmp_path: Path, request: pytest.FixtureRequest) -> CommandLineInstance:
    """A new, empty instance on the database of this run: `instance.run("scan", path, "--json")`."""
    data = tmp_path / "instance"
    environment = {**os.environ, "SECI_DATA_DIR": str(data), "LC_ALL": "C.UTF-8"}
    environment.pop("SECI_DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if harness.ON_POSTGRESQL:
        environment["SECI_DATABASE_URL"] = request.getfixturevalue("new_postgresql")()
    return CommandLineInstance(data, environment)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database of the instance, which Django uses too: copied instead of migrated once for each worker."""
    from django.db import connection

    if harness.ON_POSTGRESQL:
        ledgers.copy_postgresql(request.getfixturevalue("postgresql_template"), f"seci_{harness.WORKER}")
    else:
        made = request.getfixturevalue("migrated_folder") / "seci.sqlite3"
        shutil.copy(made, connection.settings_dict["NAME"])
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True, scope="session")
def _empty_data_folder() -> Iterator[None]:
    yield
    if not harness.IS_CONTROLLER:
        shutil.rmtree(os.environ["SECI_DATA_DIR"], ignore_errors=True)
