"""Pages of rankings: one case, ranked before the experts' ranking shows, and once more after."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.internalization.shadowing import queries, services
from seci.kit.database import of_django
from seci.kit.errors import SeciError


@require_POST
@least("member")
def begin(request: HttpRequest, artifact: int) -> HttpResponse:
    """Leads to the case that waits to be ranked."""
    try:
        return redirect("ranking", services.next_ranking(actor_of(request), of_django(connection), artifact))
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exercises", artifact)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def ranking(request: HttpRequest, ranking: int) -> HttpResponse:
    """GET shows the step that is next; POST ranks, or ranks once more. What was filled in is kept when refused."""
    actor, db, error, status = actor_of(request), of_django(connection), "", 200
    page = queries.ranking(actor, db, ranking)
    order = [request.POST.get(f"place-{place}", "") for place in page.places]
    if request.method == "POST":
        verb = services.rank if request.POST.get("step") == "rank" else services.rerank
        try:
            verb(actor, db, ranking, order, request.POST.get("words", ""))
            return redirect("ranking", ranking)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    chosen = order if any(order) else list(page.first)
    places = [(place, chosen[place - 1] if chosen else "") for place in page.places]
    context = {"page": page, "places": places, "words": request.POST.get("words", ""), "error": error}
    return render(request, "exercises/ranking.html", context, status=status)
