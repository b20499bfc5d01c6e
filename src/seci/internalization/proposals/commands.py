"""`seci proposals`: what agents proposed to somebody, in the terminal."""

from __future__ import annotations

from typing import IO

import click

from seci.accounts import door
from seci.internalization.access import seated
from seci.internalization.proposals import queries, services
from seci.kit.clock import to_date
from seci.kit.terminal import json_option, show, table

as_option = click.option("--as", "person", type=int, required=True, help="Number of the person who sits there.")


@click.group()
def proposals() -> None:
    """What agents proposed to you: reviews, steps, answers to challenges."""


@proposals.command("list")
@as_option
@json_option
def list_(person: int, as_json: bool) -> None:
    """List what waits for your yes."""
    with door.database() as db:
        rows = queries.proposals(seated(door.actor(), db, person), db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "day", "kind", "about", "proposed"],
        [
            (one.proposal.id, to_date(one.proposal.at).isoformat(), one.proposal.kind, one.of[:60], one.words)
            for one in rows
        ],
    )


@proposals.command()
@click.argument("proposal", type=int)
@as_option
@json_option
def confirm(proposal: int, person: int, as_json: bool) -> None:
    """Make PROPOSAL your own: it is done now."""
    with door.database() as db:
        services.confirm(seated(door.actor(), db, person), db, proposal)
    show({"confirmed": proposal}) if as_json else click.echo("Done, as your own decision.")


@proposals.command()
@click.argument("proposal", type=int)
@as_option
@json_option
def drop(proposal: int, person: int, as_json: bool) -> None:
    """Let nothing come of PROPOSAL."""
    with door.database() as db:
        services.drop(seated(door.actor(), db, person), db, proposal)
    show({"dropped": proposal}) if as_json else click.echo("Dropped.")


@proposals.command("review")
@click.argument("run", type=int)
@click.option("--decision", default="", help="What would be decided on these facts.")
@click.option("--stands/--overturned", default=None, help="Whether the decision stands.")
@click.option("--because", default="")
@as_option
@json_option
def review(run: int, decision: str, stands: bool | None, because: str, person: int, as_json: bool) -> None:
    """Propose a review of RUN, to be confirmed later."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        made = services.propose_review(actor, db, run, decision=decision, upheld=stands, because=because)
    show({"id": made}) if as_json else click.echo(made)


@proposals.command("step")
@click.argument("artifact", type=int)
@click.argument("learner", type=int)
@click.argument("rung", type=click.IntRange(0, 3))
@click.option("--reason", default="")
@as_option
@json_option
def step(artifact: int, learner: int, rung: int, reason: str, person: int, as_json: bool) -> None:
    """Propose the step of LEARNER to RUNG on ARTIFACT, to be confirmed later."""
    with door.database() as db:
        made = services.propose_step(seated(door.actor(), db, person), db, artifact, learner, rung, reason)
    show({"id": made}) if as_json else click.echo(made)


@proposals.command("decide")
@click.argument("challenge", type=int)
@click.argument("resolution", type=click.Choice(["uphold", "amend", "split", "retire"]))
@click.argument("reason")
@click.option("--file", "file", type=click.File(), help="The artifact as Markdown with the change made.")
@as_option
@json_option
def decide(challenge: int, resolution: str, reason: str, file: IO[str] | None, person: int, as_json: bool) -> None:
    """Propose an answer to CHALLENGE, to be confirmed later."""
    text = file.read() if file else ""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        made = services.propose_decision(actor, db, challenge, resolution, reason, text=text)
    show({"id": made}) if as_json else click.echo(made)
