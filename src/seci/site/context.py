"""What every page shows in its frame."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest

from seci import __version__
from seci.accounts.access import visitor
from seci.accounts.actor import Actor
from seci.kit.clock import DAY
from seci.kit.database import of_django
from seci.people.views import PersonRef
from seci.site.views import House


def house(request: HttpRequest) -> dict[str, House]:
    """A stranger learns the version, nothing about what is kept."""
    actor = visitor(request) if hasattr(request, "user") else None
    return {"house": known(actor) if actor else House(version=__version__)}


def known(actor: Actor) -> House:
    ((events, as_of, name),) = of_django(connection).rows(
        "SELECT (SELECT SUM(accepted) FROM ledger_run), (SELECT MAX(as_of) FROM spiral_projection), "
        "(SELECT name FROM people_person WHERE id = ?)",
        (actor.person,),
    )
    return House(
        version=__version__,
        events=None if events is None else int(events),
        as_of=None if as_of is None else as_of * DAY,
        role=actor.role,
        person=PersonRef(actor.person, name) if actor.person is not None and name else None,
    )
