"""The door for agents: the Model Context Protocol over HTTP at /mcp, and over standard input and output.

Each request stands for itself (no session is kept), so any process may answer it. Over HTTP an agent brings an API
token; a browser's session is no key to this door, so no page elsewhere can use it. The SDK (a second of imports) is
loaded when the first agent knocks, beside the event loop.

Specification: https://modelcontextprotocol.io/specification
"""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.http.request import split_domain_port, validate_host

from seci import __version__
from seci.accounts.access import by_token, token_in
from seci.accounts.actor import Actor
from seci.accounts.tools import Tool, named, tools
from seci.kit.database import of_django
from seci.kit.errors import Refused, SeciError
from seci.site.elsewhere import for_agents

if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server
    from mcp.types import CallToolResult

log = logging.getLogger("seci.mcp")

ROOMS = (
    "site",
    "spiral",
    "cycle",
    "artifacts",
    "library",
    "cases",
    "externalization",
    "combination",
    "combination.proposals",
    "internalization.runs",
    "internalization.challenges",
    "internalization.proposals",
)
THREADS = 4
BYTES_AT_MOST = 1 << 20
INSTRUCTIONS = (
    "SECI says who knows what, what knowledge is at risk and what to do about it, and it draws experts' judgement out "
    "into artifacts that can be executed. Figures carry n, an interval and a status: pass them on with the figure. "
    "Null is unknown, never zero. Contact with an asset is no proof of skill, and nothing here ranks people."
)
in_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mcp")


def fill() -> tuple[Tool, ...]:
    """All tools of the house; a room has some if it has a module `tools`."""
    for room in ROOMS:
        if find_spec(f"seci.{room}.tools"):
            importlib.import_module(f"seci.{room}.tools")
    return tools()


def call(actor: Actor, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What a tool answers this actor. An error is an answer too: its code and its sentence, under `error`."""
    try:
        return named(name).call(actor, of_django(connection), arguments)
    except SeciError as error:
        return {"error": {"code": error.code, "sentence": for_agents(error.sentence)}}
    except Exception:
        log.exception("the tool %s failed", name)
        sentence = "Something went wrong that SECI did not expect; its log says what."
        return {"error": {"code": "unexpected", "sentence": sentence}}


def call_afresh(actor: Actor, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The same in a thread that lives long: hours may lie between two calls, and a connection may have ended."""
    close_old_connections()
    try:
        return call(actor, name, arguments)
    finally:
        close_old_connections()


def server(actor_of: Callable[[Any], Actor]) -> Server[Any]:
    """The protocol around the tools. `actor_of` says who asks, from the context of a request."""
    from mcp import types
    from mcp.server.lowlevel.server import Server

    everything = fill()

    async def list_tools(context: Any, parameters: Any) -> types.ListToolsResult:
        actor = actor_of(context)
        return types.ListToolsResult(tools=[as_listed(each) for each in everything if each.is_open_to(actor)])

    async def call_tool(context: Any, parameters: types.CallToolRequestParams) -> CallToolResult:
        loop, actor = asyncio.get_running_loop(), actor_of(context)
        answer = await loop.run_in_executor(in_threads, call_afresh, actor, parameters.name, parameters.arguments or {})
        error = answer.get("error") if set(answer) == {"error"} else None
        text = error["sentence"] if error else json.dumps(answer, ensure_ascii=False)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=answer, is_error=error is not None
        )

    return Server(
        "seci",
        title="SECI",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def as_listed(tool: Tool) -> Any:
    from mcp import types

    hints = types.ToolAnnotations(
        read_only_hint=not tool.changes, destructive_hint=False, idempotent_hint=not tool.changes, open_world_hint=False
    )
    return types.Tool(name=tool.name, description=tool.description, input_schema=tool.schema, annotations=hints)


class AgentDoor:
    """The ASGI application at /mcp: asks who is there, then hands the request to the SDK."""

    def __init__(self) -> None:
        self._opening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._over = asyncio.Event()
        self._manager: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            check_way(scope)
            secret = token_in(header(scope, b"authorization")) or ""
            loop = asyncio.get_running_loop()
            actor = await loop.run_in_executor(in_threads, whose, secret)
        except SeciError as error:
            await turn_away(send, error)
            return
        scope["seci.actor"] = actor
        await self.open()
        await self._manager.handle_request(scope, receive, send)

    async def open(self) -> None:
        """Loads the SDK once. Its manager lives in a task of its own, because it must end where it began."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._live())
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({ready, self._opening}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            failed, self._opening = self._opening, None
            failed.result()

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        self._manager = await loop.run_in_executor(in_threads, manager)
        async with self._manager.run():
            self._ready.set()
            await self._over.wait()

    async def close(self) -> None:
        self._over.set()
        if self._opening is not None:
            await self._opening


def manager() -> Any:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    made = server(lambda context: context.request.scope["seci.actor"])
    # Hosts and origins are asked for by `check_way`, by the same rules as for pages.
    return StreamableHTTPSessionManager(made, json_response=True, stateless=True, max_request_body_size=BYTES_AT_MOST)


def check_way(scope: Any) -> None:
    """Only hosts we are called by, and from a browser only our own pages: no rebinding of names, no foreign page."""
    host = header(scope, b"host")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise Refused("This host is not served here; add it to SECI_HOSTS.", code="host")
    origin = header(scope, b"origin")
    if origin and origin not in {settings.SECI_PUBLIC_URL, f"{scope['scheme']}://{host}"}:
        raise Refused("Pages of other places may not use this door.", code="origin")
    if settings.HTTPS and scope["scheme"] != "https":
        raise Refused("A token travels over https only.", code="https")


def whose(secret: str) -> Actor:
    close_old_connections()
    try:
        actor = by_token(secret)
    finally:
        close_old_connections()
    if actor is None:
        raise Refused("Send an API token as `Authorization: Bearer TOKEN`; the settings page makes one.", code="token")
    return replace(actor, door="mcp")


def header(scope: Any, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def turn_away(send: Any, error: SeciError) -> None:
    status = 401 if error.code == "token" else error.status
    body = json.dumps({"error": {"code": error.code, "sentence": error.sentence}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="SECI"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def over_pipes(actor: Actor) -> None:
    """Serves one agent on standard input and output until it closes them."""
    from mcp.server.stdio import stdio_server

    made = server(lambda context: actor)
    async with stdio_server() as (read, write):
        await made.run(read, write, made.create_initialization_options())
