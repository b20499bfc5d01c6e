"""`seci link`, `seci invite`, `seci token`: accounts from the terminal of whoever owns the machine."""

from __future__ import annotations

from typing import cast

import click

from seci.accounts import door
from seci.accounts.actor import ROLES, Role
from seci.kit.clock import to_datetime
from seci.kit.terminal import json_option, remark, show, table


@click.command()
@click.argument("name", required=False)
@json_option
def link(name: str | None, as_json: bool) -> None:
    """Print a one-time sign-in link for NAME, or for the owner of this instance. It lives 15 minutes."""
    door.framework()
    from seci.accounts import services

    tell(services.console_link(door.actor(), name), as_json)


@click.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="member", show_default=True)
@click.option("--email", default="", help="Address of the person.")
@json_option
def invite(name: str, role: str, email: str, as_json: bool) -> None:
    """Make an account NAME with a role, and print a one-time sign-in link that lives seven days."""
    door.framework()
    from seci.accounts import services

    tell(services.invite(door.actor(), name, cast(Role, role), email=email), as_json)


@click.group()
def token() -> None:
    """Make, list and revoke API tokens."""


@token.command("create")
@click.argument("title")
@click.option("--account", default="", help="Whose token; default the owner's.")
@click.option("--role", type=click.Choice(ROLES), default="member", show_default=True)
@click.option("--days", default=90, show_default=True, help="How long it lives.")
@json_option
def create(title: str, account: str, role: str, days: int, as_json: bool) -> None:
    """Make a token and print it once."""
    door.framework()
    from seci.accounts import services

    secret = services.create_token(door.actor(), title, role=cast(Role, role), days=days, name=account)
    if as_json:
        show({"token": secret, "title": title, "role": role, "days": days})
    else:
        click.echo(secret)
        remark("Keep it now: it is not shown again. Send it as `Authorization: Bearer TOKEN`.")


@token.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List tokens: title, role, when they end, when they were last used."""
    door.framework()
    from seci.accounts import queries

    rows = queries.tokens(door.actor())
    if as_json:
        show(rows)
    else:
        table(
            ["id", "title", "begins", "role", "until", "live"],
            [
                (row.id, row.title, row.hint, row.role, to_datetime(row.expires_at).date(), "yes" if row.live else "no")
                for row in rows
            ],
        )


@token.command()
@click.argument("number", type=int)
@json_option
def revoke(number: int, as_json: bool) -> None:
    """Make a token useless at once."""
    door.framework()
    from seci.accounts import services

    services.revoke_token(door.actor(), number)
    if as_json:
        show({"revoked": number})
    else:
        remark(f"Token {number} is revoked.")


def tell(entry: object, as_json: bool) -> None:
    from seci.accounts.services import Entry

    assert isinstance(entry, Entry)
    url = door.instance().address() + entry.path
    until = to_datetime(entry.expires_at)
    if as_json:
        show({"url": url, "account": entry.account, "expires_at": until.isoformat(timespec="seconds")})
    else:
        click.echo(url)
        remark(f"Signs {entry.account} in once, until {until:%Y-%m-%d %H:%M} UTC.")
