"""The door of the lines over which several people write one page: who it is, from where, and which page.

A line is opened by the session of a browser. As any page elsewhere may open one in the name of whoever is signed in
here, the browser's word for where it comes from (Origin) has to be this instance; without that word it stays shut.

Protocol: RFC 6455; https://asgi.readthedocs.io/en/latest/specs/www.html#websocket
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import close_old_connections, connection
from django.http.request import validate_host

from seci.accounts.access import by_cookie
from seci.accounts.actor import Actor
from seci.kit.database import connect, of_django
from seci.kit.errors import NotFound, Refused, SeciError

if TYPE_CHECKING:
    from seci.combination.live.hub import Hub
    from seci.combination.live.room import Member

log = logging.getLogger("seci.live")

PATH = re.compile(r"/library/(\d{1,9})/together/line")
THREADS = 2

Scope = MutableMapping[str, Any]


class LiveDoor:
    def __init__(self) -> None:
        self.in_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="line")
        self.hub: Hub | None = None

    def room(self) -> Hub:
        """Made on the event loop that serves, with the first line; what it needs is loaded then, too."""
        from seci.combination.live.hub import Hub
        from seci.combination.live.services import Journal

        if self.hub is None:
            self.hub = Hub(Journal(lambda: connect(settings.INSTANCE)))
        return self.hub

    def begin(self) -> None:
        """What was typed before the server was killed becomes revisions, beside the start."""
        self.in_threads.submit(catch_up)

    async def __call__(
        self,
        scope: Scope,
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        await receive()  # websocket.connect
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        cookie = headers.get("cookie", "")
        try:
            need_own_origin(headers.get("origin", ""), headers.get("host", ""))
            document, member = await asyncio.get_running_loop().run_in_executor(
                self.in_threads, admitted, scope["path"], cookie
            )
        except SeciError as error:
            log.info("a line was refused: %s", error.sentence)
            await send({"type": "websocket.close", "code": 4003, "reason": error.code})
            return
        await send({"type": "websocket.accept"})
        history = parse_qs(scope["query_string"].decode("latin-1")).get("history", [""])[0]
        try:
            await self.room().enter(
                document,
                member,
                history,
                receive,
                send,
                lambda: still_welcome(scope["path"], cookie, member(0).may_write),
            )
        except SeciError as error:
            # A reason has at most 123 bytes.
            reason = error.sentence.encode()[:120].decode("utf-8", "ignore")
            await send({"type": "websocket.close", "code": 4004, "reason": reason})

    async def close(self) -> None:
        if self.hub:
            await self.hub.close()
        self.in_threads.shutdown()


def catch_up() -> None:
    from seci.combination.live.services import Journal

    journal = Journal(lambda: connect(settings.INSTANCE))
    try:
        journal.save_rest()
    except SeciError as error:
        log.warning("what was typed before the start waits on: %s", error.sentence)
    finally:
        journal.close()


def need_own_origin(origin: str, host: str) -> None:
    """Raises Refused for a line that a page elsewhere opens, and for one that does not say who opens it."""
    asked, own = urlsplit(origin), urlsplit(settings.SECI_PUBLIC_URL)
    is_own = bool(asked.netloc) and asked.netloc in {host, own.netloc}
    if not is_own or asked.scheme not in {"http", "https"}:
        raise Refused("This page is written from this instance alone.", code="origin")
    if not validate_host(asked.hostname or "", settings.ALLOWED_HOSTS):
        raise Refused("This instance is not known under this name.", code="host")


def admitted(path: str, cookie: str) -> tuple[int, Callable[[int], Member]]:
    """The page that is asked for, and who comes. Raises NotFound and Refused."""
    found = PATH.fullmatch(path)
    if found is None:
        raise NotFound("There is no such line.")
    from seci.combination.live.room import Member

    document = int(found[1])
    actor, name, may_write = looked_up(document, cookie)
    return document, lambda line: Member(line, actor.account, actor.person, name, may_write)


def looked_up(document: int, cookie: str) -> tuple[Actor, str, bool]:
    from seci.combination.live import queries

    close_old_connections()
    try:
        actor = by_cookie(cookie)
        if actor is None:
            raise Refused("Sign in to write this page.", code="signed_out")
        return actor, *queries.standing(actor, of_django(connection), document)
    finally:
        close_old_connections()


def still_welcome(path: str, cookie: str, may_write: bool) -> bool:
    """Whether whoever came may still read the page, and write in it as they could."""
    try:
        _, member = admitted(path, cookie)
    except (NotFound, Refused):
        return False
    return member(0).may_write == may_write
