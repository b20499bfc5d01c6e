"""Pages about assets and people: who knows what, what is at risk, what we would have warned about."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.artifacts.queries import asset_artifacts
from seci.internalization.runs.queries import agreements
from seci.internalization.sittings.queries import open_tests
from seci.kit.clock import now
from seci.kit.database import of_django
from seci.kit.errors import BadInput
from seci.kit.pager import whole
from seci.spiral import queries
from seci.spiral.views import ReplayPage


@require_safe
@least("member")
def who(request: HttpRequest) -> HttpResponse:
    ask = request.GET
    page = queries.who(
        actor_of(request),
        now(),
        q=ask.get("q", "").strip(),
        who=ask.get("who", "").strip(),
        unit=whole(ask.get("unit")),
        topic=ask.get("topic", ""),
        page=whole(ask.get("page")) or 1,
        people_page=whole(ask.get("people")) or 1,
    )
    return render(request, "spiral/who.html", {"page": page})


@require_safe
@least("guest")
def risk(request: HttpRequest) -> HttpResponse:
    ask = request.GET
    page = queries.risk(
        actor_of(request),
        now(),
        q=ask.get("q", "").strip(),
        only=ask.get("only", "all"),
        sort=ask.get("sort", "at_risk"),
        page=whole(ask.get("page")) or 1,
    )
    return render(request, "spiral/risk.html", {"page": page})


@require_safe
@least("member")
def asset(request: HttpRequest, asset: int) -> HttpResponse:
    actor = actor_of(request)
    page = queries.asset_page(actor, asset, now())
    written = asset_artifacts(actor, of_django(connection), page.asset.id)
    able = queries.asset_ability(actor, of_django(connection), page.asset.id, now())
    tests = open_tests(actor, of_django(connection), page.asset.id)
    alike = [
        one for one in agreements(actor, of_django(connection), page.asset.id) if one.work.known or one.panel.known
    ]
    shown = {"page": page, "artifacts": written, "able": able, "tests": tests, "alike": alike}
    return render(request, "spiral/asset.html", shown)


@require_safe
@least("member")
def evidence(request: HttpRequest, asset: int, person: int) -> HttpResponse:
    page = queries.evidence(actor_of(request), asset, person, now(), page=whole(request.GET.get("page")) or 1)
    return render(request, "spiral/evidence.html", {"page": page})


@require_safe
@least("member")
def person(request: HttpRequest, person: int) -> HttpResponse:
    actor = actor_of(request)
    page = queries.person_page(actor, person, now())
    abilities = queries.own_abilities(actor, of_django(connection), now()) if page.own else ()
    return render(request, "spiral/person.html", {"page": page, "abilities": abilities})


@require_safe
@least("member")
def combination(request: HttpRequest) -> HttpResponse:
    asset = whole(request.GET.get("asset"))
    page = queries.combination(actor_of(request), of_django(connection), now(), asset)
    return render(request, "spiral/combination.html", {"page": page})


@require_safe
@least("member")
def team(request: HttpRequest, unit: int) -> HttpResponse:
    asset = whole(request.GET.get("asset"))
    page = queries.team(actor_of(request), of_django(connection), unit, now(), asset)
    return render(request, "spiral/team.html", {"page": page})


@require_safe
@least("lead")
def replay(request: HttpRequest) -> HttpResponse:
    try:
        page = queries.replay(actor_of(request), now(), day(request, "on"))
    except BadInput as error:
        return render(request, "spiral/replay.html", {"page": ReplayPage(error=error.sentence)}, status=error.status)
    return render(request, "spiral/replay.html", {"page": page})


def day(request: HttpRequest, name: str) -> date | None:
    text = request.GET.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"{text!r} is not a day; write it as 2026-01-31.") from error
