"""Dialogues write to the ledger: each test gets an empty one, on each vendor, and people to hold them with."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seci.accounts.actor import Actor
from seci.externalization import memory
from seci.kit.database import Database
from seci.people.evidence import Alias
from seci.people.store import ensure_person


@dataclass(frozen=True)
class People:
    """Dan is the expert, Erin facilitates, Bob learns, Mallory has no part in it."""

    dan: Actor
    erin: Actor
    bob: Actor
    mallory: Actor


@pytest.fixture
def people(ledger: Database) -> People:
    ids = {
        name: ensure_person(ledger, Alias(f"{name.title()} Of Here", f"{name}@example.org"))
        for name in ("dan", "erin", "bob", "mallory")
    }
    return People(
        dan=Actor(1, ids["dan"], "member", "page"),
        erin=Actor(2, ids["erin"], "facilitator", "page"),
        bob=Actor(3, ids["bob"], "member", "page"),
        mallory=Actor(4, ids["mallory"], "member", "page"),
    )


@pytest.fixture
def owner() -> Actor:
    return Actor.owner_of_the_machine()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    memory.forget()
