"""The door for agents: the real client of the SDK, over HTTP and over pipes, and every tool with every role."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from seci.accounts.actor import ROLES, Actor, Role
from seci.accounts.tools import Tool, tool
from seci.kit.database import Database
from seci.kit.errors import BadInput, Refused
from seci.site import mcp
from tests.conftest import CommandLineInstance
from tests.repositories import Commit
from tests.site.test_up import running, wait_for
from tests.terminal import seci

TOOLS = mcp.fill()
REPOSITORY = Path(__file__).parents[2]
# What a tool is asked with where it must be asked something.
GIVEN: dict[str, Any] = {"string": "x", "integer": 1, "number": 1.0, "boolean": False, "array": ["x"], "object": {}}


def filled(each: Tool) -> dict[str, Any]:
    schema = each.schema
    return {name: GIVEN[kind_of(schema["properties"][name])] for name in schema.get("required", ())}


def kind_of(part: dict[str, Any]) -> str:
    return str(part.get("type") or next(one["type"] for one in part["anyOf"] if one["type"] != "null"))


def test_there_are_tools_and_each_says_what_it_is_for() -> None:
    assert {"who_can_help", "what_is_at_risk", "what_next", "what_if_leaves", "recommend_reviewers", "search"} <= {
        each.name for each in TOOLS
    }
    for each in TOOLS:
        assert each.summary.endswith((".", "?")), each.name
        assert each.schema["type"] == "object"
        assert each.schema["additionalProperties"] is False
        assert "actor" not in each.schema.get("properties", {})


def test_the_page_on_agents_names_every_tool() -> None:
    page = (REPOSITORY / "docs" / "agents.md").read_text()
    rows = [f"| `{t.name}` | {t.role} | {'yes' if t.changes else 'no'} | {t.summary} |" for t in TOOLS]
    listed = [line for line in page.splitlines() if line.startswith("| `")]
    assert listed == rows, "\n".join(["docs/agents.md should say:", *rows])


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_tool_opens_for_whom_it_says(role: Role) -> None:
    actor = Actor(None, None, role, "mcp")
    for each in TOOLS:
        error = mcp.call(actor, each.name, filled(each)).get("error", {})
        turned_away = error.get("sentence", "").startswith(f"This needs the role {each.role} or more")
        assert turned_away is not each.is_open_to(actor), (each.name, error)
        assert error.get("code") != "unexpected", (each.name, error)


@pytest.mark.django_db
def test_an_unknown_tool_and_wrong_arguments_are_one_sentence() -> None:
    actor = Actor(None, None, "member", "mcp")
    assert mcp.call(actor, "fly", {})["error"]["code"] == "not_found"
    wrong = mcp.call(actor, "search", {"text": "x", "limit": 1000})["error"]
    assert (wrong["code"], wrong["sentence"][:6]) == ("bad_input", "limit:")
    strange = mcp.call(actor, "search", {"text": "x", "role": "admin"})["error"]
    assert strange["sentence"] == "role: search has no such argument; it takes text, limit."
    assert mcp.call(actor, "search", {})["error"]["sentence"] == "text: is missing."


@pytest.mark.django_db
def test_a_failure_of_ours_tells_an_agent_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def leak(*given: object) -> None:
        raise RuntimeError("the password is sesame")

    monkeypatch.setattr(mcp, "named", leak)
    answer = mcp.call(Actor(None, None, "member", "mcp"), "search", {"text": "x"})
    assert answer["error"]["code"] == "unexpected"
    assert "sesame" not in str(answer)


def test_two_rooms_cannot_have_a_tool_of_one_name() -> None:
    def search(actor: Actor, db: Database) -> None: ...

    with pytest.raises(ValueError, match="already"):
        tool("search", "guest")(search)


@pytest.mark.django_db
def test_a_role_is_asked_before_anything_is_read(db: None) -> None:
    each = next(one for one in TOOLS if one.role != "guest")
    with pytest.raises(Refused):
        each.call(Actor(None, None, "guest", "mcp"), object(), {"nonsense": 1})  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        each.call(Actor(None, None, "admin", "mcp"), object(), {"nonsense": 1})  # type: ignore[arg-type]


def test_the_server_starts_without_the_heavy_libraries() -> None:
    """They are loaded when the first agent or partner comes."""
    script = (
        "import sys, seci.site.asgi; "
        "print(*[name for name in ('mcp', 'pydantic_ai', 'openai', 'anthropic', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def token(instance: CommandLineInstance, role: Role) -> str:
    done = instance.run("token", "create", role, "--role", role, "--json")
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["token"])


@pytest.fixture
def repository(make_repository: Callable[..., Path]) -> Path:
    return make_repository(
        [
            Commit("Alice", f"2026-0{1 + n % 9}-02", {f"engine/part{n}.py": f"x = {n}", "engine/core.py": f"y = {n}"})
            for n in range(12)
        ],
        name="works",
    )


def ask(url: str, secret: str, questions: Callable[[Any], Awaitable[Any]], mode: str = "auto") -> Any:
    """Runs `questions` with a connected client of the SDK."""

    async def talk() -> Any:
        import httpx2
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client

        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {secret}"}, timeout=60) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode) as client,
        ):
            return await questions(client)

    return asyncio.run(talk())


def test_an_agent_over_http(instance: CommandLineInstance, repository: Path) -> None:
    assert instance.run("scan", repository).returncode == 0
    member, guest = token(instance, "member"), token(instance, "guest")
    with running(instance, repository) as (server, said):
        url = said["url"]

        async def both(client: Any) -> tuple[set[str], Any, Any, Any]:
            names = {each.name for each in (await client.list_tools()).tools}
            risk = await client.call_tool("what_is_at_risk", {})
            name = risk.structured_content["rows"][0]["asset"]["name"]
            helped = await client.call_tool("who_can_help", {"asset": name})
            many = await asyncio.gather(*(client.call_tool("search", {"text": "engine"}) for _ in range(12)))
            return names, risk, helped, many

        for mode in ("auto", "legacy"):
            names, risk, helped, many = ask(url, member, both, mode)
            assert "who_can_help" in names
            assert "what_if_leaves" not in names, "a tool for leads is not even listed for a member"
            assert not risk.is_error
            assert risk.structured_content["rows"]
            (row,) = [one for one in helped.structured_content["people"] if one["person"]["name"] == "Alice"]
            assert "commit" in row["evidence"]
            assert all("result" in each.structured_content for each in many)

        names, risk, helped, _ = ask(url, guest, both)
        assert "what_is_at_risk" in names
        assert "who_can_help" not in names
        assert helped.is_error
        assert helped.structured_content["error"]["code"] == "refused"
        turned_away(url, member)
        listed = json.loads(instance.run("token", "list", "--json").stdout)
        number = next(str(each["id"]) for each in listed if each["title"] == "member")
        instance.run("token", "revoke", number)
        assert status(url, {"Authorization": f"Bearer {member}"}) == 401
        server.terminate()
        wait_for(lambda: server.poll() is not None, 20)
        assert server.returncode == 0, "the door closes with the server"


def turned_away(url: str, secret: str) -> None:
    """Who brings no key, and who comes by a way that is not ours."""
    key = {"Authorization": f"Bearer {secret}"}
    assert status(url, {}) == 401
    assert status(url, {"Authorization": "Bearer seci_nobody"}) == 401
    assert status(url, {"Authorization": f"Basic {secret}"}) == 401
    assert status(url, {**key, "Origin": "https://evil.example"}) == 403
    assert status(url, {**key, "Origin": "null"}) == 403
    assert status(url, {**key, "Host": "evil.example"}) == 403
    assert status(url, {**key, "Origin": url}, body=b"{}") == 400, "let in, and told that this is no request"
    assert status(url, key, body=b"x" * (2 << 20)) == 413
    assert status(url, key, body=b"not json") == 400


def status(url: str, headers: dict[str, str], body: bytes = b"{}") -> int:
    import httpx2

    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    return httpx2.post(f"{url}/mcp", headers=sent, content=body).status_code


def test_an_agent_over_pipes(instance: CommandLineInstance, repository: Path) -> None:
    assert instance.run("scan", repository).returncode == 0

    async def talk() -> tuple[set[str], Any, Any]:
        from mcp import Client
        from mcp.client.stdio import StdioServerParameters, stdio_client

        command, *arguments = instance.command("mcp", "--role", "lead")
        started = StdioServerParameters(command=command, args=arguments, env=dict(instance.environment))
        async with Client(stdio_client(started)) as client:
            names = {each.name for each in (await client.list_tools()).tools}
            left = await client.call_tool("what_if_leaves", {"people": ["Alice"]})
            return names, left, await client.call_tool("what_if_leaves", {"people": ["Nobody Here"]})

    names, left, nobody = asyncio.run(talk())
    assert "what_if_leaves" in names
    assert left.structured_content["losses"]
    assert nobody.is_error
    assert nobody.structured_content["error"]["code"] == "not_found"


def test_the_terminal_lists_tools_for_a_role_or_an_account(db: None) -> None:
    def names(*arguments: str) -> set[str]:
        done = seci("mcp", "--list", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return {each["name"] for each in json.loads(done.stdout)}

    assert "what_if_leaves" in names("--role", "lead")
    assert seci("mcp", "--list", "--account", "nobody").returncode == 3
    seci("invite", "greta", "--role", "guest")
    least = names("--account", "greta", "--role", "admin")
    assert "what_is_at_risk" in least
    assert "who_can_help" not in least
