"""What people do to assets from their page: keep, rename, merge, split, retire, nominate, hide."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci import jobs
from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.assets import queries, services
from seci.kit.database import of_django
from seci.kit.errors import BadInput
from seci.kit.pager import whole
from seci.people import queries as people
from seci.people.pages import done

MAKE_ANEW = "seci.cycle.tasks:make_anew"


@require_POST
@least("lead")
def keep(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    restores = queries.asset(actor, db, asset).asset.state == "retired"
    verb = services.restore if restores else services.keep
    return done(request, lambda: verb(actor, db, asset), "Kept.", "asset", asset)


@require_POST
@least("lead")
def rename(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, name = actor_of(request), of_django(connection), request.POST.get("name", "")
    return done(request, lambda: services.rename(actor, db, asset, name), "Renamed.", "asset", asset)


@require_POST
@least("lead")
def retire(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, reason = actor_of(request), of_django(connection), request.POST.get("reason", "")
    said = "Retired: it leaves every list; its events stay in the ledger."
    return done(request, lambda: services.retire(actor, db, asset, reason), said, "asset", asset)


@require_POST
@least("lead")
def merge(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, into = actor_of(request), of_django(connection), whole(request.POST.get("into"))

    def join() -> None:
        if into is None:
            raise BadInput("Choose the asset that takes it in.")
        services.merge(actor, db, [into, asset])

    return done(request, join, "Merged; it can be undone.", "asset", into or asset)


@require_POST
@least("lead")
def split(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST

    def part() -> None:
        scopes = queries.chosen_scopes(
            actor, db, asset, [n for v in said.getlist("scope") if (n := whole(v)) is not None], said.get("prefix", "")
        )
        for source in services.split(actor, db, asset, scopes, said.get("name", "")).sources:
            jobs.enqueue(MAKE_ANEW, source, key=f"anew:{source}")

    return done(request, part, "Split; its events are being sorted.", "asset", asset)


@require_POST
@least("member")
def nominate(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, name = actor_of(request), of_django(connection), request.POST.get("person", "")

    def say() -> None:
        services.nominate(actor, db, people.named(actor, db, name), asset)

    return done(request, say, "Noted beside the evidence.", "asset", asset)


@require_POST
@least("member")
def unnominate(request: HttpRequest, asset: int, nomination: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    return done(request, lambda: services.withdraw(actor, db, nomination), "Taken back.", "asset", asset)


@require_POST
@least("member")
def hide(request: HttpRequest, asset: int) -> HttpResponse:
    actor, db, hidden = actor_of(request), of_django(connection), request.POST.get("hidden") == "1"

    def correct() -> None:
        if actor.person is None:
            raise BadInput("Say in the settings who you are first; only your own entry can be hidden.")
        if hidden:
            services.correct(actor, db, actor.person, asset, "hidden")
        else:
            services.lift(actor, db, actor.person, asset)

    said = "Others no longer see your entry." if hidden else "Your entry is shown again."
    return done(request, correct, said, "asset", asset)
