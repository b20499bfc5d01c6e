"""Challenges on pages: raised at a node or a case, listed, decided."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.internalization.challenges import queries, services
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole


@require_safe
@least("member")
def challenges(request: HttpRequest) -> HttpResponse:
    artifact, document = whole(request.GET.get("artifact")), whole(request.GET.get("document"))
    page = queries.challenges(
        actor_of(request), of_django(connection), artifact=artifact, document=document,
        state=request.GET.get("state", ""),
    )  # fmt: skip
    return render(request, "challenges/challenges.html", {"page": page})


@require_http_methods(["GET", "POST"])
@least("member")
def contest(request: HttpRequest, artifact: int) -> HttpResponse:
    """The form behind "this is wrong", for a node or a case."""
    actor, db = actor_of(request), of_django(connection)
    said = request.POST if request.method == "POST" else request.GET
    node, case, error, status = said.get("node", ""), whole(said.get("case")), "", 200
    if request.method == "POST":
        try:
            made = services.challenge(
                actor, db, artifact, said.get("sentence", ""), node=node, change=said.get("change", ""), case=case,
                revision=whole(said.get("revision")),
            )  # fmt: skip
            messages.success(request, "It waits for the decision of whoever answers for the artifact.")
            return redirect("challenge", made.id)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    page = queries.contest(actor, db, artifact, node=node, case=case)
    return render(request, "challenges/new.html", {"page": page, "said": said, "error": error}, status=status)


@require_http_methods(["GET", "POST"])
@least("member")
def contest_document(request: HttpRequest, document: int) -> HttpResponse:
    """The form behind "this is wrong" on a page of the library."""
    actor, db = actor_of(request), of_django(connection)
    said = request.POST if request.method == "POST" else request.GET
    revision, error, status = whole(said.get("r")), "", 200
    if request.method == "POST":
        try:
            made = services.challenge_document(
                actor, db, document, said.get("sentence", ""), quote=said.get("quote", ""),
                change=said.get("change", ""), revision=revision,
            )  # fmt: skip
            messages.success(request, "It waits for the decision of whoever answers for the page.")
            return redirect("challenge", made.id)
        except SeciError as refusal:
            error, status = refusal.sentence, refusal.status
    page = queries.contest_document(actor, db, document, revision)
    return render(request, "challenges/of_page.html", {"page": page, "said": said, "error": error}, status=status)


@require_safe
@least("member")
def challenge(request: HttpRequest, challenge: int) -> HttpResponse:
    page = queries.challenge(actor_of(request), of_django(connection), challenge)
    return render(request, "challenges/challenge.html", {"page": page, "text": page.text, "said": {}})


@require_POST
@least("member")
def decide(request: HttpRequest, challenge: int) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST
    resolution, changes = said.get("resolution", ""), said.get("resolution") in ("amend", "split", "drop")
    try:
        services.decide(
            actor, db, challenge, "retire" if resolution == "drop" else resolution, said.get("reason", ""),
            text=said.get("text", "").replace("\r\n", "\n") if changes else "", base=whole(said.get("base")),
        )  # fmt: skip
    except SeciError as refusal:
        page = queries.challenge(actor, db, challenge)
        context = {"page": page, "text": said.get("text", ""), "said": said, "error": refusal.sentence}
        return render(request, "challenges/challenge.html", context, status=refusal.status)
    messages.success(request, "Decided.")
    return redirect("challenge", challenge)


@require_POST
@least("member")
def look(request: HttpRequest, artifact: int) -> HttpResponse:
    """Looks through panels and attempts for what speaks against an artifact."""
    where = done(
        request,
        lambda actor, db: services.look(actor, db, artifact),
        lambda found: f"{len(found)} new." if found else "Nothing new speaks against it.",
        "challenges",
    )
    where["Location"] += f"?artifact={artifact}"
    return where
