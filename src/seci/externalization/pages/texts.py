"""Words from other places: a text comes in, its candidate claims are confirmed one by one, a guide is written."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.assets import queries as assets
from seci.cases import queries as cases
from seci.externalization import queries, services
from seci.externalization.showing.excerpt import excerpt
from seci.externalization.showing.records import TextForm, TextPage, TextsPage
from seci.kit.database import of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole

LARGEST = 4_000_000
"""Bytes of a file sent through a page."""


@require_safe
@least("member")
def transcripts(request: HttpRequest) -> HttpResponse:
    return _texts(request, TextForm())


@require_POST
@least("member")
def add_transcript(request: HttpRequest) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST
    form = TextForm(
        title=said.get("title", "").strip(),
        text=said.get("text", ""),
        form=said.get("form", "document"),
        asset=whole(said.get("asset")),
        bank=whole(said.get("bank")),
    )
    try:
        form = _with_file(request, form)
        made = services.add_transcript(
            actor, db, form.title, form.text, form=form.form, asset=form.asset, bank=form.bank
        )
    except SeciError as error:
        return _texts(request, replace(form, error=error.sentence), error.status)
    if made.left_out:
        messages.info(
            request, f"{made.left_out:,} more were found than anybody confirms one by one; they are left out."
        )
    return redirect("transcript", made.transcript.id)


@require_safe
@least("member")
def transcript(request: HttpRequest, transcript: int) -> HttpResponse:
    """One candidate at a time beside the words it comes from; the next that waits, or the one named in the address."""
    found = queries.transcript(actor_of(request), of_django(connection), transcript)
    chosen = whole(request.GET.get("candidate"))
    waiting = [one for one in found.candidates if one.state == "proposed"]
    current = next((one for one in found.candidates if one.id == chosen), waiting[0] if waiting else None)
    spans = [(one.id, one.begins, one.ends) for one in found.candidates if one.state != "rejected" or one is current]
    page = TextPage(
        found.transcript,
        found.candidates,
        current,
        len(waiting),
        sum(one.state in ("confirmed", "corrected") for one in found.candidates),
        excerpt(found.transcript.text, spans, current.id if current else None),
    )
    return render(request, "externalization/transcript.html", {"page": page})


@require_POST
@least("member")
def decide(request: HttpRequest, transcript: int, candidate: int) -> HttpResponse:
    said = request.POST
    try:
        services.decide_candidate(
            actor_of(request), of_django(connection), candidate, said.get("verdict", ""), said.get("text", "")
        )
    except SeciError as error:
        messages.error(request, error.sentence)
        return redirect(f"{request.path.rsplit('/candidates/', 1)[0]}/?candidate={candidate}")
    return redirect("transcript", transcript)


@require_POST
@least("member")
def write_down(request: HttpRequest, transcript: int) -> HttpResponse:
    try:
        made = services.write_from_transcript(
            actor_of(request), of_django(connection), transcript, request.POST.get("title", "").strip()
        )
    except SeciError as error:
        messages.error(request, error.sentence)
        return redirect("transcript", transcript)
    messages.success(request, "Written down as a draft; every line rests on words that you confirmed.")
    return redirect("artifact", made.id)


def _with_file(request: HttpRequest, form: TextForm) -> TextForm:
    """The text of an uploaded file in place of a typed one. Raises BadInput for what is no text."""
    file = request.FILES.get("file")
    if file is None:
        return form
    if file.size is None or file.size > LARGEST:
        raise BadInput(f"The file has more than {LARGEST // 1_000_000} MB; bring it in in parts.")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file.name} is no text in UTF-8; save it as plain text and try again.") from error
    return replace(form, text=text, title=form.title or str(file.name))


def _texts(request: HttpRequest, form: TextForm, status: int = 200) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    page = TextsPage(
        tuple(queries.transcripts(actor, db)),
        form,
        tuple((one.id, one.name) for one in assets.assets(actor, db) if one.state in ("proposed", "kept")),
        tuple((row.bank.id, row.bank.title) for row in cases.all_banks(actor, db)),
    )
    return render(request, "externalization/transcripts.html", {"page": page}, status=status)
