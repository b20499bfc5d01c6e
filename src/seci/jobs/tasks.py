"""What the queue does for itself."""

from __future__ import annotations

from django.db import connection

from seci.jobs import store
from seci.kit.clock import now
from seci.kit.database import of_django


def sweep() -> None:
    """Forgets jobs that ended a month ago."""
    store.sweep(of_django(connection), now())
