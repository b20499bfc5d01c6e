"""Doors of accounts: come in by a link, say who you are, invite, tokens, sessions; what all pages do with a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib import messages
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from seci.accounts import queries, services
from seci.accounts.access import actor_of, note_session
from seci.accounts.actor import Actor, Role
from seci.accounts.guard import least
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Refused, SeciError

BACKEND = "django.contrib.auth.backends.ModelBackend"
Result = TypeVar("Result")


def done(
    request: HttpRequest,
    verb: Callable[[Actor, Database], Result],
    said: str | Callable[[Result], str],
    to: str,
    *at: object,
    anchor: str = "",
) -> HttpResponse:
    """Does it and goes to the page `to`, with a sentence on what came of it, or on why it was refused.

    said  the sentence, or what makes it of the result; "" where the page shows by itself what was done
    """
    try:
        result = verb(actor_of(request), of_django(connection))
    except SeciError as refusal:
        messages.error(request, refusal.sentence)
    else:
        if words := said if isinstance(said, str) else said(result):
            messages.success(request, words)
    where = redirect(to, *at)
    if anchor:
        where["Location"] += f"#{anchor}"
    return where


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@least("open")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link. Looking at it spends nothing, so a preview in a chat does not burn it; the page sends
    itself on as a POST, and a button stands there for browsers without scripts."""
    if request.method != "POST":
        account = queries.account_behind(token)
        page = {"account": account or "", "token": token, "sentence": "" if account else over()}
        return render(request, "site/enter.html", {"page": page}, status=200 if account else 410)
    try:
        user = services.spend_link(token)
    except Refused as error:
        page = {"account": "", "token": "", "sentence": error.sentence}
        return render(request, "site/enter.html", {"page": page}, status=410)
    login(request, user, backend=BACKEND)
    note_session(request)
    return redirect("/")


def over() -> str:
    return "This sign-in link has been used or is over; ask for a new one (`seci link` prints one)."


@require_POST
@least("admin")
def invite(request: HttpRequest) -> HttpResponse:
    """Shows the link once, on the settings page of whoever asked."""
    entry = services.invite(
        actor_of(request), request.POST.get("name", ""), role_in(request), email=request.POST.get("email", "")
    )
    request.session["fresh_link"] = request.build_absolute_uri(entry.path)
    return redirect("settings")


@require_POST
@least("admin")
def member_role(request: HttpRequest) -> HttpResponse:
    services.set_role(actor_of(request), number(request, "member"), role_in(request))
    messages.success(request, "The role is changed.")
    return redirect("settings")


@require_POST
@least("admin")
def member_close(request: HttpRequest) -> HttpResponse:
    services.close_account(actor_of(request), number(request, "member"))
    messages.success(request, "The account is closed.")
    return redirect("settings")


@require_POST
@least("guest")
def claim(request: HttpRequest) -> HttpResponse:
    if request.POST.get("act") == "back":
        services.unclaim(actor_of(request))
        messages.success(request, "Taken back. Nobody is asked to confirm it any more.")
        return redirect("settings")
    person = number(request, "person")
    if services.claim(actor_of(request), person):
        messages.success(request, "This account is tied to you now.")
    else:
        messages.info(request, "An admin has to confirm that this is you.")
    return redirect("settings")


@require_POST
@least("admin")
def claim_confirm(request: HttpRequest) -> HttpResponse:
    services.confirm_claim(actor_of(request), number(request, "member"))
    return redirect("settings")


@require_POST
@least("guest")
def token_create(request: HttpRequest) -> HttpResponse:
    days = number(request, "days") if request.POST.get("days") else 90
    role = role_in(request) if request.POST.get("role") else None
    secret = services.create_token(actor_of(request), request.POST.get("title", ""), role=role, days=days)
    request.session["fresh_token"] = secret
    return redirect("settings")


@require_POST
@least("guest")
def token_revoke(request: HttpRequest) -> HttpResponse:
    services.revoke_token(actor_of(request), number(request, "token"))
    return redirect("settings")


@require_POST
@least("guest")
def session_end(request: HttpRequest) -> HttpResponse:
    services.end_session(actor_of(request), number(request, "session"))
    return redirect("settings")


@require_POST
@least("guest")
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    count = services.sign_out_everywhere(actor_of(request), request.session.session_key)
    messages.success(request, f"Signed out in {count} other places.")
    return redirect("settings")


def number(request: HttpRequest, field: str) -> int:
    given = request.POST.get(field, "")
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise BadInput(f"The form has to say which {field} by its number; it said {given[:20]!r}.")
    return int(given)


def role_in(request: HttpRequest) -> Role:
    role = request.POST.get("role", "")
    services.need_role(role)
    return cast(Role, role)
