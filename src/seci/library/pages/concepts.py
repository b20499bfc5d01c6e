"""The concept scheme in a browser: all concepts, one of them, as SKOS."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.kit.database import of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole
from seci.library import queries, services
from seci.people import queries as people


@require_http_methods(["GET", "POST"])
@least("guest")
def concepts(request: HttpRequest) -> HttpResponse:
    """All concepts; members add one."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    if request.method == "POST":
        try:
            made = services.add_concept(actor, db, said.get("label", ""), broader=whole(said.get("broader")))
            messages.success(request, f"{made.label} is a concept now.")
            return redirect("concepts")
        except SeciError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("concepts")
    context = {"tree": queries.tree(actor, db), "may_write": actor.is_at_least("member")}
    return render(request, "library/concepts.html", context)


@require_http_methods(["GET", "POST"])
@least("guest")
def concept(request: HttpRequest, concept: int) -> HttpResponse:
    """One concept; whoever answers for it changes it here."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    if request.method != "POST":
        row = queries.concept(actor, db, concept)
        may_change = actor.is_at_least("facilitator") or (
            actor.is_at_least("member") and actor.person is not None and actor.person == row.concept.owner
        )
        others = [one for one in queries.concepts(actor, db) if one.concept.id != concept]
        wider = [one.id for one in row.broader]
        context = {"row": row, "others": others, "wider": wider, "may_change": may_change}
        return render(request, "library/concept.html", context)
    try:
        act = said.get("act", "")
        if act == "words":
            alternatives = [one for one in said.get("alternatives", "").split(",") if one.strip()]
            owner = said.get("owner", "").strip()
            services.change_concept(
                actor, db, concept, label=said.get("label"), definition=said.get("definition"),
                alternatives=alternatives, owner=people.named(actor, db, owner) if owner else None,
            )  # fmt: skip
        elif act == "place":
            wider = [number for one in said.getlist("broader") if (number := whole(one)) is not None]
            services.place_concept(actor, db, concept, wider)
        elif act in ("relate", "part"):
            services.relate_concepts(actor, db, concept, whole(said.get("other")) or 0, related=act == "relate")
        elif act == "remove":
            services.remove_concept(actor, db, concept)
            return redirect("concepts")
        else:
            raise BadInput("Say what is to be changed: its words, its place, what is related.")
        messages.success(request, "Changed.")
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("concept", concept)


@require_safe
@least("guest")
def skos(request: HttpRequest) -> HttpResponse:
    """The scheme for other programs."""
    data = queries.skos(actor_of(request), of_django(connection))
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="concepts.jsonld"'
    return answer
