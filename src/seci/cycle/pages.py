"""Pages about the next step: proposals, what if someone leaves, and who should review a change."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.cycle import queries, services
from seci.cycle.views import ReviewersForm, ReviewersPage
from seci.kit.clock import now
from seci.kit.database import of_django
from seci.kit.errors import BadInput, NotFound, SeciError
from seci.kit.pager import whole
from seci.spiral.pages import day
from seci.spiral.views import WhatIfPage


@require_safe
@least("member")
def proposals(request: HttpRequest) -> HttpResponse:
    page = queries.proposals(
        actor_of(request),
        now(),
        asset=whole(request.GET.get("asset")),
        mode=request.GET.get("mode", ""),
        page=whole(request.GET.get("page")) or 1,
    )
    return render(request, "cycle/next.html", {"page": page})


@require_POST
@least("lead")
def answer(request: HttpRequest, proposal: int) -> HttpResponse:
    verdict = request.POST.get("verdict", "")
    try:
        services.answer(actor_of(request), of_django(connection), proposal, verdict)
    except SeciError as error:
        messages.error(request, error.sentence)
    else:
        done = "Taken on: the ledger will show whether it happens." if verdict == "accepted" else "Set aside."
        messages.success(request, done)
    return redirect("next")


@require_safe
@least("lead")
def leave(request: HttpRequest) -> HttpResponse:
    chosen = [number for value in request.GET.getlist("people") if (number := whole(value)) is not None]
    try:
        page = queries.leave(actor_of(request), now(), chosen, day(request, "on"), q=request.GET.get("q", "").strip())
    except (BadInput, NotFound) as error:
        return render(request, "cycle/leave.html", {"page": WhatIfPage(error=error.sentence)}, status=error.status)
    return render(request, "cycle/leave.html", {"page": page})


@require_safe
@least("member")
def reviewers(request: HttpRequest) -> HttpResponse:
    form = ReviewersForm(
        source=whole(request.GET.get("source")),
        commit=request.GET.get("commit", "").strip(),
        paths=request.GET.get("paths", "").strip(),
        sources=queries.repositories(actor_of(request)),
    )
    try:
        page = queries.reviewers(actor_of(request), form, now())
    except SeciError as error:
        page = ReviewersPage(form=form, asked=True, error=error.sentence)
        return render(request, "cycle/reviewers.html", {"page": page}, status=error.status)
    return render(request, "cycle/reviewers.html", {"page": page})
