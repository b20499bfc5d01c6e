"""Looking at artifacts: the library, one of them, two states of one, trying one on a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.artifacts import queries
from seci.artifacts.queries.library import MARKS, STATES
from seci.artifacts.views import ArtifactPage, Tried, Wanted
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole

FACT = "fact."


@dataclass(frozen=True, slots=True)
class TryPage:
    """artifacts/try.html: the form as it was sent, and what came of it."""

    artifact: ArtifactPage
    said: dict[str, str]
    tried: Tried | None = None
    error: str = ""


@require_safe
@least("guest")
def artifacts(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    state, mark = asked.get("state", ""), asked.get("mark", "")
    wanted = Wanted(
        q=asked.get("q", "").strip()[:200],
        type=asked.get("type", ""),
        asset=whole(asked.get("asset")),
        state=state if state in STATES else "",
        mark=mark if mark in MARKS else "",
    )
    page = queries.library(actor_of(request), of_django(connection), wanted, page=whole(asked.get("page")) or 1)
    return render(request, "artifacts/artifacts.html", {"page": page})


@require_safe
@least("guest")
def artifact(request: HttpRequest, artifact: int) -> HttpResponse:
    page = queries.artifact(actor_of(request), of_django(connection), artifact, whole(request.GET.get("r")))
    return render(request, "artifacts/artifact.html", {"page": page})


@require_safe
@least("member")
def compare(request: HttpRequest, artifact: int) -> HttpResponse:
    after = whole(request.GET.get("after")) or 1
    before = whole(request.GET.get("before")) or max(1, after - 1)
    page = queries.compare(actor_of(request), of_django(connection), artifact, before, after)
    return render(request, "artifacts/compare.html", {"page": page})


@require_safe
@least("guest")
def try_(request: HttpRequest, artifact: int) -> HttpResponse:
    """The artifact on one case. The case stands in the address, so that it can be sent to somebody."""
    actor, db = actor_of(request), of_django(connection)
    number = whole(request.GET.get("r"))
    page = queries.artifact(actor, db, artifact, number)
    said = {key.removeprefix(FACT): text for key, text in request.GET.dict().items() if key.startswith(FACT)}
    tried, error, status = None, "", 200
    if said and page.decides:
        try:
            tried = queries.evaluate(actor, db, artifact, said, number=page.revision.number)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    context = {"page": page, "try": TryPage(page, said, tried, error)}
    return render(request, "artifacts/try.html", context, status=status)


@require_safe
@least("guest")
def export(request: HttpRequest, artifact: int, form: str) -> HttpResponse:
    made = queries.export(actor_of(request), of_django(connection), artifact, form, whole(request.GET.get("r")))
    return HttpResponse(
        made.text,
        content_type=f"{made.mime}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )
