"""Imports in the background: an id in, one service call."""

from __future__ import annotations

from pathlib import Path

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.kit.errors import BadInput
from seci.sources.documents import services, store
from seci.sources.documents.sending import take_away

WORKER = Actor.owner_of_the_machine("job")


def run(id_: int) -> None:
    """Does one import that was asked for on a page. What was sent for it goes when it has been read to its end, or
    never can be."""
    with door.database() as database:
        data = door.instance().data
        found = store.get(database, id_)
        try:
            done = services.run(WORKER, database, id_, data)
        except BadInput:
            take_away(data, Path(found.path))
            raise
        if not done.stopped:
            take_away(data, Path(found.path))
