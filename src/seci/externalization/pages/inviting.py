"""Invitations, and what whoever looks after an interview may see: that it goes on, never what is said."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.externalization import queries, services
from seci.externalization.showing.records import InvitationPage, ManagePage
from seci.kit.database import of_django
from seci.kit.errors import NotFound, SeciError
from seci.kit.pager import whole

LINK = "interview_link"


@require_safe
@least("facilitator")
def all_interviews(request: HttpRequest) -> HttpResponse:
    """Every dialogue there is to look after, and how it stands."""
    rows = [row for row in queries.interviews(actor_of(request), of_django(connection)) if row.may_manage]
    return render(request, "externalization/all.html", {"page": rows})


@require_safe
@never_cache
@least("member")
def manage(request: HttpRequest, interview: int) -> HttpResponse:
    """One dialogue from outside: its state and its invitations. A fresh link is shown once."""
    actor, db = actor_of(request), of_django(connection)
    invitations = tuple(queries.invitations(actor, db, interview))
    row = next((one for one in queries.interviews(actor, db) if one.id == interview), None)
    if row is None:
        raise NotFound(f"There is no interview {interview} that you may look after.")
    fresh = request.session.pop(LINK, {})
    shown = fresh.get("link", "") if fresh.get("interview") == interview else ""
    return render(request, "externalization/manage.html", {"page": ManagePage(row, invitations, shown)})


@require_POST
@least("member")
def invite(request: HttpRequest, interview: int) -> HttpResponse:
    days = whole(request.POST.get("days")) or 14
    try:
        made = services.invite(actor_of(request), of_django(connection), interview, days=days)
    except SeciError as error:
        messages.error(request, error.sentence)
    else:
        link = request.build_absolute_uri(reverse("invitation", args=[made.secret]))
        request.session[LINK] = {"interview": interview, "link": link}
    return redirect("interview-manage", interview)


@require_POST
@least("member")
def revoke(request: HttpRequest, interview: int, invitation: int) -> HttpResponse:
    services.revoke(actor_of(request), of_django(connection), invitation)
    messages.success(request, "Withdrawn: this link opens nothing any more.")
    return redirect("interview-manage", interview)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@least("member")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The landing page of a link. Looking at it takes nothing, so a preview in a chat does not use it up."""
    actor, db = actor_of(request), of_django(connection)
    try:
        if request.method == "POST":
            return redirect("interview", services.take(actor, db, secret).id)
        found = services.look(actor, db, secret)
    except SeciError as error:
        page = InvitationPage(sentence=error.sentence)
        return render(request, "externalization/invitation.html", {"page": page}, status=error.status)
    if found.account is not None and found.account == actor.account:
        return redirect("interview", found.id)
    return render(request, "externalization/invitation.html", {"page": InvitationPage(secret, found.title)})
