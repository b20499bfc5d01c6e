"""Writing an artifact as text: a new one, or the next revision, with what would change shown before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.artifacts import queries, services
from seci.artifacts.access import Artifact, get_artifact
from seci.artifacts.checks import check
from seci.artifacts.markdown import from_markdown, to_markdown
from seci.artifacts.starters import STARTERS, starter
from seci.artifacts.views import TYPE_WORDS, DiffPage
from seci.assets.access import AssetLink, in_use
from seci.kit.database import Database, of_django
from seci.kit.errors import Conflict, SeciError
from seci.kit.pager import whole

TYPES = tuple((name, TYPE_WORDS[name]) for name in STARTERS)


@dataclass(frozen=True, slots=True)
class NewPage:
    """artifacts/new.html: which type first, then the text of its starter to write over."""

    type: str = ""
    text: str = ""
    asset: int | None = None
    assets: tuple[AssetLink, ...] = ()
    error: str = ""
    types: tuple[tuple[str, str], ...] = TYPES


@dataclass(frozen=True, slots=True)
class EditPage:
    """artifacts/edit.html.

    base      revision that the text was made from
    diff      what saving would change, once it was asked for
    conflict  somebody else has revised it since: what they changed
    """

    artifact: Artifact
    text: str
    base: int
    message: str = ""
    diff: DiffPage | None = None
    warnings: tuple[str, ...] = ()
    conflict: DiffPage | None = None
    error: str = ""


@require_http_methods(["GET", "POST"])
@least("member")
def new(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    if request.method == "POST":
        text, asset = request.POST.get("text", ""), whole(request.POST.get("asset"))
        try:
            made = services.create_from_text(actor, db, text, asset=asset)
        except SeciError as refusal:
            page = NewPage("text", text, asset, in_use(db), refusal.sentence)
            return render(request, "artifacts/new.html", {"page": page}, status=refusal.status)
        messages.success(request, "Written down as a draft.")
        return redirect("artifact", made.id)
    type_name, asset = request.GET.get("type", ""), whole(request.GET.get("asset"))
    text = to_markdown(starter(type_name, "")) if type_name else ""
    return render(request, "artifacts/new.html", {"page": NewPage(type_name, text, asset, in_use(db))})


@require_http_methods(["GET", "POST"])
@least("member")
def edit(request: HttpRequest, artifact: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    found = get_artifact(actor, db, artifact)
    if request.method != "POST":
        page = EditPage(found, to_markdown(queries.content(actor, db, artifact)), found.head)
        return render(request, "artifacts/edit.html", {"page": page})
    text, message = request.POST.get("text", ""), request.POST.get("message", "")
    base = whole(request.POST.get("base")) or found.head
    try:
        if request.POST.get("act") == "save":
            saved = services.revise_from_text(actor, db, artifact, text, base=base, message=message)
            messages.success(request, "Nothing was different." if saved.head == base else f"Saved as r{saved.head}.")
            return redirect("artifact", artifact)
        page = _previewed(request, db, found, text, base, message)
    except Conflict as refusal:
        theirs = queries.compare(actor, db, artifact, base, found.head) if base < found.head else None
        page = EditPage(found, text, found.head, message, conflict=theirs, error=refusal.sentence)
        return render(request, "artifacts/edit.html", {"page": page}, status=refusal.status)
    except SeciError as refusal:
        page = EditPage(found, text, base, message, error=refusal.sentence)
        return render(request, "artifacts/edit.html", {"page": page}, status=refusal.status)
    return render(request, "artifacts/edit.html", {"page": page})


def _previewed(request: HttpRequest, db: Database, found: Artifact, text: str, base: int, message: str) -> EditPage:
    content = from_markdown(text)
    services.same_type(found, content)
    diff = queries.preview(actor_of(request), db, found.id, content.body, content.title, content.context, base=base)
    warnings = tuple(one.words for one in check(content.body, content.context) if one.severity != "notes")
    return EditPage(found, text, base, message, diff, warnings)
