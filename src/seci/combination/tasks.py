"""Long work of combination: reading sources, following a revised document, looking through the library."""

from __future__ import annotations

from django.db import connection

from seci.accounts.actor import Actor
from seci.combination.queries import frames
from seci.combination.services import following, looking, reading
from seci.kit.database import of_django


def read(merge: int) -> None:
    """Reads the sources of a merge."""
    reading.read_sources(Actor.owner_of_the_machine("job"), of_django(connection), merge)


def follow(document: int) -> None:
    """Looks which sentences of playbooks a new revision of a document touches."""
    following.follow(Actor.owner_of_the_machine("job"), of_django(connection), document)


def follow_moved() -> None:
    """Looks at every published playbook whose sources have moved on: an import in the terminal tells nobody."""
    actor, db = Actor.owner_of_the_machine("job"), of_django(connection)
    for row in frames.merges(actor, db):
        if row.state == "published":
            following.look_again(actor, db, row.id)


def link_up() -> None:
    """Looks which links pages of the library lack."""
    looking.link_up(Actor.owner_of_the_machine("job"), of_django(connection))


def look(look: int) -> None:
    """Looks through the library for findings."""
    looking.run(Actor.owner_of_the_machine("job"), of_django(connection), look)
