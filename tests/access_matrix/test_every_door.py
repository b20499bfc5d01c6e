"""Every route of the house, asked with every role. A door that declares nothing fails here and lets nobody in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from seci.accounts import services
from seci.accounts.actor import ROLES, Actor
from seci.accounts.guard import LIBRARY_DOORS, Least, declared
from seci.accounts.models import Membership
from seci.accounts.rest import Signed

VISITORS = ("stranger", "without a role", *ROLES)
LIBRARIES = ("allauth",)


class Door(NamedTuple):
    path: str
    name: str
    method: str
    wanted: Least
    is_ours: bool


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, prefix + filled(each.pattern))
        else:
            yield prefix + filled(each.pattern), each


def filled(pattern: Any) -> str:
    """The route with something in each of its places."""
    text = str(pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__
        value = "1" if "Int" in kind else "x"
        text = text.replace(f"<{name}>", value)
        for spelled in ("int", "str", "slug", "uuid", "path"):
            text = text.replace(f"<{spelled}:{name}>", value)
    return text


def page_doors() -> list[Door]:
    found = []
    for path, pattern in patterns(get_resolver()):
        if path.startswith("api/") or "(?P" in path:
            continue
        view = pattern.callback
        method = "GET" if "GET" in allowed(view) else "POST"
        is_ours = not view.__module__.startswith(LIBRARIES)
        found.append(Door("/" + path, pattern.name or "", method, declared(view, pattern.name), is_ours))
    return found


def allowed(view: Any) -> set[str]:
    """The methods a view lets through, from Django's own decorators; GET where it says nothing."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and all(isinstance(one, str) for one in cell.cell_contents):
                return set(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def rest_doors() -> list[Door]:
    from seci.site.rest import api

    found = []
    for bound in api._get_bound_routers():
        for path_view in bound.path_operations.values():
            for operation in path_view.operations:
                wanted = declared_by(operation.auth_callbacks)
                path = f"/api/v1/{bound.prefix}{operation.path}".replace("//", "/").replace("//", "/")
                while "{" in path:
                    before, _, rest = path.partition("{")
                    path = before + "1" + rest.partition("}")[2]
                found.append(Door(path, operation.view_func.__name__, operation.methods[0], wanted, True))
    return found


def declared_by(keepers: Sequence[Any]) -> Least:
    """The role that the one keeper of an operation asks for; any other way of letting people in counts as none."""
    (keeper,) = keepers
    assert isinstance(keeper, Signed)
    return keeper.role


def doors() -> list[Door]:
    return page_doors() + rest_doors()


def enters(door: Door, visitor: str) -> bool:
    if door.wanted == "open":
        return True
    if door.wanted == "closed":
        return False
    if door.wanted == "account":
        return visitor != "stranger"
    return visitor in ROLES and Actor(1, None, visitor, "page").is_at_least(door.wanted)  # type: ignore[arg-type]


def test_every_door_of_the_house_declares_for_whom_it_opens() -> None:
    silent = [door.path for door in doors() if door.is_ours and door.wanted == "closed"]
    assert not silent, f"put @least(...) on the views of {silent}"


def test_there_are_doors() -> None:
    assert len(page_doors()) > 20
    assert len(rest_doors()) >= 1


def test_what_is_declared_for_a_library_is_there() -> None:
    names = {door.name for door in page_doors()}
    assert set(LIBRARY_DOORS) <= names


def test_only_sign_in_health_the_icon_and_a_signed_calendar_are_open_to_strangers() -> None:
    opened = {door.name for door in doors() if door.wanted == "open"}
    signing_in = {"enter", "account_login", "account_inactive", "mfa_authenticate"}
    assert opened == {"health", "favicon", "practice-calendar", *signing_in}


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.django_db
def test_every_door_opens_for_whom_it_says(visitor: str) -> None:
    """What lies behind may be missing or wrong input; the guard's own answers are what is told apart."""
    client = come_as(visitor)
    wrong = [f"{door.method} {door.path}: {fault}" for door in doors() if (fault := fault_of(client, door, visitor))]
    assert not wrong, "\n".join(wrong)


def come_as(visitor: str) -> Client:
    client = Client(raise_request_exception=False)
    if visitor != "stranger":
        user = User.objects.create(username=visitor)
        if visitor in ROLES:
            Membership.objects.create(user=user, role=visitor)
        client.force_login(user)
    return client


def fault_of(client: Client, door: Door, visitor: str) -> str:
    """What is wrong with the answer at a door; empty when it is as declared."""
    answer = client.generic(door.method, door.path)
    status = answer.status_code
    turned_away = status == 401 or (status == 302 and answer.headers["Location"].startswith("/accounts/login/?next="))
    if enters(door, visitor):
        if turned_away or status == 403 or status >= 500:
            return f"should open, but answered {status}"
    elif visitor == "stranger" and door.wanted != "closed":
        if not turned_away:
            return f"should ask who is there, but answered {status}"
    elif status != (404 if door.wanted == "closed" else 403):
        return f"should refuse, but answered {status}"
    return ""


@pytest.mark.django_db
def test_a_view_without_a_declaration_lets_nobody_in(rf: Any) -> None:
    from django.http import HttpResponse

    assert declared(lambda request: HttpResponse("secret"), "forgotten") == "closed"


def test_an_operation_without_a_declaration_is_not_taken() -> None:
    from seci.accounts.rest import Router

    router = Router()

    def leak(request: object) -> str:
        return "secret"

    with pytest.raises(TypeError, match="does not say whom it lets in"):
        router.get("/leak")(leak)


@pytest.mark.django_db
def test_a_session_may_not_write_through_rest_without_the_csrf_token() -> None:
    from django.test import RequestFactory

    from seci.accounts.guard import least
    from seci.accounts.rest import Router
    from seci.kit.errors import Refused

    router = Router()
    router.post("/write")(least("member")(lambda request: 1))
    user = User.objects.create(username="someone")
    Membership.objects.create(user=user, role="member")
    request = RequestFactory().post("/api/v1/write")
    request.user = user
    with pytest.raises(Refused, match="CSRF"):
        Signed("member")(request)
    token = services.create_token(Actor(user.pk, None, "member", "page"), "script")
    asked = RequestFactory().post("/api/v1/write", headers={"Authorization": f"Bearer {token}"})
    asked.user = user
    actor = Signed("member")(asked)
    assert actor is not None
    assert actor.door == "rest"
