"""Findings over the whole library: listed, looked for, decided once."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.combination.access import LibraryFinding
from seci.combination.queries import shelves
from seci.combination.services import looking
from seci.kit.database import Database, of_django
from seci.kit.pager import whole


@require_safe
@least("member")
def findings(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    page = shelves.findings(
        actor_of(request), of_django(connection), kind=asked.get("kind", ""), state=asked.get("state", "open"),
        page=whole(asked.get("page")) or 1,
    )  # fmt: skip
    return render(request, "combination/findings.html", {"page": page, "decisions": looking.DECISIONS})


@require_safe
@least("member")
def progress(request: HttpRequest) -> HttpResponse:
    """How far the look is; asks again by itself while it goes on."""
    at = shelves.last_look(actor_of(request), of_django(connection))
    response = render(request, "combination/_look.html", {"look": at})
    if at is None or not at.is_on:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@least("member")
def look(request: HttpRequest) -> HttpResponse:
    def work(actor: Actor, db: Database) -> Any:
        return looking.look(actor, db)

    return done(request, work, "The library is being looked through.", "findings")


@require_POST
@least("member")
def decide(request: HttpRequest, finding: int) -> HttpResponse:
    """Decides, and goes back to the list; to the document, where its page has asked."""
    said, document = request.POST, whole(request.POST.get("document"))
    back: tuple[object, ...] = ("document", document) if document else ("findings",)

    def work(actor: Actor, db: Database) -> LibraryFinding:
        return looking.decide_finding(actor, db, finding, said.get("decision", ""), said.get("reason", ""))

    def words(found: LibraryFinding) -> str:
        linked = found.decision in ("here", "also")
        return "Linked, as the next revision of the page." if linked else "Decided; it will not come back."

    return done(request, work, words, str(back[0]), *back[1:])
