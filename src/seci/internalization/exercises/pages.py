"""Pages of exercises: drills and seeded checklists, judgements explained and read."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.internalization.exercises import queries, services
from seci.kit.database import Database, of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole


@require_safe
@least("member")
def exercises(request: HttpRequest, artifact: int) -> HttpResponse:
    """The exercises of an artifact, and for those who prepare its practice the forms that make new ones."""
    page = queries.prepared(actor_of(request), of_django(connection), artifact)
    return render(request, "exercises/exercises.html", {"page": page})


@require_POST
@least("member")
def prepare(request: HttpRequest, artifact: int) -> HttpResponse:
    """A drill made from a runbook, or an object with seeded defects for a checklist."""
    said = request.POST

    def make(actor: Actor, db: Database) -> None:
        if "scene" in said:
            defects = {name[7:]: said[name] for name in said if name.startswith("defect-") and said[name].strip()}
            services.seed_checklist(actor, db, artifact, said["scene"], defects)
        else:
            services.write_drill(actor, db, artifact, faults=whole(said.get("faults")) or 1)

    _try(request, make, "Prepared. Nobody who goes through it sees what was laid in.")
    return redirect("exercises", artifact)


@require_POST
@least("member")
def begin(request: HttpRequest, exercise: int) -> HttpResponse:
    return redirect("exercise-walk", services.walk(actor_of(request), of_django(connection), exercise))


@require_http_methods(["GET", "POST"])
@least("member")
def walk(request: HttpRequest, walk: int) -> HttpResponse:
    """A walk through an exercise; each act is written down before anything is seen of it."""
    said = request.POST

    def make(actor: Actor, db: Database) -> None:
        services.act(actor, db, walk, whole(said.get("number")) or 0, said.get("did", ""), said.get("value", ""))

    if request.method == "POST":
        _try(request, make, "")
        return redirect("exercise-walk", walk)
    page = queries.walk(actor_of(request), of_django(connection), walk)
    return render(request, "exercises/walk.html", {"page": page})


@require_http_methods(["GET", "POST"])
@least("member")
def explain(request: HttpRequest, pattern: int) -> HttpResponse:
    """A judgement explained in one's own words. What was written is kept on the page when it is refused."""
    actor, db, words, error, status = actor_of(request), of_django(connection), request.POST.get("words", ""), "", 200
    if request.method == "POST":
        try:
            return redirect("explanation", services.explain(actor, db, pattern, words))
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    context = {"pattern": queries.to_explain(actor, db, pattern), "words": words, "error": error}
    return render(request, "exercises/explain.html", context, status=status)


@require_safe
@least("member")
def explanations(request: HttpRequest) -> HttpResponse:
    own, waiting = queries.explanations(actor_of(request), of_django(connection))
    return render(request, "exercises/explanations.html", {"own": own, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@least("member")
def explanation(request: HttpRequest, explanation: int) -> HttpResponse:
    """An explanation before its reader, or before whoever wrote it."""
    given = {name[5:]: request.POST[name] for name in request.POST if name.startswith("case-")}
    if request.method == "POST":
        _try(request, lambda actor, db: services.judge(actor, db, explanation, given), "Written down.")
        return redirect("explanation", explanation)
    page = queries.reading(actor_of(request), of_django(connection), explanation)
    return render(request, "exercises/reading.html", {"page": page})


def _try(request: HttpRequest, make: Callable[[Actor, Database], object], done: str) -> None:
    try:
        make(actor_of(request), of_django(connection))
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
    else:
        if done:
            messages.success(request, done)
