"""Turning the wheel in the background: an id in, one service call."""

from __future__ import annotations

from pathlib import Path

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.cycle import services
from seci.kit.clock import now
from seci.sources.git import store as git

WORKER = Actor.owner_of_the_machine("job")


def scan(source: int) -> None:
    """Reads what is new in one repository and brings the projections up to date."""
    with door.database() as database:
        path = Path(git.repository(database, source).path)
        services.scan(WORKER, database, path, door.instance().evidence)
        services.refresh(WORKER, database, door.instance().evidence, now())


def refresh() -> None:
    """Once a day: familiarity decays and people leave, even when nothing new was read."""
    with door.database() as database:
        services.refresh(WORKER, database, door.instance().evidence, now())


def make_anew(source: int) -> None:
    """Makes the events of a repository again, after one of its assets was split or a person's nature corrected."""
    with door.database() as database:
        shelves = door.instance().evidence
        services.make_anew(WORKER, database, source, shelves)
        services.refresh(WORKER, database, shelves, now())
