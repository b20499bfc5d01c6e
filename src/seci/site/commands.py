"""`seci mcp`: the door for agents on this machine."""

from __future__ import annotations

from typing import cast

import click

from seci.accounts import door
from seci.accounts.actor import ROLES, Actor, Role
from seci.kit.terminal import json_option, remark, show


@click.command()
@click.option("--account", default="", help="Whose agent it is: it may do what that account may, at most.")
@click.option("--role", type=click.Choice(ROLES), default="member", show_default=True, help="As what it may act.")
@click.option("--list", "lists", is_flag=True, help="Name the tools instead of serving them.")
@json_option
def mcp(account: str, role: str, lists: bool, as_json: bool) -> None:
    """Serve an agent on this machine (Model Context Protocol) over standard input and output.

    Agents elsewhere use the same tools at /mcp of `seci up`, with an API token.
    """
    door.framework()
    from seci.accounts.queries import actor_named
    from seci.kit.errors import NotFound
    from seci.site import mcp as served

    actor = Actor(None, None, cast(Role, role), "mcp")
    if account:
        found = actor_named(account, cast(Role, role))
        if found is None:
            raise NotFound(f"There is no account named {account} with a role; `seci invite {account}` makes one.")
        actor = found
    if lists:
        rows = [each for each in served.fill() if each.is_open_to(actor)]
        if as_json:
            return show([{"name": each.name, "changes": each.changes, "input": each.schema} for each in rows])
        for each in rows:
            click.echo(f"{each.name}: {each.summary}")
        return None
    import anyio

    remark("Waiting for an agent on standard input; its host starts this by itself (see docs/agents.md).")
    anyio.run(served.over_pipes, actor)
    return None
