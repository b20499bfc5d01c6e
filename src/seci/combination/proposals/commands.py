"""`seci merge proposals`: what agents proposed about conflicts."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.commands.merging import merge
from seci.kit.terminal import json_option, show, table


@merge.command("proposals")
@click.option("--take", type=int, metavar="PROPOSAL", help="Decide as this one says, in your name.")
@click.option("--drop", type=int, metavar="PROPOSAL", help="Nothing comes of this one.")
@json_option
def proposals_(take: int | None, drop: int | None, as_json: bool) -> None:
    """List decisions that agents proposed and that wait for a person; take or drop one."""
    from seci.combination.proposals import queries, services

    with door.database() as db:
        if take is not None:
            services.take(door.actor(), db, take)
        if drop is not None:
            services.drop(door.actor(), db, drop)
        rows = queries.proposals(door.actor(), db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "merge", "conflict", "proposed", "because"],
        [(row.proposal.id, row.merge, row.of[:60], row.words, row.proposal.reason[:60]) for row in rows],
    )
