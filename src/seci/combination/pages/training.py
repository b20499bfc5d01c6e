"""Plans for newcomers on pages."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.combination.queries import training as queries
from seci.combination.services import training
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole


@require_http_methods(["GET", "POST"])
@least("member")
def plans(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    if request.method == "POST":
        said = request.POST
        kind, _, number = said.get("about", "").partition(":")
        try:
            made = training.plan_training(
                actor, db, said.get("title", ""), audience=said.get("audience", ""),
                asset=whole(number) if kind == "asset" else None, concept=whole(number) if kind == "concept" else None,
            )  # fmt: skip
        except SeciError as error:
            messages.error(request, error.sentence)
            return redirect("training")
        return redirect("training-plan", made.id)
    return render(request, "combination/plans.html", {"page": queries.plans(actor, db)})


@require_safe
@least("member")
def plan(request: HttpRequest, plan: int) -> HttpResponse:
    page = queries.plan(actor_of(request), of_django(connection), plan)
    return render(request, "combination/plan.html", {"page": page})


@require_POST
@least("member")
def change(request: HttpRequest, plan: int) -> HttpResponse:
    """One change of a plan: a step up or down, out, said otherwise."""
    said = request.POST
    step, to = whole(said.get("step")) or 0, whole(said.get("to"))

    def work(actor: Actor, db: Database) -> None:
        match said.get("act", ""):
            case "move":
                training.move_step(actor, db, plan, step, to or 0)
            case "drop":
                training.drop_step(actor, db, plan, step)
            case "say":
                training.say_step(actor, db, plan, step, said.get("why", ""), said.get("done", ""))
            case _:
                raise BadInput("Say what to change in the plan.")

    return done(request, work, "", "training-plan", plan)


@require_POST
@least("member")
def export(request: HttpRequest, plan: int) -> HttpResponse:
    def work(actor: Actor, db: Database) -> None:
        training.export_plan(actor, db, plan)

    return done(request, work, "It is a page of the library now.", "training-plan", plan)
