"""What the partner does for itself once a day."""

from __future__ import annotations

from django.db import connection

from seci.accounts.actor import Actor
from seci.kit.database import of_django
from seci.partner import services


def sweep() -> None:
    """Forgets calls of more than 90 days ago."""
    services.sweep(Actor.owner_of_the_machine("job"), of_django(connection))
