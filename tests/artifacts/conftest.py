"""Services about artifacts write to the ledger: each test gets an empty one, on each vendor."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor


@pytest.fixture
def owner() -> Actor:
    return Actor.owner_of_the_machine()


@pytest.fixture
def stranger() -> Actor:
    return Actor(account=99, person=None, role="member", door="page")
