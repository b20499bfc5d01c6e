"""Writing a page in a plain form: a new one, or the next revision. Whoever saves second keeps the text."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.kit.database import of_django
from seci.kit.errors import Conflict, SeciError
from seci.kit.pager import whole
from seci.library import queries, services
from seci.library.access import Document, get_editable, read
from seci.library.markdown.rendering import Rendered
from seci.library.markdown.rendering import render as rendered
from seci.library.services.writing import DIATAXIS
from seci.library.views import Difference


@dataclass(frozen=True, slots=True)
class WritePage:
    """library/write.html.

    document  None for a new one
    base      revision that the text was made from
    diff      what saving would change, once it was asked for; read: how it would look
    conflict  somebody else has revised it since: what they changed
    """

    title: str
    text: str
    base: int = 0
    message: str = ""
    document: Document | None = None
    diff: Difference | None = None
    read: Rendered | None = None
    conflict: Difference | None = None
    error: str = ""
    diataxis: str = ""


@require_http_methods(["GET", "POST"])
@least("member")
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, WritePage("", ""))
    actor, db, said = actor_of(request), of_django(connection), request.POST
    text = _lines(said.get("text", ""))
    page = WritePage(said.get("title", ""), text, diataxis=said.get("diataxis", ""))
    try:
        if said.get("act") == "preview":
            return _shown(request, WritePage(page.title, text, read=rendered(text), diataxis=page.diataxis))
        made = services.create(actor, db, page.title, text, diataxis=page.diataxis)
    except SeciError as refusal:
        return _shown(request, WritePage(page.title, text, error=refusal.sentence), refusal.status)
    messages.success(request, "Written down as a draft. Publish it when others should read it.")
    return redirect("document", made)


@require_http_methods(["GET", "POST"])
@least("member")
def write(request: HttpRequest, document: int) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST
    found = get_editable(actor, db, document)
    if request.method != "POST":
        return _shown(request, WritePage(found.title, read(actor, db, document)[1].text, found.head, document=found))
    title, text, message = said.get("title", ""), _lines(said.get("text", "")), said.get("message", "")
    base = whole(said.get("base")) or found.head
    try:
        if said.get("act") == "preview":
            diff = queries.preview(actor, db, document, text, base=base, title=title)
            return _shown(request, WritePage(title, text, base, message, found, diff, rendered(text, title=title)))
        saved = services.revise(actor, db, document, text, base=base, title=title, message=message)
    except Conflict as refusal:
        theirs = queries.compare(actor, db, document, base, found.head) if base < found.head else None
        page = WritePage(title, text, found.head, message, found, conflict=theirs, error=refusal.sentence)
        return _shown(request, page, refusal.status)
    except SeciError as refusal:
        return _shown(request, WritePage(title, text, base, message, found, error=refusal.sentence), refusal.status)
    messages.success(request, "Nothing was different." if saved.head == base else f"Saved as r{saved.head}.")
    return redirect("document", document)


def _lines(text: str) -> str:
    """A form sends every end of a line as two characters."""
    return text.replace("\r\n", "\n")


def _shown(request: HttpRequest, page: WritePage, status: int = 200) -> HttpResponse:
    return render(request, "library/write.html", {"page": page, "diataxis": DIATAXIS[1:]}, status=status)
