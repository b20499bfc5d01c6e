"""`seci partner`: the language-model partner from the terminal."""

from __future__ import annotations

import sys

import click

from seci.accounts import door
from seci.kit.clock import to_datetime
from seci.kit.terminal import json_option, remark, show, table
from seci.partner.setting import PROVIDERS, SECONDS


@click.group()
def partner() -> None:
    """Say who the language-model partner is, try it, switch it, forget it. Everything works without one."""


@partner.command()
@json_option
def status(as_json: bool) -> None:
    """Who the partner is, and how its calls of the last 30 days went."""
    from seci.partner import queries

    with door.database() as db:
        found = queries.standing(door.actor(), db)
    if as_json:
        return show(found)
    if found.setting is None:
        return click.echo("There is no partner: the engine works alone.")
    setting = found.setting
    key = "with a key" if found.has_key else "without a key"
    click.echo(f"{setting.model} at {setting.url} ({key}), {'on' if setting.on else 'off'}. {found.latest}".strip())
    if found.rests is not None:
        remark(f"After failures in a row it is left alone until {to_datetime(found.rests):%H:%M:%S} UTC.")
    return table(
        ["for", "ended", "calls", "median ms", "slowest ms", "kept", "dropped", "tokens in", "tokens out"],
        [
            [t.purpose, t.ending, t.calls, t.median_ms, t.slowest_ms, t.kept, t.dropped, t.tokens_in, t.tokens_out]
            for t in found.tallies
        ],
    )


@partner.command()
@click.argument("provider", type=click.Choice(list(PROVIDERS)))
@click.argument("model")
@click.option("--url", default="", help="Address of its API; the provider's own when not given.")
@click.option("--seconds", default=SECONDS, show_default=True, help="What one call may take.")
@click.option(
    "--manner", type=click.Choice(["tool", "prompt"]), help="How it hands in lists; prompt for models without tools."
)
@click.option("--key", "asks", is_flag=True, help="Ask for its key, or read it from standard input in a pipe.")
@click.option("--no-key", is_flag=True, help="Take the key away that there is.")
@click.option("--off", is_flag=True, help="Keep it, but do not ask it yet.")
@json_option
def choose(
    provider: str,
    model: str,
    url: str,
    seconds: float,
    manner: str | None,
    asks: bool,
    no_key: bool,
    off: bool,
    as_json: bool,
) -> None:
    """Say who the partner is: MODEL of PROVIDER. A key never stands on the command line, where others could read it."""
    from seci.partner import services

    secret = secret_in() if asks else "" if no_key else None
    with door.database() as db:
        chosen = services.choose(
            door.actor(), db, provider, model, url=url, manner=manner or "", seconds=seconds, on=not off, secret=secret
        )
    if as_json:
        return show(chosen)
    return remark(f"The partner is {chosen.model} at {chosen.host}. `seci partner test` tries it.")


def secret_in() -> str:
    return str(click.prompt("Key", hide_input=True)) if sys.stdin.isatty() else sys.stdin.readline().strip()


@partner.command("test")
@json_option
def test(as_json: bool) -> None:
    """Ask it once with a sentence of our own."""
    from seci.partner import services

    with door.database() as db:
        tried = services.try_out(door.actor(), db)
    if as_json:
        show({"ending": tried.ending, "sentence": tried.remark, "heard": tried.heard})
    else:
        click.echo(tried.remark)
        for claim in tried.heard.claims:
            click.echo(f"  {claim.kind}: {claim.text}")
    if tried.ending != "answered":
        raise SystemExit(6)


@partner.command()
@json_option
def on(as_json: bool) -> None:
    """Let it be asked in dialogues whose experts agreed to it."""
    switch(True, as_json)


@partner.command()
@json_option
def off(as_json: bool) -> None:
    """Leave it alone, in all dialogues."""
    switch(False, as_json)


def switch(on: bool, as_json: bool) -> None:
    from seci.partner import services

    with door.database() as db:
        chosen = services.switch(door.actor(), db, on)
    if as_json:
        show(chosen)
    else:
        remark("The partner may be asked." if on else "The partner is left alone.")


@partner.command()
@json_option
def forget(as_json: bool) -> None:
    """Take partner and key away."""
    from seci.partner import services

    with door.database() as db:
        services.forget(door.actor(), db)
    if as_json:
        show({"partner": None})
    else:
        remark("Partner and key are forgotten.")
