"""The question that waits, in a partner's words: asked for by whoever finds it hard, and never put in its place."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.externalization import services
from seci.externalization.showing.form import number_in
from seci.kit.database import of_django
from seci.kit.errors import SeciError


@require_POST
@never_cache
@least("member")
def reword(request: HttpRequest, interview: int) -> HttpResponse:
    """The same question in other words, below it; a line on top of the page for a browser without scripts."""
    actor, db = actor_of(request), of_django(connection)
    try:
        words = services.reword(actor, db, interview, number_in(dict(request.POST.lists())))
    except SeciError as error:
        words = error.sentence
    if request.headers.get("HX-Request") == "true":
        return render(request, "externalization/_reworded.html", {"page": words})
    messages.info(request, words)
    return redirect("interview", interview)
