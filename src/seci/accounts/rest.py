"""The frame of REST: every operation says whom it lets in, and the same Actor comes through every door.

A room's `rest` module:

    router = Router(tags=["assets"])

    @router.get("/assets/{asset}")
    @least("member")
    def asset(request, asset: int) -> AssetOut:
        return queries.asset(actor_of(request), asset)

or, with ninja's own router, `@router.get(..., auth=Signed("member"))`. An operation that says neither stays shut.
What is sent to it is a `Schema` of this module, which passes over nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, TypeVar, cast

import ninja
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.utils import check_csrf
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

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


class Schema(BaseModel):
    """What is sent to an operation. A field that it does not know is refused: it may be one it knows, misspelled."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _name_the_nearest(cls, form: Any) -> Any:
        strange = [name for name in form if name not in cls.model_fields] if isinstance(form, dict) else []
        if strange:
            told = [InitErrorDetails(type=cls._refused(name), loc=(name,), input=None) for name in strange]
            raise ValidationError.from_exception_data(cls.__name__, told)
        return form

    @classmethod
    def _refused(cls, name: str) -> PydanticCustomError:
        near = get_close_matches(name[:80], cls.model_fields, 1)
        known = f"the nearest is {near[0]}" if near else f"those there are: {', '.join(cls.model_fields) or 'none'}"
        return PydanticCustomError("extra_forbidden", "there is no such field; {known}", {"known": known})


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
