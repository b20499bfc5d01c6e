"""The list of interviews, the starter conversions, and how an interview is opened."""

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
from seci.externalization import conversions, protocols, queries, services
from seci.externalization.access import is_own
from seci.externalization.showing.growth import grown
from seci.externalization.showing.meter import meter
from seci.externalization.showing.records import ConversionPage, InterviewsPage, Start
from seci.externalization.showing.retelling import retell
from seci.externalization.state import Setting
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole
from seci.people import queries as people


@require_safe
@least("member")
def interviews(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    start = Start(
        asset=whole(asked.get("asset")), conversion=asked.get("conversion", ""), bank=whole(asked.get("bank"))
    )
    return render(request, "externalization/interviews.html", {"page": _page(request, start)})


@require_safe
@least("member")
def conversion(request: HttpRequest, conversion: str) -> HttpResponse:
    """What a starter conversion asks and ends in, with its worked sample: a whole dialogue, told again."""
    found, sample = conversions.conversion(conversion), conversions.sample(conversion)
    state, made = sample.state, sample.draft
    page = ConversionPage(
        found,
        tuple(reversed(retell(sample.turns, state.undone | state.withdrawn))),
        made.body,
        grown(made.body, made.claims, state.judgements),
        meter(made.fidelity, len(made.residue)),
    )
    return render(request, "externalization/conversion.html", {"page": page})


@require_POST
@least("member")
def start(request: HttpRequest) -> HttpResponse:
    actor, db, said = actor_of(request), of_django(connection), request.POST
    asked = Start(
        asset=whole(said.get("asset")),
        bank=whole(said.get("bank")),
        conversion=said.get("conversion", ""),
        protocol=said.get("protocol", ""),
        decision=said.get("decision", "").strip(),
        minutes=whole(said.get("minutes")) or Setting().minutes,
        junior=said.get("junior") == "yes",
        expert=said.get("expert", "").strip(),
    )
    try:
        expert = people.named(actor, db, asked.expert) if asked.expert else None
        opened = services.open_interview(actor, db, _setting(asked), asset=asked.asset, bank=asked.bank, expert=expert)
    except SeciError as error:
        page = _page(request, replace(asked, error=error.sentence))
        return render(request, "externalization/interviews.html", {"page": page}, status=error.status)
    if is_own(actor, opened):
        return redirect("interview", opened.id)
    messages.success(request, "Opened. Make an invitation for its expert below.")
    return redirect("interview-manage", opened.id)


def _setting(asked: Start) -> Setting:
    setting = conversions.setting(asked.conversion) if asked.conversion else Setting()
    return replace(
        setting,
        decision=asked.decision or setting.decision,
        protocol=asked.protocol or setting.protocol,
        minutes=asked.minutes,
        junior=asked.junior,
    )


def _page(request: HttpRequest, start: Start) -> InterviewsPage:
    actor, db = actor_of(request), of_django(connection)
    rows = queries.interviews(actor, db)
    own = [row for row in rows if row.is_own]
    return InterviewsPage(
        going=tuple(row for row in own if row.state in ("open", "paused")),
        over=tuple(row for row in own if row.state in ("finished", "abandoned")),
        others=sum(not row.is_own for row in rows),
        conversions=conversions.conversions(),
        protocols=protocols.protocols(),
        assets=tuple((one.id, one.name) for one in assets.assets(actor, db) if one.state in ("proposed", "kept")),
        banks=tuple((row.bank.id, row.bank.title) for row in cases.all_banks(actor, db)),
        start=start,
        may_ask_others=actor.is_at_least("facilitator"),
    )
