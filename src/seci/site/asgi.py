"""One process, one port: Django's WSGI in a pool of threads, inside a thin ASGI shell.

Django's own ASGI handler starts a thread and opens a database connection for every request; here the threads, and
with them the connections, stay. What needs to hold a line open (websockets, event streams) gets its place in the
shell beside the pages, not inside Django.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from seci.site.wsgi import application as pages  # first: it makes Django ready for what follows

from seci.site.live import LiveDoor  # isort: skip
from seci.site.mcp import AgentDoor  # isort: skip

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = 8

AGENTS = "/mcp"

agents = AgentDoor()
lines = LiveDoor()
in_threads: Any = WSGIMiddleware(cast(Any, pages), workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and scope["path"].rstrip("/") == AGENTS:
        await agents(scope, receive, send)
    elif scope["type"] == "http":
        await in_threads(scope, receive, send)
    elif scope["type"] == "lifespan":
        await live(receive, send)
    else:
        await lines(scope, receive, send)


async def live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            lines.begin()
        if message["type"] == "lifespan.shutdown":
            await agents.close()
            await lines.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
