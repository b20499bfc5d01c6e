"""Practice in the background: an id in, one service call."""

from __future__ import annotations

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization import services


def refit() -> None:
    """Once a day: measures which model predicts better on this instance's own log."""
    with door.database() as database:
        services.refit(Actor.owner_of_the_machine("job"), database)
