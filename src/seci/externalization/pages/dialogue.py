"""The interview: one question at a time, each answer a form that says which question it answers."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.externalization import services
from seci.externalization.access import Elicitation, get_own
from seci.externalization.memory import state_of
from seci.externalization.services import Shown
from seci.externalization.showing.form import answer_in, in_order, number_in
from seci.externalization.showing.records import ConsentPage, InterviewPage
from seci.externalization.showing.sheet import sheet
from seci.kit.database import Database, of_django
from seci.kit.errors import SeciError
from seci.partner import queries as partners


@require_safe
@never_cache
@least("member")
def interview(request: HttpRequest, interview: int) -> HttpResponse:
    """The question that waits, or the consent that comes before the first. Tiles of a board that were opened without
    scripts are named in the address."""
    actor, db = actor_of(request), of_django(connection)
    found = get_own(actor, db, interview)
    if found.consented_at is None and not found.is_over:
        said = partners.disclosure(actor, db) if partners.is_on(actor, db) else ""
        page = ConsentPage(found.id, found.title, said)
        return render(request, "externalization/consent.html", {"page": page})
    shown = services.question(actor, db, interview)
    opened = in_order(request.GET.get("looked", ""), request.GET.get("open", ""))
    return _show(request, _sheet(actor, db, found, shown, opened=opened, standing=found.state))


@require_POST
@never_cache
@least("member")
def answer(request: HttpRequest, interview: int) -> HttpResponse:
    """Stores an answer; the next question is its reply. A refusal leaves the page with the words as it is."""
    actor, db = actor_of(request), of_django(connection)
    by_script = request.headers.get("HX-Request") == "true"
    try:
        sent = dict(request.POST.lists())
        shown = services.answer(actor, db, interview, number_in(sent), answer_in(sent))
    except SeciError as error:
        if by_script:
            return HttpResponse(error.sentence, status=error.status, content_type="text/plain; charset=utf-8")
        return _refused(request, actor, db, interview, error)
    if not by_script:
        return redirect("interview", interview)
    found = get_own(actor, db, interview)
    return _show(request, _sheet(actor, db, found, shown, fragment=True, standing=shown.state))


@require_POST
@least("member")
def consent(request: HttpRequest, interview: int) -> HttpResponse:
    said = request.POST
    if said.get("agree") != "yes":
        messages.error(request, "Nothing is recorded until you tick the first box.")
    else:
        services.consent(
            actor_of(request),
            of_django(connection),
            interview,
            study=said.get("study") == "yes",
            named=said.get("named") == "yes",
            partner=said.get("partner") == "yes",
        )
    return redirect("interview", interview)


@require_POST
@least("member")
def pause(request: HttpRequest, interview: int) -> HttpResponse:
    services.pause(actor_of(request), of_django(connection), interview)
    messages.success(request, "Paused. It stays exactly as it is until you come back.")
    return redirect("interviews")


@require_POST
@least("member")
def resume(request: HttpRequest, interview: int) -> HttpResponse:
    services.resume(actor_of(request), of_django(connection), interview)
    return redirect("interview", interview)


@require_POST
@least("member")
def abandon(request: HttpRequest, interview: int) -> HttpResponse:
    services.abandon(actor_of(request), of_django(connection), interview)
    messages.success(request, "Called off. What was said stays with its expert, who may take it up again.")
    return redirect("interviews")


def _refused(request: HttpRequest, actor: Actor, db: Database, interview: int, error: SeciError) -> HttpResponse:
    """Without scripts: the question that waits, one sentence on what was wrong, and the words still in their field."""
    found = get_own(actor, db, interview)
    if found.consented_at is None:
        raise error
    filled = {name: request.POST.get(name, "") for name in ("text", "sure")}
    page = _sheet(
        actor,
        db,
        found,
        services.question(actor, db, interview),
        opened=in_order(request.POST.get("looked", "")),
        standing=found.state,
        filled=filled,
        remark=error.sentence,
    )
    return _show(request, page, status=error.status)


def _sheet(
    actor: Actor,
    db: Database,
    found: Elicitation,
    shown: Shown,
    *,
    standing: str,
    opened: tuple[str, ...] = (),
    filled: dict[str, str] | None = None,
    remark: str = "",
    fragment: bool = False,
) -> InterviewPage:
    return sheet(
        found,
        state_of(actor, db, found),
        shown.question,
        shown.number,
        standing=standing,
        opened=opened,
        filled=filled,
        remark=remark or services.remark_of(actor, db, found.id, shown.answered),
        fragment=fragment,
    )


def _show(request: HttpRequest, page: InterviewPage, status: int = 200) -> HttpResponse:
    template = "externalization/_interview.html" if page.fragment else "externalization/interview.html"
    return render(request, template, {"page": page}, status=status)
