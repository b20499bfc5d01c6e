"""The practice calendar: an address that needs no sign-in, for calendar programs."""

from __future__ import annotations

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from seci.accounts.access import by_account
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.internalization import queries
from seci.internalization.coaching.access import habit
from seci.internalization.feed import calendar
from seci.kit.clock import DAY, now
from seci.kit.database import of_django
from seci.kit.errors import NotFound

SALT = "practice-calendar"
LONGEST = 400 * 86_400  # seconds that an address is good for
OFF = "off"
OVER = "This calendar address is over or not whole; copy the one that your practice page shows."


def address_of(request: HttpRequest, actor: Actor) -> str:
    """The address of one's own calendar; "" for the terminal, which has no account, and where it was ended."""
    if actor.account is None or actor.person is None:
        return ""
    stamp = habit(of_django(connection), actor.person).calendar
    token = signing.dumps([actor.account, stamp], salt=SALT)
    return "" if stamp == OFF else request.build_absolute_uri(reverse("practice-calendar", args=[token]))


@require_safe
@least("open")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Days with practice due, for whoever holds the address. Says only how many patterns; ends with the account."""
    try:
        account, stamp = signing.loads(token, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, TypeError, ValueError):
        raise NotFound(OVER) from None
    actor = by_account(account)
    if (
        actor is None
        or actor.person is None
        or stamp == OFF
        or habit(of_django(connection), actor.person).calendar != stamp
    ):
        raise NotFound(OVER)
    own = queries.own(actor, of_django(connection))
    text = calendar(
        (one.day * DAY for one in own.patterns), now(), request.build_absolute_uri(reverse("practice")), str(account)
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="practice.ics"'
    response["Cache-Control"] = "private, max-age=3600"
    return response
