"""Nobody comes in without being asked who they are, and every failure leaves as one sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from seci.accounts.access import visitor
from seci.accounts.guard import declared
from seci.kit.database import trouble
from seci.kit.errors import BadInput, NotFound, Refused, SeciError, Unavailable

log = logging.getLogger("seci.site")
Respond = Callable[[HttpRequest], HttpResponse]
REST = "/api/"
LONGEST_WAY_BACK = 2_000  # characters of the address that a stranger is led back to


class Guard:
    """Shut unless declared: asks every door for the least role it wants (`accounts.guard`)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        wanted = declared(view, match.url_name if match else None)
        if wanted == "open":
            return None
        if wanted == "closed":
            return answer(request, NotFound("There is no such page."))
        if wanted == "account" and request.user.is_authenticated:
            return None
        actor = visitor(request)
        if actor is None:
            return turn_away(request)
        if wanted != "account" and not actor.is_at_least(wanted):
            return answer(
                request, Refused(f"This needs the role {wanted} or more; yours is {actor.role}. Ask an admin.")
            )
        return None


class Sentences:
    """Turns errors into pages or JSON: the HTTP translator of `kit.errors`."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        allowed = response.headers.get("Allow")
        if response.status_code == 405 and allowed and request.method not in {"HEAD", "OPTIONS"}:
            sentence = f"This address takes {allowed}, not {request.method}."
            if is_page(request):
                sentence = "Only a form is sent to this address; go back to the page that it stands on."
            response = answer(request, Refused(sentence, code="method"), status=405)
            response.headers["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SeciError):
            # What goes through the object mapper meets the driver without the sentences of `kit.database`.
            known = trouble(error)
            if known is not None:
                log.warning("%s %s: %s", request.method, request.path, known.sentence, exc_info=error)
                return answer(request, known)
        if isinstance(error, SeciError):
            if isinstance(error, Unavailable):
                log.error("%s %s: %s", request.method, request.path, error.sentence)
            if error.code == "nobody" and is_page(request):
                messages.warning(request, error.sentence)
                return HttpResponseRedirect(reverse("settings"))
            return answer(request, error)
        return None


def turn_away(request: HttpRequest) -> HttpResponse:
    """A stranger: to the sign-in page from a page, 401 from REST. An account without a role is told so."""
    if request.path.startswith(REST) or is_fragment(request):
        refusal = Refused("Sign in, or send an API token as `Authorization: Bearer TOKEN`.", code="signed_out")
        response = answer(request, refusal, status=401)
        response["WWW-Authenticate"] = 'Bearer realm="SECI"'
        return response
    if request.user.is_authenticated:
        return answer(
            request,
            Refused("Your account has no role in this instance; ask an admin for one.", code="without_role"),
        )
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    if len(target) > LONGEST_WAY_BACK:
        target = "/"
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


def answer(request: HttpRequest, error: SeciError, status: int | None = None) -> HttpResponse:
    """The one sentence of an error, as the door at hand speaks: JSON, a fragment, or a page."""
    status = status or error.status
    if request.path.startswith(REST) or wants_json(request):
        return JsonResponse({"error": {"code": error.code, "sentence": error.sentence}}, status=status)
    page = {"status": status, "code": error.code, "sentence": error.sentence}
    return render(request, "site/error.html", {"page": page}, status=status)


def is_page(request: HttpRequest) -> bool:
    """Opened by a person who follows a link, and not sent, pasted in or asked for by a program."""
    reads = request.method in {"GET", "HEAD"} and not request.path.startswith(REST)
    return reads and not is_fragment(request) and not wants_json(request)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def is_fragment(request: HttpRequest) -> bool:
    """Asked for by htmx: a redirect to the sign-in page would be pasted into the page at hand."""
    return request.headers.get("HX-Request") == "true"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, NotFound("There is no such page."))


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the framework itself would not read: a foreign host, too many fields, a broken form."""
    if isinstance(exception, DisallowedHost):
        sentence = "This host is not served here; call it by the address that `seci up` names, or add it to SECI_HOSTS."
        return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")
    return answer(
        request, BadInput("The form could not be read; load the page again, and send less at once."), status=400
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Refused("This is not for you."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        Refused("The form came from elsewhere or was open for too long; load the page again.", code="csrf"),
    )


def broken(request: HttpRequest) -> HttpResponse:
    error = SeciError("Something went wrong that SECI did not expect; the log says what.")
    try:
        return answer(request, error)
    except Exception:
        # The frame of a page asks the database who is signed in, and the database may be what is broken.
        return HttpResponse(f"{error.sentence}\n", status=error.status, content_type="text/plain; charset=utf-8")
