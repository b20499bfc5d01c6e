"""Pages about repositories and their imports."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci import jobs
from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.kit.clock import now
from seci.kit.database import Database, of_django
from seci.kit.errors import SeciError
from seci.ledger import services as ledger
from seci.sources.git import queries, services

SCAN = "seci.cycle.tasks:scan"
REFRESH = "seci.cycle.tasks:refresh"


@require_safe
@least("member")
def sources(request: HttpRequest) -> HttpResponse:
    page = queries.sources(actor_of(request), of_django(connection), now())
    return render(request, "sources/sources.html", {"page": page})


@require_safe
@least("member")
def source(request: HttpRequest, source: int) -> HttpResponse:
    page = queries.source(actor_of(request), of_django(connection), source, now())
    return render(request, "sources/source.html", {"page": page})


@require_safe
@least("member")
def run(request: HttpRequest, run: int) -> HttpResponse:
    """One run as a fragment, for a page that asks again while it is at work."""
    row = queries.run(actor_of(request), of_django(connection), run, now())
    return render(request, "parts/_run.html", {"run": row})


@require_POST
@least("lead")
def add(request: HttpRequest) -> HttpResponse:
    actor, path = actor_of(request), request.POST.get("path", "").strip()
    db = of_django(connection)
    try:
        with transaction.atomic():
            found = services.add(actor, db, Path(path).expanduser())
            jobs.enqueue(SCAN, found, key=f"scan:{found}")
    except SeciError as error:
        page = queries.sources(actor, db, now(), error=error.sentence, path=path)
        return render(request, "sources/sources.html", {"page": page}, status=error.status)
    messages.success(request, "Added; its history is being read.")
    return redirect("source", found)


@require_POST
@least("lead")
def scan(request: HttpRequest, source: int) -> HttpResponse:
    queries.source(actor_of(request), of_django(connection), source, now())
    begun = jobs.enqueue(SCAN, source, key=f"scan:{source}")
    messages.info(request, "Reading what is new." if begun is not None else "A scan of it is waiting already.")
    return redirect("source", source)


@require_POST
@least("lead")
def undo(request: HttpRequest, run: int) -> HttpResponse:
    row = queries.run(actor_of(request), of_django(connection), run, now())

    def act(actor: Actor, db: Database) -> None:
        with transaction.atomic():
            ledger.undo(actor, db, run)
            jobs.enqueue(REFRESH, key="refresh")

    return done(request, act, "Undone: its events no longer count. A new scan brings them back.", "source", row.source)
