"""A house with a tree, a checklist and a runbook; each test has an empty ledger, on each vendor."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.artifacts.bodies import Check, Checklist, Runbook, Step
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree

OWNER = Actor(account=4, person=4, role="member", door="page")
LEARNER = Actor(account=5, person=5, role="member", door="page")
OTHER = Actor(account=6, person=6, role="member", door="page")
FACILITATOR = Actor(account=7, person=7, role="facilitator", door="page")
GUEST = Actor(account=8, person=None, role="guest", door="page")

CHECKLIST = Checklist(
    "Before a release",
    (
        Check("c1", "Are the notes written?"),
        Check("c2", "Is the way back tried?", kind="evidence"),
        Check("c3", "Is somebody told?", required=False),
    ),
    ordered=True,
)
RUNBOOK = Runbook(
    "The queue stands still",
    (
        Step("s1", "Look at the depth", expect="it falls", on_failure="s2"),
        Step("s2", "Restart one worker", expect="it falls", escalate="the database team"),
    ),
)


@dataclass(frozen=True)
class House:
    db: Database
    tree: int
    checklist: int
    runbook: int


@pytest.fixture
def house(ledger: Database) -> House:
    people_and_assets(ledger)
    made = [
        artifacts.create(OWNER, ledger, type_, title, body, asset=2, context=FOR_ALL, claims=said).id
        for type_, title, body, said in (
            ("decision_tree", "May this table be used?", tree(), [claim()]),
            ("checklist", "Before a release", CHECKLIST, []),
            ("runbook", "The queue stands still", RUNBOOK, []),
        )
    ]
    return House(ledger, *made)


def latest(db: Database, table: str) -> int:
    """The number of the run or challenge that was made last."""
    return int(db.rows(f"SELECT MAX(id) FROM internalization_{table}")[0][0])
