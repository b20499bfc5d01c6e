"""The frame of REST: every operation says whom it lets in, and the same Actor comes through every door.

A room's `rest` module:

    router = Router(tags=["assets"])

    @router.get("/assets/{asset}")
    @least("member")
    def asset(request, asset: int) -> AssetOut:
        return queries.asset(actor_of(request), asset)

or, with ninja's own router, `@router.get(..., auth=Signed("member"))`. An operation that says neither stays shut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import ninja
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from seci.accounts.access import visitor
from seci.accounts.actor import Actor
from seci.accounts.guard import Least
from seci.kit.errors import NotFound, Refused
from seci.kit.terminal import as_data

Sent = TypeVar("Sent")
SAFE = {"GET", "HEAD", "OPTIONS"}


class Signed(HttpBearer):
    """Lets an API token or a session in, if its role is enough. The result is `request.auth`, an Actor."""

    def __init__(self, role: Least) -> None:
        super().__init__()
        self.role = role

    def __call__(self, request: HttpRequest) -> Actor | None:
        if self.role == "closed":
            raise NotFound("There is no such operation.")
        actor = visitor(request)
        by_token = bool(request.headers.get("Authorization"))
        if actor is None:
            if request.user.is_authenticated and not by_token:
                raise Refused("Your account has no role in this instance; ask an admin for one.", code="without_role")
            raise AuthenticationError
        if not by_token and request.method not in SAFE and check_csrf(request):
            raise Refused("A browser must send the CSRF token in X-CSRFToken; programs use an API token.", code="csrf")
        if self.role != "open" and self.role != "account" and not actor.is_at_least(self.role):
            raise Refused(f"This needs the role {self.role} or more; yours is {actor.role}.")
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Called by HttpBearer only, whose own reading of the header `__call__` replaces."""
        return None


def sent(value: Sent) -> Sent:
    """What an operation answers, as plain data. It keeps its type, which the OpenAPI document is written from."""
    return cast(Sent, as_data(value))


class Router(ninja.Router):
    """A ninja router that takes no operation which does not declare its least role."""

    def add_api_operation(self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any) -> None:
        role: Least | None = getattr(view_func, "least_role", None)
        if role is None:
            raise TypeError(
                f"{view_func.__module__}.{view_func.__name__} does not say whom it lets in; "
                "put @least(...) between the route and the function."
            )
        options["auth"] = Signed(role)
        super().add_api_operation(path, methods, view_func, **options)
