"""An artifact at work: begun, gone through move by move, ended, judged again; the ladder of who may do it alone."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.internalization.runs import queries, services
from seci.internalization.runs.ladder import Rung
from seci.internalization.runs.pressure import WORDS
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Refused, SeciError
from seci.kit.pager import whole
from seci.people import queries as people


@require_safe
@least("member")
def runs(request: HttpRequest) -> HttpResponse:
    """One's own runs, and those of others that wait for one's judgement."""
    actor, db = actor_of(request), of_django(connection)
    context = {"rows": queries.own_runs(actor, db), "waiting": queries.to_review(actor, db)}
    return render(request, "runs/runs.html", context)


@require_http_methods(["GET", "POST"])
@least("member")
def work(request: HttpRequest, artifact: int) -> HttpResponse:
    """An artifact at work, and the form that begins a run of it."""
    actor, db = actor_of(request), of_django(connection)
    said, error, status = request.POST, "", 200
    if request.method == "POST":
        try:
            begun = services.start(
                actor, db, artifact, said.get("task", ""), said.get("pressure", ""), link=said.get("link", "")
            )
            return redirect("work-run", begun.id)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    page = queries.work(actor, db, artifact)
    context = {"page": page, "pressures": WORDS.items(), "said": said, "error": error, "rungs": list(Rung)}
    return render(request, "runs/work.html", context, status=status)


@require_safe
@least("member")
def run(request: HttpRequest, run: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    try:
        page = queries.run(actor, db, run)
    except Refused as refusal:
        if refusal.code == "blind":
            return redirect("work-blind", run)
        raise
    return render(request, "runs/run.html", {"page": page})


@require_POST
@least("member")
def move(request: HttpRequest, run: int) -> HttpResponse:
    """One move; its number makes sending it twice harmless."""
    said = request.POST

    def make(actor: Actor, db: Database) -> None:
        name = said.get("other", "").strip()
        services.move(
            actor, db, run, whole(said.get("number")) or 0, said.get("did", ""), node=said.get("node", ""),
            value=said.get("value", ""), note=said.get("note", ""),
            other=people.named(actor, db, name) if name else None,
        )  # fmt: skip

    node = said.get("node", "")
    return done(request, make, "", "work-run", run, anchor=f"at-{node}" if node else "")


@require_POST
@least("member")
def end(request: HttpRequest, run: int) -> HttpResponse:
    """Finished, left with a reason, or how it turned out afterwards."""
    said = request.POST
    act, went = said.get("act", ""), said.get("went", "")

    def make(actor: Actor, db: Database) -> None:
        match act:
            case "finish":
                services.finish(actor, db, run, went=went)
            case "leave":
                services.leave(actor, db, run, said.get("reason", ""), went=went)
            case "went":
                services.turned_out(actor, db, run, went)
            case _:
                raise BadInput("Say finish, leave or went.")

    return done(request, make, "Written down.", "work-run", run)


@require_safe
@least("member")
def blind(request: HttpRequest, run: int) -> HttpResponse:
    page = queries.blind(actor_of(request), of_django(connection), run)
    return render(request, "runs/blind.html", {"page": page})


@require_POST
@least("member")
def review(request: HttpRequest, run: int) -> HttpResponse:
    said = request.POST
    upheld = {"yes": True, "no": False}.get(said.get("upheld", ""))

    def make(actor: Actor, db: Database) -> None:
        services.review(
            actor, db, run, decision=said.get("decision", ""), upheld=upheld, because=said.get("because", "")
        )

    return done(request, make, "Your judgement is kept with the run.", "work-run", run)


@require_POST
@least("member")
def promote(request: HttpRequest, artifact: int) -> HttpResponse:
    said = request.POST
    rung = whole(said.get("rung"))

    def decide(actor: Actor, db: Database) -> None:
        services.promote(
            actor, db, artifact, whole(said.get("person")) or 0, -1 if rung is None else rung,
            reason=said.get("reason", ""),
        )  # fmt: skip

    return done(request, decide, "Decided, with the evidence of today.", "artifact-run", artifact)
