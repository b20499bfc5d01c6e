"""From draft to publication and after: written, rephrased, published, sampled, sentences that came back settled."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.combination.services import drafting, following, publishing
from seci.kit.database import Database
from seci.kit.pager import whole


@require_POST
@least("member")
def write(request: HttpRequest, merge: int) -> HttpResponse:
    again = bool(request.POST.get("again"))

    def work(actor: Actor, db: Database) -> None:
        drafting.write(actor, db, merge, again=again)

    return done(request, work, "The draft is written; every statement has its source.", "merge-draft", merge)


@require_POST
@least("member")
def rephrase(request: HttpRequest, merge: int) -> HttpResponse:
    numbers = [one for text in request.POST.getlist("statement") if (one := whole(text)) is not None]

    def work(actor: Actor, db: Database) -> Any:
        return drafting.rephrase(actor, db, merge, numbers)

    def said(result: tuple[int, str]) -> str:
        changed, remark = result
        return f"{changed} statements rephrased. {remark}".strip()

    return done(request, work, said, "merge-draft", merge)


@require_POST
@least("member")
def mark(request: HttpRequest, merge: int) -> HttpResponse:
    numbers = [one for text in request.POST.getlist("statement") if (one := whole(text)) is not None]

    def work(actor: Actor, db: Database) -> None:
        drafting.mark_human(actor, db, merge, numbers)

    return done(request, work, "Marked as written by a person.", "merge-draft", merge)


@require_POST
@least("member")
def publish(request: HttpRequest, merge: int) -> HttpResponse:
    days = whole(request.POST.get("days")) or publishing.VERIFIED_DAYS

    def work(actor: Actor, db: Database) -> None:
        publishing.publish(actor, db, merge, days=days)

    return done(request, work, "Published, with the page that names its sources.", "merge-publish", merge)


@require_POST
@least("member")
def require(request: HttpRequest, merge: int) -> HttpResponse:
    said = request.POST

    def work(actor: Actor, db: Database) -> None:
        publishing.require(
            actor, db, merge, said.get("class", ""), waived=said.get("waived", ""), artifact=whole(said.get("artifact"))
        )

    return done(request, work, "Noted.", "merge-publish", merge)


@require_POST
@least("member")
def look(request: HttpRequest, merge: int) -> HttpResponse:
    def work(actor: Actor, db: Database) -> Any:
        return following.look_again(actor, db, merge)

    def said(made: tuple[int, ...]) -> str:
        if not made:
            return "No sentence of the playbook is touched."
        return "1 sentence came back." if len(made) == 1 else f"{len(made)} sentences came back."

    return done(request, work, said, "merge-review", merge)


@require_POST
@least("member")
def settle(request: HttpRequest, merge: int, finding: int) -> HttpResponse:
    said = request.POST

    def work(actor: Actor, db: Database) -> None:
        following.settle(
            actor, db, finding, said.get("decision", ""), text=said.get("text", ""), reason=said.get("reason", "")
        )

    return done(request, work, "Decided.", "merge-review", merge)


@require_POST
@least("member")
def sample(request: HttpRequest, merge: int) -> HttpResponse:
    size = whole(request.POST.get("size")) or 10

    def work(actor: Actor, db: Database) -> Any:
        return publishing.sample(actor, db, merge, size)

    return done(request, work, lambda n: f"{n} statements drawn by lot.", "merge-accuracy", merge)


@require_POST
@least("member")
def judge(request: HttpRequest, merge: int, sampled: int) -> HttpResponse:
    def work(actor: Actor, db: Database) -> None:
        publishing.judge(actor, db, sampled, request.POST.get("verdict", ""), request.POST.get("words", ""))

    return done(request, work, "", "merge-accuracy", merge, anchor=f"s{sampled}")
