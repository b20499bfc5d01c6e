"""REST at /api/v1: rooms add their routers here. The schema is at /api/v1/openapi.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from seci import __version__
from seci.accounts.guard import least
from seci.accounts.rest import Signed
from seci.artifacts.rest import router as artifacts_router
from seci.cases.rest import router as cases_router
from seci.combination.graph.rest import router as graph_router
from seci.combination.live.rest import router as live_router
from seci.combination.proposals.rest import router as proposed_decisions_router
from seci.combination.rest import router as combination_router
from seci.combination.shelving.rest import router as shelving_router
from seci.cycle.rest import router as cycle_router
from seci.externalization.rest import router as externalization_router
from seci.internalization.challenges.rest import router as challenges_router
from seci.internalization.coaching.rest import router as coaching_router
from seci.internalization.exercises.rest import router as exercises_router
from seci.internalization.playing.rest import router as playing_router
from seci.internalization.proposals.rest import router as proposals_router
from seci.internalization.rest import router as internalization_router
from seci.internalization.runs.rest import router as runs_router
from seci.internalization.shadowing.rest import router as shadowing_router
from seci.internalization.sittings.rest import router as sittings_router
from seci.kit.errors import SeciError
from seci.library.rest import router as library_router
from seci.site.elsewhere import over_rest
from seci.site.openapi import Api
from seci.site.search import router as search_router
from seci.sources.documents.rest import router as imports_router
from seci.spiral.rest import router as spiral_router

api = Api(
    title="SECI",
    version=__version__,
    description="Who knows what, what is at risk, what to do next.",
    urls_namespace="rest",
    docs_url=None,
    # A router that does not bring its own keeper stays shut.
    auth=Signed("closed"),
    docs_decorator=least("guest"),
)
api.add_router("/", search_router)
api.add_router("/", spiral_router)
api.add_router("/", cycle_router)
api.add_router("/", cases_router)
api.add_router("/", artifacts_router)
api.add_router("/", library_router)
api.add_router("/", externalization_router)
api.add_router("/", runs_router)
api.add_router("/", challenges_router)
api.add_router("/", internalization_router)
api.add_router("/", exercises_router)
api.add_router("/", sittings_router)
api.add_router("/", shelving_router)
api.add_router("/", proposed_decisions_router)
api.add_router("/", combination_router)
api.add_router("/", live_router)
api.add_router("/", graph_router)
api.add_router("/", imports_router)
api.add_router("/", shadowing_router)
api.add_router("/", playing_router)
api.add_router("/", coaching_router)
api.add_router("/", proposals_router)


def sentence(request: HttpRequest, status: int, code: str, text: str, **more: Any) -> HttpResponse:
    return api.create_response(request, {"error": {"code": code, "sentence": text, **more}}, status=status)


@api.exception_handler(SeciError)
def on_seci_error(request: HttpRequest, error: SeciError) -> HttpResponse:
    return sentence(request, error.status, error.code, over_rest(error.sentence))


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = sentence(request, 401, "signed_out", "Sign in, or send an API token as `Authorization: Bearer TOKEN`.")
    response["WWW-Authenticate"] = 'Bearer realm="SECI"'
    return response


@api.exception_handler(ValidationError)
def on_bad_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """`details` names every field that is wrong, as it was sent."""
    details = [{**one, "loc": as_sent(one["loc"])} for one in error.errors]
    where, first = " ".join(".".join(map(str, details[0]["loc"])).split())[:80], details[0]
    said = "is missing" if first["type"] == "missing" else str(first["msg"])
    return sentence(request, 422, "bad_input", f"{where}: {said}.", details=details)


def as_sent(place: Sequence[Any]) -> list[Any]:
    """Where a value stood in the request: body, path or query first, then the fields down to it."""
    head, *rest = place
    return [head, *rest[1:]] if head == "body" else [head, *rest]


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return sentence(request, 404, "not_found", "There is nothing here.")


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ValueError):
        return sentence(request, error.status_code, "bad_input", f"The body is no JSON ({error.__cause__}).")
    return sentence(request, error.status_code, "bad_request", f"{error.message}.")


def routes() -> tuple[list[Any], str, str]:
    """The URLs of the API. The guard lets them pass, because `accounts.rest` asks at each operation."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        callback = getattr(pattern, "callback", None)
        if callback is not None and not hasattr(callback, "least_role") and getattr(pattern, "name", "") != "api-root":
            callback.least_role = "open"
    return patterns, app, namespace
