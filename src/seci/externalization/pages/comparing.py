"""Several experts on one decision, and the journal of one dialogue for study."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.cases import queries as cases
from seci.externalization import queries
from seci.kit.database import of_django


@require_safe
@least("member")
def disputes(request: HttpRequest) -> HttpResponse:
    """Banks of cases, on each of which several experts may have judged."""
    rows = cases.all_banks(actor_of(request), of_django(connection))
    return render(request, "externalization/disputes.html", {"page": rows})


@require_safe
@least("member")
def disputes_of(request: HttpRequest, bank: int) -> HttpResponse:
    """Where signed dialogues on one bank differ: each side with its reasons; nothing is decided here."""
    page = queries.disputes(actor_of(request), of_django(connection), bank)
    return render(request, "externalization/disputes_of.html", {"page": page})


@require_safe
@least("member")
def stories(request: HttpRequest) -> HttpResponse:
    """What has become explicit: artifacts that passed a conversion test, the newest first."""
    page = queries.stories(actor_of(request), of_django(connection))
    return render(request, "externalization/stories.html", {"page": page})


@require_safe
@least("facilitator")
def arms(request: HttpRequest) -> HttpResponse:
    """Dialogues with a partner and without, for study; unknown below five of each."""
    page = queries.arms(actor_of(request), of_django(connection))
    return render(request, "externalization/arms.html", {"page": page})


@require_safe
@least("member")
def journal(request: HttpRequest, interview: int) -> HttpResponse:
    """The dialogue as a file, from which it can be created again; roles stand in place of names."""
    found = queries.journal(actor_of(request), of_django(connection), interview)
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="interview-{interview}-journal.json"'
    return response
