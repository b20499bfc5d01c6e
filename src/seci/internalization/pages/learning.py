"""What a learner sees: where they stand, today's round one case at a time, what came of each."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.artifacts.access import get_artifact
from seci.internalization import queries, services
from seci.internalization.access import Attempt, attempt_in, case_of, get_round
from seci.internalization.at_hand import offers, round_progress, round_view
from seci.internalization.coaching import queries as coaching
from seci.internalization.coaching import services as coached
from seci.internalization.coaching.access import habit
from seci.internalization.exercises.interruption import number_of
from seci.internalization.pages.calling import answer_in, confidences, shares_of, wants_words
from seci.internalization.pages.feed import address_of
from seci.internalization.pages.showing import CasePage, PracticeHome, RevealPage, RoundPage
from seci.internalization.revealing import reveal
from seci.kit.clock import now
from seci.kit.database import Database, of_django
from seci.kit.errors import Conflict, NotFound, SeciError
from seci.kit.pager import whole


@require_safe
@never_cache
@least("member")
def practice(request: HttpRequest) -> HttpResponse:
    """Where one stands on each pattern and why; nobody else sees this page."""
    actor, db = actor_of(request), of_django(connection)
    found = offers(actor, db)
    prepares = any(one.may_prepare for one in found)
    if actor.person is None:
        return render(request, "internalization/nobody.html", {"prepares": prepares})
    own = queries.own(actor, db)
    due = tuple(one for one in own.patterns if one.day <= own.today)
    late = sum(one.day > own.today and one.due_at is not None and one.due_at < now() for one in own.patterns)
    page = PracticeHome(
        own=own,
        due=due,
        later=tuple(one for one in own.patterns if one not in due),
        to_begin=tuple(one for one in found if one.patterns and one.fresh and not one.practises),
        round=round_progress(actor, db, own.open_round) if own.open_round else None,
        prepares=prepares,
        calendar=address_of(request, actor),
        practised=tuple(dict.fromkeys((one.artifact, one.artifact_title) for one in own.patterns)),
        spread=late,
        easy=habit(db, actor.person).easy,
        remarks=tuple(coaching.new_remarks(actor, db)),
    )
    return render(request, "internalization/practice.html", {"page": page})


@require_POST
@least("member")
def begin(request: HttpRequest) -> HttpResponse:
    artifact = whole(request.POST.get("artifact")) or 0
    return done(
        request,
        lambda actor, db: services.begin(actor, db, artifact),
        lambda new: f"{new} patterns are yours to practise now.",
        "practice",
    )


@require_POST
@least("member")
def open_round(request: HttpRequest) -> HttpResponse:
    """Today's round, made now if there is none."""
    more = request.POST.get("more") == "yes"
    try:
        found = services.today(actor_of(request), of_django(connection), more=more)
    except SeciError as error:
        messages.error(request, error.sentence)
        return redirect("practice")
    if found.empty:
        messages.warning(request, found.empty)
        return redirect("practice")
    return redirect("practice-round", found.id)


