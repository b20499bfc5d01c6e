"""Pages of artifacts kept up with the artifacts."""

from __future__ import annotations

from django.db import connection

from seci.accounts.actor import Actor
from seci.combination.shelving import services
from seci.kit.database import of_django


def renew() -> None:
    """Writes pages again whose artifacts have another revision."""
    services.renew(Actor.owner_of_the_machine("job"), of_django(connection))
