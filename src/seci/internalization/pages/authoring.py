"""What authors of practice see: artifacts, patterns and cases of one, a case with its panel; bringing cases in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.artifacts.access import get_artifact, may_change
from seci.cases import queries as banks
from seci.internalization import queries, services
from seci.internalization.access import Pool
from seci.internalization.at_hand import offers
from seci.internalization.pages.calling import shares_of
from seci.internalization.pages.showing import PlanPage, PracticeCasePage
from seci.internalization.services import Brought
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput
from seci.kit.pager import whole

SIZE = 50
LARGEST = 5_000_000
"""Bytes of a file sent through a page; larger ones go in through the terminal."""
FAULTS_SHOWN = 5


@require_safe
@least("member")
def prepared(request: HttpRequest) -> HttpResponse:
    """Published artifacts whose practice the visitor may prepare."""
    rows = [one for one in offers(actor_of(request), of_django(connection)) if one.may_prepare]
    return render(request, "internalization/prepared.html", {"page": rows})


@require_POST
@least("member")
def weigh(request: HttpRequest, pattern: int) -> HttpResponse:
    """How often a pattern comes up, what is at stake, and what it is easily mistaken for."""
    said = request.POST

    def weighed(actor: Actor, db: Database) -> str:
        near = [one for value in said.getlist("near") if (one := whole(value)) is not None]
        services.weigh(
            actor, db, pattern, frequency=_number(said.get("frequency")), stake=_number(said.get("stake")), near=near
        )
        return "Weighed."

    return done(request, weighed, str, "practice-plan", whole(said.get("artifact")) or 0)


@require_safe
@never_cache
@least("member")
def plan(request: HttpRequest, artifact: int) -> HttpResponse:
    """Patterns of an artifact, what experts reach among themselves, and its cases a page at a time."""
    actor, db = actor_of(request), of_django(connection)
    number = whole(request.GET.get("page")) or 1
    rows = queries.cases(actor, db, artifact, page=number, size=SIZE)
    page = PlanPage(
        plan=queries.plan(actor, db, artifact),
        rows=rows,
        banks=tuple((row.bank.id, row.bank.title) for row in banks.all_banks(actor, db)),
        page=number,
        more=len(rows) == SIZE,
    )
    return render(request, "internalization/plan.html", {"page": page})


@require_POST
@least("member")
def prepare(request: HttpRequest, artifact: int) -> HttpResponse:
    """Patterns from what the artifact says now."""
    return done(
        request,
        lambda actor, db: services.prepare(actor, db, artifact),
        lambda made: f"{len(made)} patterns: each is one judgement of the artifact.",
        "practice-plan",
        artifact,
    )


@require_POST
@least("member")
def bring(request: HttpRequest, artifact: int) -> HttpResponse:
    """Cases from a bank or from a file; what was set aside is said with its reason."""
    said = request.POST

    def brought(actor: Actor, db: Database) -> str:
        if said.get("bank"):
            pool = cast(Pool, said.get("pool", "practice"))
            return _words(services.bring_bank(actor, db, artifact, whole(said["bank"]) or 0, pool=pool), request)
        return _words(services.bring_file(actor, db, artifact, _file_in(request)), request)

    return done(request, brought, str, "practice-plan", artifact)


@require_safe
@never_cache
@least("member")
def case_page(request: HttpRequest, case: int) -> HttpResponse:
    """A case with what its panel said; who has still to judge it blindly sees neither key nor shares."""
    actor, db = actor_of(request), of_django(connection)
    view = queries.case(actor, db, case)
    artifact = get_artifact(actor, db, view.row.case.artifact)
    page = PracticeCasePage(
        view=view,
        artifact_title=artifact.title,
        shares=shares_of(view.shares, view.row.key),
        may_prepare=may_change(actor, artifact.owner),
        pool=view.row.case.pool,
    )
    return render(request, "internalization/practice_case.html", {"page": page})


@require_POST
@least("member")
def change(request: HttpRequest, case: int) -> HttpResponse:
    """Varies a case, moves it into another pool, or takes it out of use."""
    said = request.POST

    def changed(actor: Actor, db: Database) -> str:
        if said.get("deed") == "vary":
            return _words(services.vary(actor, db, case, whole(said.get("count")) or 3), request)
        if said.get("deed") == "retire":
            services.retire_case(actor, db, case)
            return "Out of use. Attempts at it stay."
        if said.get("deed") == "move":
            services.move(actor, db, case, cast(Pool, said.get("pool", "")))
            return "Moved."
        raise BadInput("Say what to do with the case: vary, move or retire it.")

    return done(request, changed, str, "practice-case-page", case)


def _number(said: str | None) -> float | None:
    if not said:
        return None
    try:
        return float(said)
    except ValueError:
        raise BadInput(f"{said[:20]!r} is no number.") from None


def _words(found: Brought, request: HttpRequest) -> str:
    for fault in found.faults[:FAULTS_SHOWN]:
        messages.warning(request, fault.sentence)
    if len(found.faults) > FAULTS_SHOWN:
        rest = len(found.faults) - FAULTS_SHOWN
        messages.warning(request, f"{rest:,} more were set aside; `seci practice import` lists them all.")
    parts = ["1 case is new" if found.new == 1 else f"{found.new:,} cases are new"]
    if found.duplicate:
        parts.append(f"{found.duplicate:,} there already")
    if found.without_key:
        parts.append(f"{found.without_key:,} without a key until a panel gives it")
    return ", ".join(parts) + "."


def _file_in(request: HttpRequest) -> bytes | str:
    sent = request.FILES.get("file")
    if sent is None or isinstance(sent, list):
        text = request.POST.get("text", "")
        if not text.strip():
            raise BadInput("Choose a bank, a CSV or JSONL file, or paste the table.")
        return text
    if (sent.size or 0) > LARGEST:
        raise BadInput("The file is over 5 MB; bring it in with `seci practice import`.")
    return cast(bytes, sent.read())
