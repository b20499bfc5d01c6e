"""`seci cases from-commits`: real changes as cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from seci.accounts import door
from seci.cases.commands import cases
from seci.kit.clock import from_date
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, show

__all__ = ["cases"]


@cases.command("from-commits")
@click.argument("repository", type=click.Path(path_type=Path))
@click.option("--bank", type=int, help="Into this bank; else a new one is made.")
@click.option("--title", default="", help="Title of the new bank.")
@click.option("--asset", type=int, help="Only changes that touch this asset.")
@click.option("--since", default="", help="Only changes that landed after this day (YYYY-MM-DD).")
@click.option("--most", default=400, show_default=True, help="A draw of so many where there are more.")
@click.option("--seed", default=0, show_default=True, help="Another seed, another draw.")
@json_option
def from_commits(
    repository: Path, bank: int | None, title: str, asset: int | None, since: str, most: int, seed: int, as_json: bool
) -> None:
    """Bring changes of REPOSITORY (scanned before) in as cases: size, files, how new the author is there, and more."""
    from seci.sources.changes import queries, services

    with door.database() as db:
        actor = door.actor()
        source = queries.source_at(actor, db, repository)
        added = services.collect(
            actor, db, source, door.instance().evidence, bank=bank, title=title, asset=asset,
            since=day(since) if since else 0, most=most, seed=seed,
        )  # fmt: skip
    if as_json:
        show(added)
    else:
        click.echo(f"Bank {added.bank.id} ({added.bank.title}): {added.new} cases are new.")


def day(text: str) -> int:
    try:
        return from_date(date.fromisoformat(text))
    except ValueError as error:
        raise BadInput(f"{text!r} is no day; write it as 2026-01-31.") from error
