"""Pages of role-plays: prepared, played from three views, observed."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.internalization.playing import queries, services
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.people import queries as people


@require_POST
@least("member")
def prepare(request: HttpRequest, artifact: int) -> HttpResponse:
    """A role-play in which whoever asks decides; the two others by their names."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    try:
        others = [people.named(actor, db, said.get(part, "")) for part in ("counterpart", "observer")]
        return redirect("play", services.prepare_play(actor, db, artifact, *others))
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exercises", artifact)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def play(request: HttpRequest, play: int) -> HttpResponse:
    """The role-play as whoever asks may see it; POST is the observer's form, kept when refused."""
    actor, db, error, status = actor_of(request), of_django(connection), "", 200
    ticks = {name[5:]: str(request.POST[name]) for name in request.POST if name.startswith("tick-")}
    if request.method == "POST":
        try:
            services.observe(actor, db, play, ticks, request.POST.get("note", ""))
            return redirect("play", play)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    page = queries.play(actor, db, play)
    form = [(item, (page.ticks or ticks).get(item.id, "")) for item in page.form]
    context = {"page": page, "form": form, "note": page.note or request.POST.get("note", ""), "error": error}
    return render(request, "exercises/play.html", context, status=status)


@require_safe
@least("member")
def plays(request: HttpRequest) -> HttpResponse:
    return render(request, "exercises/plays.html", {"rows": queries.plays(actor_of(request), of_django(connection))})
