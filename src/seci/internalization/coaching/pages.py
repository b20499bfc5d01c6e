"""Pages of what accompanies practice: mentors and learners, notes, paths, easy days, the calendar's address."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.internalization.at_hand import offers
from seci.internalization.coaching import queries, services
from seci.internalization.exercises.path import PATHS, PROOFS
from seci.internalization.exercises.reflection import QUESTIONS
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole
from seci.people import queries as people


@require_safe
@never_cache
@least("member")
def mentors(request: HttpRequest) -> HttpResponse:
    """Whoever was named for oneself, and whose mentor one is."""
    actor, db = actor_of(request), of_django(connection)
    mine, others = queries.mentors(actor, db)
    practised = [one for one in offers(actor, db) if one.patterns]
    context = {"mine": mine, "others": others, "offers": practised, "may_propose": actor.is_at_least("facilitator")}
    return render(request, "coaching/mentors.html", context)


@require_POST
@least("member")
def name(request: HttpRequest) -> HttpResponse:
    """Names a mentor for oneself, or proposes one to somebody."""
    said = request.POST

    def named(actor: Actor, db: Database) -> str:
        whom = people.named(actor, db, said["learner"]) if said.get("learner", "").strip() else None
        mentor = people.named(actor, db, said.get("mentor", ""))
        services.name_mentor(actor, db, whole(said.get("artifact")) or 0, mentor, person=whom)
        return "Proposed; it holds once they say yes." if whom not in (None, actor.person) else "Named."

    return done(request, named, str, "mentors")


@require_POST
@least("member")
def answer(request: HttpRequest, mentor: int) -> HttpResponse:
    """The learner's yes, or the end from either side."""

    def answered(actor: Actor, db: Database) -> str:
        if request.POST.get("deed") == "agree":
            services.agree_to_mentor(actor, db, mentor)
            return "Agreed: they may read your answers now, and say something to them."
        services.end_mentor(actor, db, mentor)
        return "Ended. Nothing of yours is shown any more; what was said stays with you."

    return done(request, answered, str, "mentors")


@require_safe
@never_cache
@least("member")
def mentee(request: HttpRequest, mentor: int) -> HttpResponse:
    """A learner's answers before their mentor."""
    page = queries.mentee(actor_of(request), of_django(connection), mentor)
    return render(request, "coaching/mentee.html", {"page": page})


@require_POST
@least("member")
def remark(request: HttpRequest, attempt: int) -> HttpResponse:
    def said(actor: Actor, db: Database) -> str:
        services.remark(actor, db, attempt, request.POST.get("words", ""))
        return "Said. They read it beside their answer."

    where = whole(request.POST.get("mentor"))
    return done(request, said, str, "mentee", where) if where else done(request, said, str, "mentors")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def notes(request: HttpRequest) -> HttpResponse:
    """One's own notes and a form for the next; what was written is kept when it is refused."""
    actor, db, said, error, status = actor_of(request), of_django(connection), request.POST, "", 200
    if actor.person is None:
        return render(request, "internalization/nobody.html", {"prepares": False})
    if request.method == "POST":
        try:
            services.keep_note(
                actor, db, *(said.get(question, "") for question in QUESTIONS),
                artifact=whole(said.get("artifact")), about=said.get("about", ""),
            )  # fmt: skip
            messages.success(request, "Kept, for your eyes alone.")
            return redirect("notes")
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    ask = [(question, words, said.get(question, "")) for question, words in QUESTIONS.items()]
    sent = said if request.method == "POST" else request.GET
    context = {
        "rows": queries.notes(actor, db), "ask": ask, "error": error, "offers": offers(actor, db),
        "artifact": whole(sent.get("artifact")), "about": sent.get("about", ""),
    }  # fmt: skip
    return render(request, "coaching/notes.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def paths(request: HttpRequest) -> HttpResponse:
    """The paths of four roles, and how far the followed ones are."""
    actor, db, said = actor_of(request), of_django(connection), request.POST

    def changed(actor: Actor, db: Database) -> str:
        if said.get("leave"):
            services.leave_path(actor, db, whole(said["leave"]) or 0)
            return "Left. What you did stays done."
        services.follow_path(actor, db, said.get("role", ""), pace=_pace(said.get("pace", "1")))
        return "It begins today. Nothing of it is ever late."

    if request.method == "POST":
        return done(request, changed, str, "paths")
    followed = queries.followed(actor, db)
    left = [one for role, one in PATHS.items() if role not in {each.path.role for each in followed}]
    return render(request, "coaching/paths.html", {"followed": followed, "left": left, "proofs": PROOFS})


@require_POST
@least("member")
def habits(request: HttpRequest) -> HttpResponse:
    """Easy days of the week."""
    days = [day for one in request.POST.getlist("easy") if (day := whole(one)) is not None]

    def changed(actor: Actor, db: Database) -> str:
        chosen = services.set_easy_days(actor, db, days)
        return f"{len(chosen)} easy days: half a round on each." if chosen else "Every day has a whole round."

    return done(request, changed, str, "practice")


@require_POST
@least("member")
def calendar(request: HttpRequest) -> HttpResponse:
    """Another address for one's calendar, or none."""
    off = request.POST.get("deed") == "off"

    def changed(actor: Actor, db: Database) -> str:
        services.remake_calendar(actor, db, off=off)
        return "The address answers nobody any more." if off else "A new address; the one before answers nobody."

    return done(request, changed, str, "practice")


def _pace(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise BadInput(f"A pace is a number, 1 as written, 2 in twice the time; {said[:20]!r} is none.") from None
