"""The frame of the door for agents (MCP): every tool says whom it lets in and whether it changes anything.

A room's `tools` module holds plain functions, the actor first, then the database:

    @tool("who_can_help", "member")
    def who_can_help(actor: Actor, db: Database, asset: Annotated[str, Field(description="...")]) -> HelpOut:
        \"\"\"Who can help with an asset: the first sentence tells an agent what the tool is for.\"\"\"

The schema of its arguments is taken from the signature; what it returns is sent as plain data (`kit.terminal`).
The door itself is `site.mcp`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from seci.accounts.actor import Actor, Role
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound, Refused
from seci.kit.terminal import as_data

Function = TypeVar("Function", bound=Callable[..., Any])
GIVEN = ("actor", "db")


@dataclass(frozen=True)
class Tool:
    """One thing that an agent can ask for.

    role     the least role of an account that may ask
    changes  whether it writes anything; an agent's host may then want a human's consent before each call
    """

    name: str
    role: Role
    changes: bool
    function: Callable[..., Any]

    @property
    def description(self) -> str:
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first sentence of the description, on one line."""
        words = " ".join(self.description.split())
        return re.split(r"(?<=[.?])\s", words, maxsplit=1)[0]

    @cached_property
    def form(self) -> type[BaseModel]:
        """The arguments as a form: all of the signature but the actor and the database."""
        hints = get_type_hints(self.function, include_extras=True)
        fields: dict[str, Any] = {
            name: (hints[name], ... if parameter.default is parameter.empty else parameter.default)
            for name, parameter in inspect.signature(self.function).parameters.items()
            if name not in GIVEN
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the arguments."""
        made = self.form.model_json_schema()
        for each in made.get("properties", {}).values():
            each.pop("title", None)
        return {name: value for name, value in made.items() if name != "title"}

    def is_open_to(self, actor: Actor) -> bool:
        return actor.is_at_least(self.role)

    def call(self, actor: Actor, db: Database, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What the tool answers, as plain data; a list stands under `result`. Raises SeciError."""
        if not self.is_open_to(actor):
            raise Refused(f"This needs the role {self.role} or more; yours is {actor.role}. Ask an admin.")
        try:
            given = self.form(**arguments)
        except ValidationError as error:
            raise BadInput(self.said(error.errors()[0])) from error
        values = {name: getattr(given, name) for name in type(given).model_fields}
        answer = as_data(self.function(actor, db, **values))
        return answer if isinstance(answer, dict) else {"result": answer}

    def said(self, wrong: Mapping[str, Any]) -> str:
        """What is wrong with an argument, and with one that there is not, which there are."""
        where = ".".join(str(part) for part in wrong["loc"])[:80] or "arguments"
        if wrong["type"] == "extra_forbidden":
            return f"{where}: {self.name} has no such argument; it takes {', '.join(self.form.model_fields) or 'none'}."
        return f"{where}: is missing." if wrong["type"] == "missing" else f"{where}: {wrong['msg']}."


_tools: dict[str, Tool] = {}


def tool(name: str, role: Role, *, changes: bool = False) -> Callable[[Function], Function]:
    """Puts a function at the door for agents, under a name of its own."""

    def put(function: Function) -> Function:
        known = _tools.get(name)
        if known is not None and known.function.__module__ != function.__module__:
            raise ValueError(f"there is a tool {name} already, in {known.function.__module__}")
        _tools[name] = Tool(name, role, changes, function)
        return function

    return put


def tools() -> tuple[Tool, ...]:
    """All tools of the rooms imported so far, by name."""
    return tuple(_tools[name] for name in sorted(_tools))


def named(name: str) -> Tool:
    found = _tools.get(name)
    if found is None:
        raise NotFound(f"There is no tool {name[:60]!r}; the list of tools names those there are.")
    return found
