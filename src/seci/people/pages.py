"""Pages about people: the directory, who is who, units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from seci import jobs
from seci.accounts import pages as doors
from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput
from seci.kit.pager import whole
from seci.people import queries, services

REFRESH = "seci.cycle.tasks:refresh"
LARGEST_FILE = 5_000_000
FAULTS_SHOWN = 5


@require_safe
@least("member")
def people(request: HttpRequest) -> HttpResponse:
    page = queries.people(
        actor_of(request),
        of_django(connection),
        q=request.GET.get("q", "").strip(),
        unit=whole(request.GET.get("unit")),
        page=whole(request.GET.get("page")) or 1,
    )
    return render(request, "people/people.html", {"page": page})


@require_POST
@least("member")
def edit(request: HttpRequest, person: int) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST

    def change() -> None:
        found = queries.person(actor, db, person)
        if said.get("name", "").strip() not in ("", found.person.name):
            services.rename(actor, db, person, said["name"])
        services.describe(actor, db, person, function=said.get("function", ""))
        if actor.is_at_least("lead"):
            services.describe(actor, db, person, unit=whole(said.get("unit")), leaves_on=day(said.get("leaves_on", "")))

    return done(request, change, "Saved.", "person", person)


@require_POST
@least("lead")
def split(request: HttpRequest, person: int) -> HttpResponse:
    """One identity of a person is somebody else's after all."""
    actor, db, identity = actor_of(request), of_django(connection), whole(request.POST.get("identity"))

    def part() -> None:
        if identity is None or identity not in {one.id for one in queries.identities(actor, db, person)}:
            raise BadInput("Choose the name and address that belong to somebody else.")
        services.split(actor, db, [identity])

    return done(request, part, "Split off; the figures follow in a moment.", "person", person)


@require_safe
@least("lead")
def identities(request: HttpRequest) -> HttpResponse:
    page = queries.identity_cases(actor_of(request), of_django(connection), page=whole(request.GET.get("page")) or 1)
    return render(request, "people/identities.html", {"page": page})


@require_POST
@least("lead")
def identity_decide(request: HttpRequest, case: int) -> HttpResponse:
    actor, db, decision = actor_of(request), of_django(connection), request.POST.get("decision", "")

    def decide() -> None:
        if decision == "confirm":
            services.confirm(actor, db, case)
        elif decision == "reject":
            services.reject(actor, db, case)
        elif decision == "undo":
            services.reconsider(actor, db, *queries.decided_pair(actor, db, case))
        else:
            raise BadInput("Say confirm, reject or undo.")

    return done(request, decide, "Noted.", "identities")


@require_safe
@least("member")
def units(request: HttpRequest) -> HttpResponse:
    return render(request, "people/units.html", {"page": queries.units(actor_of(request), of_django(connection))})


@require_POST
@least("lead")
def unit_add(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    name, parent = request.POST.get("name", ""), whole(request.POST.get("parent"))
    return done(request, lambda: services.add_unit(actor, db, name, parent=parent), "Added.", "units")


@require_POST
@least("lead")
def unit_rename(request: HttpRequest, unit: int) -> HttpResponse:
    actor, db, name = actor_of(request), of_django(connection), request.POST.get("name", "")
    return done(request, lambda: services.rename_unit(actor, db, unit, name), "Renamed.", "units")


@require_POST
@least("lead")
def unit_remove(request: HttpRequest, unit: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    return done(request, lambda: services.remove_unit(actor, db, unit), "Removed; its people stay.", "units")


@require_POST
@least("lead")
def unit_import(request: HttpRequest) -> HttpResponse:
    actor, db, file = actor_of(request), of_django(connection), request.FILES.get("file")

    def take() -> None:
        if file is None or (file.size or 0) > LARGEST_FILE:
            raise BadInput("Choose a CSV file of at most 5 MB with a header line.")
        found = services.import_people(actor, db, file.read().decode("utf-8-sig", "replace"))
        faults = len(found.faults)
        aside = f"{faults} row{'' if faults == 1 else 's'} set aside"
        messages.success(request, f"{found.added} added, {found.changed} changed, {aside}.")
        for fault in found.faults[:FAULTS_SHOWN]:
            messages.warning(request, fault.sentence)
        if faults > FAULTS_SHOWN:
            messages.warning(request, f"And {faults - FAULTS_SHOWN} more; `seci people import FILE` tells them all.")

    return done(request, take, "", "units")


@require_POST
@least("lead")
def unit_propose(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    return done(request, lambda: services.propose_units(actor, db), "Looked at who works together.", "units")


@require_POST
@least("lead")
def unit_keep(request: HttpRequest, proposal: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    return done(request, lambda: services.keep_unit(actor, db, proposal), "Kept.", "units")


@require_POST
@least("lead")
def unit_dismiss(request: HttpRequest, proposal: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    return done(request, lambda: services.dismiss_unit(actor, db, proposal), "It will not come back.", "units")


def done(request: HttpRequest, verb: Callable[[], object], said: str, where: str, *ids: int) -> HttpResponse:
    """Do it, say how it went, go back to where it was asked for; figures follow in the background."""

    def act(actor: Actor, db: Database) -> None:
        verb()
        jobs.enqueue(REFRESH, key="refresh")

    return doors.done(request, act, said, where, *ids)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"{text!r} is not a day; write it as 2026-01-31.") from error
