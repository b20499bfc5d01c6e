"""Long work of the search."""

from __future__ import annotations

from django.db import connection

from seci.kit.database import of_django
from seci.search import indexing


def embed() -> None:
    """Works out the vectors of passages that have none yet."""
    indexing.embed(of_django(connection))
