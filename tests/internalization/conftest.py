"""Services of practice write to the ledger: each test finds an empty one, on each vendor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.internalization import services
from seci.kit.database import Database
from tests import harness
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree
from tests.internalization.undone import UndonePostgresql, UndoneSqlite, opened, undone
from tests.ledgers import copy_postgresql

AUTHOR = Actor(account=4, person=4, role="member", door="page")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[UndoneSqlite | UndonePostgresql]:
    """A ledger on each vendor, made again whenever a worker comes back to it."""
    if request.param == "sqlite":
        source = request.getfixturevalue("migrated_folder") / "seci.sqlite3"
        with opened(Path(shutil.copy(source, tmp_path_factory.mktemp("shared") / "seci.sqlite3"))) as db:
            yield db
        return
    template, name = request.getfixturevalue("postgresql_template"), f"undone_{harness.WORKER}"
    copy_postgresql(template, name)
    with opened(harness.postgresql_address(name)) as db:
        yield db


@pytest.fixture
def ledger(shared_ledger: UndoneSqlite | UndonePostgresql) -> Iterator[Database]:
    """An empty ledger on each vendor."""
    with undone(shared_ledger) as db:
        yield db


@pytest.fixture
def house(ledger: Database) -> Database:
    """A ledger with seven people and five assets."""
    people_and_assets(ledger)
    return ledger


@pytest.fixture
def framework(house: Database) -> int:
    """A published tree of person 4 with its patterns prepared: n2 hold, n5 use; n4 asks the expert."""
    made = artifacts.create(
        AUTHOR, house, "decision_tree", "May this table be used?", tree(), asset=2, context=FOR_ALL, claims=[claim()]
    ).id
    artifacts.publish(AUTHOR, house, made)
    services.prepare(AUTHOR, house, made)
    return made
