"""Django's flush empties every table, which the guard of the ledger refuses; so it is lowered meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from seci.kit.database import of_django
from seci.ledger import guard


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        db = of_django(connections[options["database"]])
        for statement in guard.lowering(db.vendor):
            db.run(statement)
        try:
            super().handle(**options)
        finally:
            for statement in guard.raising(db.vendor):
                db.run(statement)
