"""Doors of the partner, on the settings page: say who it is, try it, switch it, forget it."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.kit.database import of_django
from seci.kit.errors import BadInput
from seci.partner import services
from seci.partner.setting import SECONDS


@require_POST
@least("admin")
def choose(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    chosen = services.choose(
        actor_of(request),
        of_django(connection),
        sent.get("provider", ""),
        sent.get("model", ""),
        url=sent.get("url", ""),
        manner=sent.get("manner", ""),
        seconds=seconds_in(sent.get("seconds", "")),
        on=sent.get("on") == "yes",
        # An empty field leaves the key as it is; to do without one is a decision of its own.
        secret="" if sent.get("no_key") == "yes" else sent.get("key") or None,
    )
    messages.success(request, f"The partner is {chosen.model} at {chosen.host}.")
    return redirect("settings")


@require_POST
@least("admin")
def switch(request: HttpRequest) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    services.switch(actor_of(request), of_django(connection), on)
    messages.success(request, "The partner may be asked." if on else "The partner is left alone.")
    return redirect("settings")


@require_POST
@least("admin")
def try_out(request: HttpRequest) -> HttpResponse:
    tried = services.try_out(actor_of(request), of_django(connection))
    found = len(tried.heard.claims)
    if tried.ending == "answered":
        checks = f"{found} of its proposals passed the checks, {tried.heard.dropped} did not."
        messages.success(request, f"{tried.remark} {checks}")
    else:
        messages.error(request, tried.remark)
    return redirect("settings")


@require_POST
@least("admin")
def forget(request: HttpRequest) -> HttpResponse:
    services.forget(actor_of(request), of_django(connection))
    messages.success(request, "Partner and key are forgotten.")
    return redirect("settings")


def seconds_in(text: str) -> float:
    try:
        return float(text) if text.strip() else SECONDS
    except ValueError:
        raise BadInput(f"The seconds of a call are a number, such as 6; {text[:20]!r} is none.") from None
