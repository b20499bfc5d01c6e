"""What every page shows in its frame."""

from __future__ import annotations

from django.http import HttpRequest

from seci import __version__
from seci.accounts.access import visitor
from seci.site.views import House


def house(request: HttpRequest) -> dict[str, House]:
    actor = visitor(request) if hasattr(request, "user") else None
    return {"house": House(version=__version__, role=actor.role if actor else "")}
