"""`seci training`: plans for newcomers."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.kit.terminal import json_option, remark, show, table


@click.group()
def training() -> None:
    """Plans for newcomers: what to read, use and practise, in this order."""


@training.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List plans."""
    from seci.combination.queries import training as queries

    with door.database() as db:
        page = queries.plans(door.actor(), db)
    if as_json:
        show(page.plans)
        return
    table(["id", "title", "steps", "for"], [(one.id, one.title, len(one.steps), one.audience) for one in page.plans])


@training.command("make")
@click.option("--asset", type=int)
@click.option("--concept", type=int)
@click.option("--title", default="")
@click.option("--for", "audience", default="", help="Who it is for.")
@json_option
def make(asset: int | None, concept: int | None, title: str, audience: str, as_json: bool) -> None:
    """Make a plan about an asset or a concept from what is published."""
    from seci.combination.services import training as services

    with door.database() as db:
        made = services.plan_training(door.actor(), db, title, asset=asset, concept=concept, audience=audience)
    show(made) if as_json else click.echo(f"plan {made.id}  {made.title}  {len(made.steps)} steps")


@training.command("show")
@click.argument("plan", type=int)
@json_option
def show_(plan: int, as_json: bool) -> None:
    """Show PLAN with its steps and what it lacks."""
    from seci.combination.queries import training as queries

    with door.database() as db:
        page = queries.plan(door.actor(), db, plan)
    if as_json:
        show(page)
        return
    table(
        ["step", "kind", "what", "done when"],
        [(number, one.kind, one.title, one.done) for number, one in enumerate(page.steps)],
    )
    for words in page.lacking:
        remark(words)


@training.command("change")
@click.argument("plan", type=int)
@click.argument("step", type=int)
@click.option("--to", type=int, help="Place to move it to, from 0.")
@click.option("--drop", is_flag=True, help="Take it out.")
@click.option("--why", default="")
@click.option("--done", default="", help="When it is done.")
@json_option
def change(plan: int, step: int, to: int | None, drop: bool, why: str, done: str, as_json: bool) -> None:
    """Move STEP of PLAN, take it out, or say it otherwise."""
    from seci.combination.services import training as services

    with door.database() as db:
        actor = door.actor()
        if drop:
            made = services.drop_step(actor, db, plan, step)
        elif to is not None:
            made = services.move_step(actor, db, plan, step, to)
        else:
            made = services.say_step(actor, db, plan, step, why, done)
    show(made) if as_json else click.echo(f"plan {made.id}  {len(made.steps)} steps")


@training.command("export")
@click.argument("plan", type=int)
@json_option
def export(plan: int, as_json: bool) -> None:
    """Make PLAN a page of the library, or bring its page up to date."""
    from seci.combination.services import training as services

    with door.database() as db:
        document = services.export_plan(door.actor(), db, plan)
    show({"document": document}) if as_json else click.echo(f"document {document}")
