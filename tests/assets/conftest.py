"""Services about assets write to the ledger: each test gets an empty one, on each vendor."""

from __future__ import annotations

import pytest
from hypothesis import settings

from seci.accounts.actor import Actor

# A busy machine is no reason to fail: what is slow is measured by the benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def owner() -> Actor:
    return Actor.owner_of_the_machine()


@pytest.fixture
def stranger() -> Actor:
    return Actor(account=99, person=None, role="member", door="page")
