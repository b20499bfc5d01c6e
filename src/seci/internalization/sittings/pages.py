"""Pages of the pressure test: the gates of an artifact, a block one case at a time, what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.internalization.gates import PROFILES
from seci.internalization.pages.calling import confidences
from seci.internalization.services import answer_card
from seci.internalization.sittings import queries, services
from seci.internalization.sittings.services import read_gate
from seci.kit.database import of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole


@require_safe
@never_cache
@least("member")
def gates(request: HttpRequest, artifact: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    page = queries.gates(actor, db, artifact)
    counts = queries.state_counts(actor, db, artifact)
    return render(request, "sittings/gates.html", {"page": page, "counts": counts, "profiles": PROFILES.values()})


@require_POST
@least("member")
def open_(request: HttpRequest, artifact: int) -> HttpResponse:
    said = request.POST
    try:
        opened = services.open_sitting(
            actor_of(request), of_django(connection), artifact, read_gate(said.get("gate", "")),
            said.get("profile", "standard"),
        )  # fmt: skip
    except SeciError as error:
        messages.error(request, error.sentence)
        return redirect("gates", artifact)
    return redirect("sitting", opened.id)


@require_POST
@least("member")
def rest(request: HttpRequest, artifact: int) -> HttpResponse:
    resting = request.POST.get("resting") == "yes"
    said = "The patterns rest." if resting else "The patterns come up in practice again."
    return done(request, lambda actor, db: services.rest(actor, db, artifact, resting=resting), said, "gates", artifact)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def sitting(request: HttpRequest, sitting: int) -> HttpResponse:
    """GET shows the case that waits, or the result; POST commits and leads back here."""
    actor, db = actor_of(request), of_django(connection)
    if request.method == "POST":
        return _answered(request, sitting)
    waiting = services.next_sealed(actor, db, sitting)
    page = queries.sitting(actor, db, sitting)
    if waiting is None:
        return render(request, "sittings/result.html", {"page": page})
    return render(
        request, "sittings/case.html", {"page": page, "case": waiting, "sure": confidences(len(waiting.options))}
    )


def _answered(request: HttpRequest, sitting: int) -> HttpResponse:
    said, case = request.POST, whole(request.POST.get("case"))
    try:
        attempt = whole(said.get("attempt"))
        if said.get("card") and attempt is not None:
            answer_card(actor_of(request), of_django(connection), attempt, said["card"])
        if case is None or not said.get("option"):
            raise BadInput("Choose an option first; nothing is committed yet.")
        sure = whole(said.get("sure"))
        services.answer_sealed(
            actor_of(request), of_django(connection), sitting, case, said["option"],
            confidence=None if sure is None else sure / 100, number=said.get("number", ""),
        )  # fmt: skip
    except SeciError as error:
        messages.error(request, error.sentence)
    return redirect("sitting", sitting)


@require_POST
@least("member")
def leave(request: HttpRequest, sitting: int) -> HttpResponse:
    services.leave_sitting(actor_of(request), of_django(connection), sitting)
    return redirect("sitting", sitting)
