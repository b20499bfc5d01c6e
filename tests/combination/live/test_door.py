"""Who may open a line, and from where; what is left of it after a kill."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from seci.kit.database import of_django
from seci.kit.errors import NotFound, Refused
from seci.library import services as library
from seci.site.live import LiveDoor, admitted, need_own_origin, still_welcome
from tests.cast import Actors
from tests.conftest import CommandLineInstance


@pytest.fixture
def page(actors: Actors) -> int:
    number = library.create(actors.dan, of_django(connection), "Reviews", "Text.")
    library.publish(actors.dan, of_django(connection), number)
    return number


def cookie_of(account: int | None) -> str:
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=account), "django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_members_write_guests_read_along(actors: Actors, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seci.site.live.close_old_connections", lambda: None)
    path = f"/library/{page}/together/line"
    _, member = admitted(path, cookie_of(actors.bob.account))
    assert (member(1).name, member(1).may_write) == ("Bob Learner", True)
    _, guest = admitted(path, cookie_of(actors.mallory.account))
    assert not guest(2).may_write
    for cookie in ("", f"{settings.SESSION_COOKIE_NAME}=made-up", "; =;"):
        with pytest.raises(Refused, match="Sign in"):
            admitted(path, cookie)
    for elsewhere in ("/library/999999/together/line", "/library/x/together/line", "/"):
        with pytest.raises(NotFound):
            admitted(elsewhere, cookie_of(actors.bob.account))


def test_a_line_to_a_draft_ends_when_its_holder_may_write_or_read_no_longer(
    actors: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seci.site.live.close_old_connections", lambda: None)
    base, bob = of_django(connection), actors.bob.person or 0
    draft = library.create(actors.dan, base, "Mine", "Not yet.")
    path, cookie = f"/library/{draft}/together/line", cookie_of(actors.bob.account)
    library.share(actors.dan, base, draft, bob, write=True)
    assert still_welcome(path, cookie, may_write=True)
    library.share(actors.dan, base, draft, bob)
    assert not still_welcome(path, cookie, may_write=True)
    assert still_welcome(path, cookie, may_write=False)
    library.unshare(actors.dan, base, draft, bob)
    assert not still_welcome(path, cookie, may_write=False)


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "http://127.0.0.1.evil.example", "file://", "http://127.0.0.1:9999"]
)
def test_a_line_from_elsewhere_is_refused(origin: str) -> None:
    with pytest.raises(Refused):
        need_own_origin(origin, "127.0.0.1:8000")
    need_own_origin("http://127.0.0.1:8000", "127.0.0.1:8000")


def test_a_name_that_is_not_ours_is_refused_even_where_host_and_origin_agree() -> None:
    with pytest.raises(Refused, match="not known under this name"):
        need_own_origin("http://evil.example", "evil.example")


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "http://localhost"}])
def test_a_refused_line_is_closed_before_it_is_open(headers: dict[str, str], db: None) -> None:
    sent: list[dict[str, Any]] = []

    async def knock() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message)

        listed = [(name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()]
        scope = {"type": "websocket", "path": "/nowhere", "query_string": b"", "headers": listed}
        door = LiveDoor()
        await door(scope, receive, send)
        await door.close()

    asyncio.run(knock())
    assert [message["type"] for message in sent] == ["websocket.close"]


CHILD = """
import itertools, sys
from seci.accounts import door
from seci.combination.live import room
from seci.combination.live.services import Journal
from seci.library import services as library
db = door.database()
page = library.create(door.actor(), db, "A page", "Begun.")
journal = Journal(lambda: db)
opened = journal.open(page)
state = opened.updates[0]
for number in itertools.count(1):
    update, state = room.outside(state, room.words_of([state]) + f" w{number}")
    journal.keep(page, [(update, None)])
    print(page, number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(instance: CommandLineInstance) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], env=dict(instance.environment), stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    for _ in range(20):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split("\n")
    child.wait()
    page, last = (rest[-2] if len(rest) > 1 else "1 20").split()
    look = (
        "from seci.accounts import door; from seci.combination.live import queries; "
        f"print(queries.now(door.database(), {page})[0])"
    )
    text = subprocess.run(
        [sys.executable, "-c", look], env=dict(instance.environment), capture_output=True, text=True, check=True
    ).stdout
    assert text.split()[1 : int(last) + 1] == [f"w{number}" for number in range(1, int(last) + 1)]
