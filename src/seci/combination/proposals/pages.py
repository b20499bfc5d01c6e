"""Proposals of agents, on the page of the conflict that they are about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.combination.proposals import services
from seci.kit.database import Database


@require_POST
@least("member")
def settle(request: HttpRequest, conflict: int, proposal: int) -> HttpResponse:
    """Made one's own, or dropped."""
    takes = request.POST.get("act") == "take"

    def work(actor: Actor, db: Database) -> None:
        if takes:
            services.take(actor, db, proposal)
        else:
            services.drop(actor, db, proposal)

    said = "Decided, in your name. The decision is kept as a record." if takes else "Dropped."
    return done(request, work, said, "merge-conflict", conflict)
