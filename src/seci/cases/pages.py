"""Pages of cases: the banks, one bank with its attributes and cases, one case; tables in and out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.assets import queries as assets
from seci.assets.access import Asset
from seci.cases import queries, services
from seci.cases.attribute import Attribute
from seci.cases.queries import BankRow
from seci.cases.table import Table, decode
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole

LARGEST = 2_000_000
"""Bytes of a table sent through a page; larger ones go in through the terminal."""


@dataclass(frozen=True, slots=True)
class BanksPage:
    rows: tuple[BankRow, ...]
    assets: tuple[Asset, ...]
    error: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What an import would bring, before anything is written; `text` is sent again with the confirmation."""

    table: Table
    text: str
    title: str
    outcome: str
    asset: int | None
    bank: int | None


@require_safe
@least("member")
def banks(request: HttpRequest) -> HttpResponse:
    return _banks(request)


def _banks(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    page = BanksPage(
        rows=tuple(queries.all_banks(actor, db, q=request.GET.get("q", "").strip())),
        assets=tuple(assets.assets(actor, db)),
        error=error,
        title=request.POST.get("title", ""),
    )
    return render(request, "cases/banks.html", {"page": page}, status=status)


@require_safe
@least("member")
def bank(request: HttpRequest, bank: int) -> HttpResponse:
    page = queries.bank(
        actor_of(request),
        of_django(connection),
        bank,
        q=request.GET.get("q", "").strip(),
        page=whole(request.GET.get("page")) or 1,
    )
    return render(request, "cases/bank.html", {"page": page})


@require_safe
@least("member")
def case(request: HttpRequest, bank: int, key: str) -> HttpResponse:
    page = queries.case(actor_of(request), of_django(connection), bank, key)
    facts = [(one, page.case.values.get(one.key)) for one in page.bank.attributes]
    return render(request, "cases/case.html", {"page": page, "facts": facts})


@require_safe
@least("member")
def export(request: HttpRequest, bank: int) -> HttpResponse:
    """The bank as CSV; verdicts where all who judged a case agree."""
    text = queries.as_table(actor_of(request), of_django(connection), bank)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cases-{bank}.csv"'
    return answer


@require_POST
@least("member")
def import_(request: HttpRequest) -> HttpResponse:
    """First shows what the table holds, then, with the same text and a yes, brings it in."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    into, asset = whole(said.get("bank")), whole(said.get("asset"))
    title, outcome = said.get("title", ""), said.get("outcome", "")
    try:
        text = _table_in(request)
        if said.get("sure") != "yes":
            known = queries.bank(actor, db, into).bank.attributes if into is not None else ()
            table = services.preview(text, known=known, outcome=outcome)
            page = PreviewPage(table, text, title, outcome, asset, into)
            return render(request, "cases/preview.html", {"page": page})
        brought = services.import_table(actor, db, text, bank=into, title=title, outcome=outcome, asset=asset)
    except SeciError as error:
        return _banks(request, error.sentence, error.status)
    aside = f" {len(brought.faults)} rows were set aside." if brought.faults else ""
    messages.success(request, f"{brought.new} cases are new.{aside}")
    return redirect("case-bank", brought.bank.id)


def _table_in(request: HttpRequest) -> str:
    sent = request.FILES.get("file")
    if sent is None or isinstance(sent, list):
        text = request.POST.get("text", "")
    else:
        if (sent.size or 0) > LARGEST:
            raise BadInput("The file is over 2 MB; bring it in with `seci cases import FILE`.")
        text, _ = decode(sent.read())
    if not text.strip():
        raise BadInput("Choose a CSV file, or paste the table.")
    return text


@require_POST
@least("member")
def describe(request: HttpRequest, bank: int) -> HttpResponse:
    said = request.POST
    outcomes = [line for line in said.get("outcomes", "").splitlines() if line.strip()]

    def change(actor: Actor, db: Database) -> None:
        services.describe_bank(
            actor, db, bank, title=said.get("title"), decision=said.get("decision"), outcomes=outcomes
        )

    return done(request, change, "Saved.", "case-bank", bank)


@require_POST
@least("member")
def attribute(request: HttpRequest, bank: int, key: str) -> HttpResponse:
    said = request.POST
    levels = tuple(line.strip() for line in said.get("levels", "").splitlines() if line.strip())

    def change(actor: Actor, db: Database) -> None:
        services.describe_attribute(
            actor,
            db,
            bank,
            Attribute(
                key, said.get("name", ""), "number", said.get("unit", "").strip()[:24], number(said.get("low", "")),
                number(said.get("high", "")), levels, said.get("how_measured", "").strip()[:500],
            ),
        )  # fmt: skip

    return done(request, change, "Saved.", "case-bank", bank)


def number(text: str) -> float | None:
    """A number from a form; empty is unknown. Raises BadInput."""
    if not text.strip():
        return None
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise BadInput(f"{text.strip()[:20]!r} is no number; write it as 12 or 0.5, or leave it empty.") from error


@require_POST
@least("member")
def retire(request: HttpRequest, bank: int) -> HttpResponse:
    return done(request, lambda actor, db: services.retire_bank(actor, db, bank), "Out of use.", "cases")
