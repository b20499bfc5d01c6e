"""What agents proposed, before the person who decides."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.internalization.proposals import queries, services
from seci.kit.database import of_django
from seci.kit.errors import SeciError


@require_safe
@never_cache
@least("member")
def proposals(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return render(request, "internalization/nobody.html", {"prepares": False})
    return render(request, "proposals/proposals.html", {"rows": queries.proposals(actor, of_django(connection))})


@require_POST
@least("member")
def settle(request: HttpRequest, proposal: int) -> HttpResponse:
    """Yes: it is done, as the person's own. No: nothing comes of it."""
    actor, db = actor_of(request), of_django(connection)
    try:
        if request.POST.get("deed") == "confirm":
            services.confirm(actor, db, proposal)
            messages.success(request, "Done, as your own decision.")
        else:
            services.drop(actor, db, proposal)
            messages.success(request, "Dropped; nothing comes of it.")
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("proposals")
