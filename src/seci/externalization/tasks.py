"""Work beside a dialogue: ids in, one service call."""

from __future__ import annotations

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.externalization import services

WORKER = Actor.owner_of_the_machine("job")


def listen(elicitation: int, number: int) -> None:
    """The partner's work on one answer."""
    with door.database() as database:
        services.listen(WORKER, database, elicitation, number)


def write_prose(elicitation: int, number: int) -> None:
    """Prose from what was said, at the end of a dialogue that ends in a text."""
    with door.database() as database:
        services.write_prose(WORKER, database, elicitation, number)


def think_up_cases(elicitation: int, number: int) -> None:
    """Cases near the borders of what is understood, after one verdict."""
    with door.database() as database:
        services.think_up_cases(WORKER, database, elicitation, number)
