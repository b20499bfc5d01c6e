"""Pages about sources: what is read, how far a reading has come, add one, read again, take a reading back.

Reading a history is a job: a page puts it into the queue and never waits for it.
"""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from seci import jobs
from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.kit.clock import now
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.ledger import services as ledger
from seci.sources.git import queries, services, store

SCAN, REFRESH = "seci.cycle.tasks:scan", "seci.cycle.tasks:refresh"


def database() -> Database:
    return of_django(connection)


@require_safe
@least("member")
def sources(request: HttpRequest) -> HttpResponse:
    page = queries.sources(actor_of(request), database(), now())
    return render(request, "sources/sources.html", {"page": page})


@require_safe
@least("member")
def source(request: HttpRequest, source: int) -> HttpResponse:
    page = queries.source(actor_of(request), database(), source, now())
    return render(request, "sources/source.html", {"page": page})


@never_cache
@require_safe
@least("member")
def run(request: HttpRequest, run: int) -> HttpResponse:
    """The progress of one reading, for a page that asks for it again and again."""
    return render(request, "parts/_run.html", {"run": queries.run(actor_of(request), database(), run, now())})


@require_POST
@least("lead")
def add(request: HttpRequest) -> HttpResponse:
    actor, typed = actor_of(request), request.POST.get("path", "").strip()
    try:
        if not typed or "\0" in typed:
            raise BadInput("Type the folder of a git repository on this machine.")
        with transaction.atomic():
            source = services.add(actor, database(), Path(typed).expanduser())
            enqueue_scan(source)
    except SeciError as error:
        page = queries.sources(actor, database(), now(), error=error.sentence, path=typed)
        return render(request, "sources/sources.html", {"page": page}, status=error.status)
    return redirect("source", source)


@require_POST
@least("lead")
def scan(request: HttpRequest, source: int) -> HttpResponse:
    store.repository(database(), source)
    enqueue_scan(source)
    messages.success(request, "It will be read in a moment.")
    return redirect("source", source)


@require_POST
@least("lead")
def undo(request: HttpRequest, run: int) -> HttpResponse:
    with transaction.atomic():
        undone = ledger.undo(actor_of(request), database(), run)
        jobs.enqueue(REFRESH, key="refresh")
    messages.success(request, "The reading is taken back; the figures follow in a moment.")
    return redirect("source", undone.source)


def enqueue_scan(source: int) -> None:
    jobs.enqueue(SCAN, source, key=f"scan:{source}")
