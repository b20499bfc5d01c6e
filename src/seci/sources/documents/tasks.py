"""Imports in the background: an id in, one service call."""

from __future__ import annotations

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.sources.documents import services

WORKER = Actor.owner_of_the_machine("job")


def run(id_: int) -> None:
    """Does one import that was asked for on a page."""
    with door.database() as database:
        services.run(WORKER, database, id_, door.instance().data)
