"""What an expert of a panel sees: one case at a time, and nothing of what others judged."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.artifacts.access import get_artifact
from seci.internalization import queries, services
from seci.internalization.at_hand import offers
from seci.internalization.pages.calling import confidences, ranking_in, sure_in, wants_words
from seci.internalization.pages.showing import PanelPage
from seci.internalization.views import PanelCase
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole


@require_safe
@never_cache
@least("member")
def panels(request: HttpRequest) -> HttpResponse:
    """Artifacts for whose panel the visitor may judge: those with cases that they do not practise."""
    actor = actor_of(request)
    rows = [one for one in offers(actor, of_django(connection)) if one.cases and not one.practises]
    return render(request, "internalization/panels.html", {"page": rows, "person": actor.person})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def panel(request: HttpRequest, artifact: int) -> HttpResponse:
    """The next case to judge blindly; an answer leads to the one after it."""
    actor, db = actor_of(request), of_django(connection)
    if request.method != "POST":
        return _ask(request, actor, db, artifact)
    sent = request.POST
    try:
        chosen = sent.get("place-1") or sent.get("option", "")
        if not chosen:
            raise BadInput("Choose an option first; nothing is stored yet.")
        ranking = ranking_in(sent, whole(sent.get("places")) or 0)
        services.answer_panel(
            actor,
            db,
            whole(sent.get("case")) or 0,
            chosen,
            reason=sent.get("reason", ""),
            cue=sent.get("cue", ""),
            confidence=sure_in(sent),
            latency_ms=whole(sent.get("latency")),
            ranking=ranking,
        )
    except SeciError as error:
        if wants_words(request):
            return HttpResponse(error.sentence, status=error.status, content_type="text/plain; charset=utf-8")
        filled = {name: str(sent[name]) for name in sent}
        return _ask(request, actor, db, artifact, filled, error)
    messages.success(request, "Stored. The next one:")
    return HttpResponse(status=204) if wants_words(request) else redirect("practice-panel", artifact)


def _ask(
    request: HttpRequest,
    actor: Actor,
    db: Database,
    artifact: int,
    filled: dict[str, str] | None = None,
    error: SeciError | None = None,
) -> HttpResponse:
    asked = queries.panel_next(actor, db, artifact)
    kept = filled or {}
    if asked is None or kept.get("case") != str(asked.case):
        kept = {}
    page = PanelPage(
        artifact=artifact,
        title=get_artifact(actor, db, artifact).title,
        case=asked,
        sure=confidences(len(asked.options)) if asked else (),
        filled=kept,
        remark=error.sentence if error else "",
        places=_places(asked, kept) if asked else (),
    )
    return render(request, "internalization/panel.html", {"page": page}, status=error.status if error else 200)


def _places(asked: PanelCase, kept: dict[str, str]) -> tuple[tuple[int, str], ...]:
    """The places of a ranking with what was chosen for each; none where one option is enough."""
    if not asked.ranks:
        return ()
    return tuple((place, kept.get(f"place-{place}", "")) for place in range(1, len(asked.options) + 1))