@require_safe
@never_cache
@least("member")
def round_(request: HttpRequest, round_: int) -> HttpResponse:
    """Leads to the case that waits; once none does, what came of the round."""
    actor, db = actor_of(request), of_django(connection)
    try:
        shown = services.next_case(actor, db, round_)
    except Conflict as refusal:
        # The artifact is shut while a test on it is open.
        messages.warning(request, refusal.sentence)
        return redirect("practice")
    if shown is not None:
        return redirect("practice-case", round_, shown.case)
    view = round_view(actor, db, round_)
    page = RoundPage(
        view, sum(one.right for one in view.reveals), tuple(one.next_time for one in view.reveals if one.next_time)
    )
    return render(request, "internalization/round.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def case(request: HttpRequest, round_: int, case: int) -> HttpResponse:
    """One case of a round: to be judged while it waits, with what came of it from then on. Whichever way somebody
    comes back here (another tab, the back button, a reload), the address tells the truth."""
    actor, db = actor_of(request), of_django(connection)
    if request.method == "POST":
        return _commit(request, actor, db, round_, case)
    found = get_round(actor, db, round_)
    attempt = attempt_in(db, found.id, case)
    if attempt is not None and attempt.committed_at is not None:
        return render(request, "internalization/reveal.html", {"page": _revealed(actor, db, attempt, round_)})
    return _ask(request, actor, db, round_, case)


@require_POST
@least("member")
def look(request: HttpRequest, attempt: int) -> HttpResponse:
    """Opens the artifact for a case at which that is allowed. It opens beside the case, which stays as it is."""
    artifact, revision = services.look_up(actor_of(request), of_django(connection), attempt)
    response = redirect("artifact", artifact)
    response["Location"] += f"?r={revision}"
    return response


@require_POST
@least("member")
def card(request: HttpRequest, attempt: int) -> HttpResponse:
    """The answer to whoever came in; nothing is sent back but that it was heard."""
    try:
        services.answer_card(actor_of(request), of_django(connection), attempt, request.POST.get("answer", ""))
    except SeciError as refusal:
        return HttpResponse(refusal.sentence, status=refusal.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
@least("member")
def line(request: HttpRequest, attempt: int) -> HttpResponse:
    """The learner's own line; then the next case."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    where = whole(said.get("round")) or 0
    if said.get("line", "").strip() or said.get("had"):
        try:
            services.note(actor, db, attempt, said.get("line", ""))
        except SeciError as error:
            messages.error(request, error.sentence)
            return redirect("practice-case", where, whole(said.get("case")) or 0)
    return redirect("practice-round", where)


def _ask(
    request: HttpRequest, actor: Actor, db: Database, round_: int, case: int,
    *, filled: dict[str, str] | None = None, remark: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = services.next_case(actor, db, round_)
    if shown is None or shown.case != case:
        if not any(pick[0] == case for pick in get_round(actor, db, round_).picks):
            raise NotFound("This case is not part of your round; open practice, and it brings the case that waits.")
        return redirect("practice-round", round_)
    page = CasePage(shown, confidences(len(shown.options)), filled or {}, remark)
    return render(request, "internalization/case.html", {"page": page}, status=status)


def _commit(request: HttpRequest, actor: Actor, db: Database, round_: int, case: int) -> HttpResponse:
    """Commits; a script gets an empty answer once it is stored, and asks for the same address."""
    sent = request.POST
    try:
        _card(actor, db, sent)
        told = services.commit(actor, db, round_, case, answer_in(sent))
    except SeciError as error:
        if wants_words(request):
            return HttpResponse(error.sentence, status=error.status, content_type="text/plain; charset=utf-8")
        filled = {name: sent.get(name, "") for name in ("option", "sure", "cue")}
        return _ask(request, actor, db, round_, case, filled=filled, remark=error.sentence, status=error.status)
    if told.kept is not None:
        number = number_of(told.attempt)
        messages.info(request, "You kept the number in mind." if told.kept else f"The number was {number}.")
    return HttpResponse(status=204) if wants_words(request) else redirect("practice-case", round_, case)


def _card(actor: Actor, db: Database, sent: QueryDict) -> None:
    """Where no script brought the interruption, it is answered with the case."""
    attempt = whole(sent.get("attempt"))
    if sent.get("card") and attempt is not None:
        services.answer_card(actor, db, attempt, str(sent["card"]))


def _revealed(actor: Actor, db: Database, attempt: Attempt, round_: int) -> RevealPage:
    case, told = case_of(db, attempt.case), reveal(actor, db, attempt)
    found = get_round(actor, db, round_)
    said = coaching.remarks(actor, db, attempt.id)
    if any(one.is_new for one in said):
        coached.read_remarks(actor, db)
    picks = [pick[0] for pick in found.picks]
    return RevealPage(
        round=round_,
        place=picks.index(case.id) + 1,
        total=len(picks),
        title=case.title,
        situation=case.situation,
        artifact=case.artifact,
        artifact_title=get_artifact(actor, db, case.artifact).title,
        confidence=None if attempt.confidence is None else round(attempt.confidence * 100),
        cue=attempt.cue,
        reveal=told,
        shares=shares_of(told.shares, told.key, told.option),
        is_last=picks[-1] == case.id,
        placing=found.kind == "placement" and found.state == "open",
        node=told.parted_node or (case.nodes[-1] if case.nodes else ""),
        remarks=said,
    )
