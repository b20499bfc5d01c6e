"""How a command reaches the instance: its database, its actor and, where it must, the object mapper."""

from __future__ import annotations

import os

from seci.accounts.actor import Actor
from seci.kit import schema
from seci.kit.database import Database, connect
from seci.kit.errors import Unavailable
from seci.kit.instance import Instance


def instance() -> Instance:
    """The instance the environment names. Its data folder exists and can be written. Raises Unavailable."""
    here = Instance.from_environment()
    try:
        here.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(here, error.strerror) from error
    if not os.access(here.data, os.W_OK | os.X_OK):
        raise unwritable(here, "Permission denied")
    return here


def unwritable(here: Instance, reason: str | None) -> Unavailable:
    return Unavailable(f"The data folder {here.data} cannot be written ({reason}); set SECI_DATA_DIR to one that can.")


def database() -> Database:
    """A connection to the instance, its schema brought up to date first. Without Django unless that is needed."""
    here = instance()
    schema.ready(here)
    return connect(here)


def actor() -> Actor:
    """Who runs a command: whoever can read the data folder owns the instance."""
    return Actor.owner_of_the_machine("cli")


def framework() -> None:
    """Makes Django's models usable in this process (about half a second); the schema is up to date afterwards."""
    schema.ready(instance())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seci.site.settings")
    import django

    django.setup()
