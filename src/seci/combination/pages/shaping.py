"""Working on a merge from its pages: the outline, groups, conflicts, gaps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.combination.adr import CHOICES
from seci.combination.services import deciding, shaping, starting
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.pager import whole


@require_POST
@least("member")
def shape(request: HttpRequest, merge: int) -> HttpResponse:
    """One change of the outline. What is dragged says its place, what is clicked its direction."""
    said = request.POST
    act, chapter = said.get("act", ""), said.get("chapter", "")
    change = shaping.Change(
        act, chapter, said.get("section", ""), whole(said.get("at")), said.get("into", ""), said.get("heading", "")
    )

    def work(actor: Actor, db: Database) -> None:
        shaping.shape(actor, db, merge, change)

    back = "merge-gaps" if said.get("from") == "gaps" else "merge-outline"
    anchor = chapter if act in ("chapter", "rename", "section") else "left-out" if act == "drop" else ""
    return done(request, work, "", back, merge, anchor=anchor if back == "merge-outline" else "")


@require_POST
@least("member")
def group(request: HttpRequest, merge: int) -> HttpResponse:
    """One change of what says the same: which is kept, one taken out, two made one."""
    said = request.POST
    places = [_place(text) for text in said.getlist("sentence")]

    def work(actor: Actor, db: Database) -> None:
        shaping.regroup(actor, db, merge, said.get("act", ""), places)

    where = done(request, work, "", "merge-same", merge)
    if chapter := said.get("chapter", ""):
        where["Location"] += f"?chapter={chapter}" if chapter.isalnum() else ""
    return where


@require_POST
@least("member")
def decide(request: HttpRequest, conflict: int) -> HttpResponse:
    said = request.POST
    choice = said.get("choice", "")

    def work(actor: Actor, db: Database) -> None:
        deciding.decide(
            actor, db, conflict, choice, said.get("reason", ""), when_a=said.get("when_a", ""),
            when_b=said.get("when_b", ""),
        )  # fmt: skip

    after = whole(said.get("after"))
    words = f"Decided: {CHOICES.get(choice, choice)}. The decision is kept as a record."
    where = done(request, work, words, "merge-conflict", conflict)
    return where if not after else _onward(request, where, after)


@require_POST
@least("member")
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    said = request.POST

    def work(actor: Actor, db: Database) -> None:
        deciding.answer(actor, db, request_id, said.get("answer", ""), said.get("words", ""))

    return done(request, work, "Your answer is kept with the conflict.", "merge-asked")


@require_POST
@least("member")
def classify(request: HttpRequest, merge: int) -> HttpResponse:
    documents = [one for text in request.POST.getlist("document") if (one := whole(text))]

    def work(actor: Actor, db: Database) -> None:
        starting.classify(actor, db, merge, documents, request.POST.get("class", ""))

    return done(request, work, "Noted.", "merge", merge)


@require_POST
@least("member")
def frame(request: HttpRequest, merge: int) -> HttpResponse:
    """Which recipe and product a merge is held to."""

    def work(actor: Actor, db: Database) -> None:
        starting.follow_recipe(actor, db, merge, request.POST.get("recipe", ""), request.POST.get("product", ""))

    return done(request, work, "Noted.", "merge", merge)


@require_POST
@least("member")
def add(request: HttpRequest, merge: int) -> HttpResponse:
    documents = [one for text in request.POST.getlist("document") if (one := whole(text))]

    def work(actor: Actor, db: Database) -> None:
        starting.add(actor, db, merge, documents, source_class=request.POST.get("class", ""))

    return done(request, work, "They are being read.", "merge", merge)


@require_POST
@least("member")
def leave(request: HttpRequest, merge: int) -> HttpResponse:
    def work(actor: Actor, db: Database) -> None:
        starting.leave(actor, db, merge)

    return done(request, work, "Left. What was decided stays in the library.", "merges")


def _onward(request: HttpRequest, where: HttpResponse, after: int) -> HttpResponse:
    """After a decision that went well, to the next conflict that waits."""
    from django.contrib import messages
    from django.shortcuts import redirect

    said = list(messages.get_messages(request))
    for one in said:
        messages.add_message(request, one.level, one.message)
    return where if any(one.level >= messages.ERROR for one in said) else redirect("merge-conflict", after)


def _place(text: str) -> tuple[int, int]:
    document, _, number = text.partition(":")
    if not (document.isdecimal() and number.isdecimal()) or len(text) > 20:
        raise BadInput("A sentence is named by its document and its number.")
    return int(document), int(number)
