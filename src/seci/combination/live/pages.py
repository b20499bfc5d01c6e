"""A page written by several people, and what they say about its passages; all but the typing works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.combination.live import queries, services
from seci.combination.live.access import get_comment, get_suggestion
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, NotFound, SeciError


@require_safe
@least("guest")
def live(request: HttpRequest, document: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    try:
        page = queries.live(actor, db, document)
    except NotFound:
        return render(request, "live/left.html", {"text": queries.left_over(actor, db, document)}, status=404)
    return _shown(request, {"page": page, "said": {}})


@require_safe
@least("guest")
def remarks(request: HttpRequest, document: int) -> HttpResponse:
    """The list alone for the page that is open, else the whole page."""
    if request.headers.get("HX-Request") != "true":
        return redirect("library-live", document)
    found = queries.remarks(actor_of(request), of_django(connection), document)
    return render(request, "live/_remarks.html", {"remarks": found})


@require_POST
@least("member")
def save(request: HttpRequest, document: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    saved = services.save(actor, db, document)
    messages.success(request, f"Saved as r{saved.revision}." if saved else "Every word is in a revision already.")
    return redirect("library-live", document)


@require_POST
@least("guest")
def comment(request: HttpRequest, document: int) -> HttpResponse:
    said = request.POST

    def deed(actor: Actor, db: Database) -> str:
        services.comment(
            actor, db, document, said.get("text", ""), quote=said.get("quote", ""), before=said.get("before", ""),
            after=said.get("after", ""),
        )  # fmt: skip
        return "Said."

    return _done(request, document, deed, "comment")


@require_POST
@least("guest")
def suggest(request: HttpRequest, document: int) -> HttpResponse:
    said = request.POST

    def deed(actor: Actor, db: Database) -> str:
        services.suggest(
            actor, db, document, said.get("text", ""), quote=said.get("quote", ""), before=said.get("before", ""),
            after=said.get("after", ""), message=said.get("message", ""),
        )  # fmt: skip
        return "Suggested. Whoever may change the page decides."

    return _done(request, document, deed, "suggest")


@require_POST
@least("guest")
def about_comment(request: HttpRequest, comment: int) -> HttpResponse:
    """Answered or settled."""
    said = request.POST
    held = get_comment(actor_of(request), of_django(connection), comment)

    def deed(actor: Actor, db: Database) -> str:
        match said.get("act", ""):
            case "answer":
                services.answer(actor, db, comment, said.get("text", ""))
                return "Answered."
            case "settle":
                services.settle(actor, db, comment)
                return "Settled."
        raise BadInput("Say answer or settle.")

    return _done(request, held.document, deed, "answer")


@require_POST
@least("guest")
def about_suggestion(request: HttpRequest, suggestion: int) -> HttpResponse:
    """Taken, declined, taken back."""
    said = request.POST
    held = get_suggestion(actor_of(request), of_django(connection), suggestion)

    def deed(actor: Actor, db: Database) -> str:
        match said.get("act", ""):
            case "take":
                return f"Taken: r{services.take(actor, db, suggestion)}."
            case "decline":
                services.decline(actor, db, suggestion)
                return "Declined; the text stays as it is."
            case "withdraw":
                services.withdraw(actor, db, suggestion)
                return "Taken back."
        raise BadInput("Say take, decline or withdraw.")

    return _done(request, held.document, deed, "decide")


def _done(request: HttpRequest, document: int, deed: Callable[[Actor, Database], str], which: str) -> HttpResponse:
    """Does it; then the page, or the list alone where scripts asked. What was refused keeps its words in the form."""
    actor, db = actor_of(request), of_django(connection)
    error, sentence, status = "", "", 200
    try:
        sentence = deed(actor, db)
    except SeciError as refusal:
        error, status = refusal.sentence, refusal.status
    if request.headers.get("HX-Request") == "true":
        context = {"remarks": queries.remarks(actor, db, document), "error": error, "done": sentence, "which": which}
        return render(request, "live/_remarks.html", context)
    if not error:
        messages.success(request, sentence)
        return redirect("library-live", document)
    context = {"page": queries.live(actor, db, document), "error": error, "which": which, "said": request.POST}
    return _shown(request, context, status)


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page with the editor, which makes a style sheet of its own: it is let in by its nonce."""
    response = render(request, "live/live.html", context, status=status)
    response._csp_update = {"style-src": NONCE}  # type: ignore[attr-defined]
    return response
