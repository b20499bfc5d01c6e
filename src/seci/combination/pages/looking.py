"""Looking at merges: the list, and each step of one."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.combination.products import products
from seci.combination.proposals.queries import proposals
from seci.combination.queries import conflicts as contradictions
from seci.combination.queries import drafts, frames, outlines, picking, publishing, shelves
from seci.combination.recipes import recipes
from seci.combination.services import starting
from seci.combination.shelving.queries import shelf
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole


@require_safe
@least("member")
def merges(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    context = {
        "rows": frames.merges(actor, db, left=bool(request.GET.get("left"))),
        "asked": contradictions.requests(actor, db, mine=True, open_only=True),
        "left": bool(request.GET.get("left")),
    }
    return render(request, "combination/merges.html", context)


@require_http_methods(["GET", "POST"])
@least("member")
def new(request: HttpRequest) -> HttpResponse:
    """Picks sources, shows the licence of the result, starts."""
    actor, db = actor_of(request), of_django(connection)
    said = request.POST if request.method == "POST" else request.GET
    collections = [one for text in said.getlist("collection") if (one := whole(text))]
    documents = [one for text in said.getlist("document") if (one := whole(text))]
    concept = whole(said.get("concept"))
    accept, found, error, status = bool(said.get("nc")), None, "", 200
    if collections or documents or concept:
        try:
            found = picking.picking(
                actor, db, documents=documents, collections=collections, concept=concept, accept_nc=accept
            )
        except SeciError as refusal:
            # Whoever has just laid an artifact beside the pages goes on picking.
            error = "" if said.get("laid") else refusal.sentence
            status = refusal.status if request.method == "POST" else 200
    if request.method == "POST" and found is not None and not error:
        try:
            made = starting.start(
                actor, db, said.get("title", ""), documents=documents, collections=collections, concept=concept,
                recipe=said.get("recipe", ""), product=said.get("product", ""), asset=whole(said.get("asset")),
                everything=bool(said.get("everything")), accept_nc=accept,
            )  # fmt: skip
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
        else:
            return redirect("merge", made.id)
    context = {
        "page": shelves.pickable(actor, db, said.get("q", "")), "picking": found, "error": error, "said": said,
        "collections": collections, "documents": documents, "concept": concept, "accept": accept,
        "recipes": recipes(), "products": products(), "shelf": shelf(actor, db),
    }  # fmt: skip
    return render(request, "combination/new.html", context, status=status)


@require_safe
@least("member")
def merge(request: HttpRequest, merge: int) -> HttpResponse:
    page = outlines.sources(actor_of(request), of_django(connection), merge)
    return render(request, "combination/merge.html", {"page": page, "recipes": recipes(), "products": products()})


@require_safe
@least("member")
def progress(request: HttpRequest, merge: int) -> HttpResponse:
    """How far the reading is; asks again by itself while it goes on."""
    frame = frames.frame(actor_of(request), of_django(connection), merge)
    response = render(request, "combination/_progress.html", {"frame": frame})
    if not frame.is_reading:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@least("member")
def outline(request: HttpRequest, merge: int) -> HttpResponse:
    page = outlines.outlined(actor_of(request), of_django(connection), merge)
    return render(request, "combination/outline.html", {"page": page})


@require_safe
@least("member")
def same(request: HttpRequest, merge: int) -> HttpResponse:
    page = outlines.same(actor_of(request), of_django(connection), merge, request.GET.get("chapter", ""))
    return render(request, "combination/same.html", {"page": page})


@require_safe
@least("member")
def conflicts(request: HttpRequest, merge: int) -> HttpResponse:
    page = contradictions.conflicts(actor_of(request), of_django(connection), merge)
    proposed = {row.proposal.conflict for row in proposals(actor_of(request), of_django(connection))}
    return render(request, "combination/conflicts.html", {"page": page, "proposed": proposed})


@require_safe
@least("member")
def conflict(request: HttpRequest, conflict: int) -> HttpResponse:
    page = contradictions.conflict(actor_of(request), of_django(connection), conflict)
    proposed = proposals(actor_of(request), of_django(connection), conflict=conflict)
    return render(request, "combination/conflict.html", {"page": page, "proposed": proposed})


@require_safe
@least("member")
def gaps(request: HttpRequest, merge: int) -> HttpResponse:
    page = outlines.gaps(actor_of(request), of_django(connection), merge)
    return render(request, "combination/gaps.html", {"page": page})


@require_safe
@least("member")
def draft(request: HttpRequest, merge: int) -> HttpResponse:
    page = drafts.drafted(actor_of(request), of_django(connection), merge, whole(request.GET.get("r")))
    return render(request, "combination/draft.html", {"page": page})


@require_safe
@least("member")
def of_document(request: HttpRequest, document: int) -> HttpResponse:
    """From a playbook to where each of its sentences comes from."""
    found = frames.merge_of_document(actor_of(request), of_django(connection), document)
    return redirect("merge-draft", found)


@require_safe
@least("member")
def publish(request: HttpRequest, merge: int) -> HttpResponse:
    page = publishing.publishing(actor_of(request), of_django(connection), merge)
    return render(request, "combination/publish.html", {"page": page})


@require_safe
@least("member")
def review(request: HttpRequest, merge: int) -> HttpResponse:
    page = drafts.reviews(actor_of(request), of_django(connection), merge)
    return render(request, "combination/review.html", {"page": page})


@require_safe
@least("member")
def accuracy(request: HttpRequest, merge: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    context = {"page": publishing.accuracy(actor, db, merge), "frame": frames.frame(actor, db, merge)}
    return render(request, "combination/accuracy.html", context)


@require_safe
@least("member")
def asked(request: HttpRequest) -> HttpResponse:
    """What the actor was asked, and what others were."""
    actor, db = actor_of(request), of_django(connection)
    mine = contradictions.requests(actor, db, mine=True)
    return render(request, "combination/asked.html", {"mine": mine, "all": contradictions.requests(actor, db)})
