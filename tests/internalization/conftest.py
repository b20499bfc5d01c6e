"""Services of practice write to the ledger: each test gets an empty one, on each vendor."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.internalization import services
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree
from tests.ledger.conftest import (  # noqa: F401 - fixtures
    ledger,
    migrated_folder,
    new_postgresql,
    postgresql_template,
    sqlite_ledger,
)

AUTHOR = Actor(account=4, person=4, role="member", door="page")


@pytest.fixture
def house(ledger: Database) -> Database:  # noqa: F811 - the fixture above
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
