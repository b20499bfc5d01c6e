"""The page that brings changes of a repository in as cases."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.assets import queries as assets
from seci.kit.clock import DAY, now
from seci.kit.database import of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole
from seci.sources.changes import queries, services


@require_http_methods(["GET", "HEAD", "POST"])
@least("member")
def from_changes(request: HttpRequest) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST
    page = {
        "repositories": queries.repositories(actor, db),
        "assets": assets.assets(actor, db),
        "error": "",
        "said": said,
    }
    if request.method != "POST":
        return render(request, "cases/changes.html", {"page": page})
    source, months = whole(said.get("source")), whole(said.get("months"))
    try:
        if source is None:
            raise BadInput("Choose the repository that the changes come from.")
        added = services.collect(
            actor, db, source, settings.SECI_EVIDENCE_DIR, title=said.get("title", ""), asset=whole(said.get("asset")),
            since=now() - months * 30 * DAY if months else 0, most=whole(said.get("most")) or 400,
        )  # fmt: skip
    except SeciError as error:
        return render(request, "cases/changes.html", {"page": page | {"error": error.sentence}}, status=error.status)
    messages.success(request, f"{added.new} cases are new.")
    return redirect("case-bank", added.bank.id)
