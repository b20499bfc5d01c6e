"""`seci run` and `seci runs`: an artifact used on a real task, from the terminal."""

from __future__ import annotations

from typing import Any

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.internalization.runs import queries, services
from seci.internalization.runs.course import Spot
from seci.internalization.runs.ladder import Rung
from seci.internalization.runs.pressure import NAMES, WORDS
from seci.internalization.runs.views import RunPage, RunRow
from seci.kit.database import Database
from seci.kit.errors import Conflict, SeciError
from seci.kit.terminal import json_option, remark, show, table

person_option = click.option("--as", "person", type=int, help="Number of the person who does it.")
went_option = click.option("--went", type=click.Choice(["good", "bad"]), default=None, help="How it turned out.")
PRESSURES = click.Choice(list(NAMES))


@click.command()
@click.argument("artifact", type=int)
@click.option("--task", help="What it is used on, in a line.")
@click.option("--pressure", type=PRESSURES, help="How much is at stake.")
@click.option("--link", default="", help="Commit, ticket or incident.")
@click.option("--resume", type=int, metavar="RUN", help="Go on with a run that was begun.")
@person_option
@json_option
def run(
    artifact: int,
    task: str | None,
    pressure: str | None,
    link: str,
    resume: int | None,
    person: int | None,
    as_json: bool,
) -> None:
    """Use ARTIFACT (checklist, runbook, tree, flowchart, scorecard, matrix, template) on a real task.

    With --json it begins the run and prints it; go on with `seci runs move`. Each move is written down at once:
    interrupt it when you like and go on with --resume.
    """
    with door.database() as db:
        actor = door.actor()
        if resume is not None:
            page = queries.run(actor, db, resume)
            if page.run.artifact != artifact:
                raise Conflict(f"Run {resume} is of artifact {page.run.artifact}: `seci run {page.run.artifact}`.")
        else:
            if not as_json:
                task = task or click.prompt("What do you use it on", err=True)
                pressure = pressure or _ask_pressure()
            begun = services.start(actor, db, artifact, task or "", pressure or "", link=link, person=person)
            page = queries.run(actor, db, begun.id)
        if as_json:
            show(page)
            return
        _go_through(actor, db, page)


def _ask_pressure() -> str:
    for name, number in NAMES.items():
        remark(f"  {name:<12}{WORDS[number]}")
    return str(click.prompt("How much is at stake", type=PRESSURES, err=True))


def _go_through(actor: Actor, db: Database, page: RunPage) -> None:
    """Asks for one move after another until the run has come to its end, or the person leaves it."""
    remark(f"{page.title}, r{page.run.revision}. Run {page.run.id}: {page.run.task}")
    remark("  ? opens what it says, ! you asked somebody, < takes back, . ends here, x leaves it with a reason")
    while page.run.state == "open":
        spot = _next(page)
        if spot is None and not page.course.decides:
            break
        line = _prompt(page, spot)
        try:
            if line == ".":
                break
            if line == "x":
                services.leave(actor, db, page.run.id, click.prompt("Why do you leave it", err=True))
                break
            did, node, value, note = _read(page, spot, line)
            services.move(actor, db, page.run.id, page.next, did, node=node, value=value, note=note)
        except SeciError as refusal:
            remark(refusal.sentence)
        page = queries.run(actor, db, page.run.id)
        if line == "?":
            remark("  " + (page.looked[-1].words if page.looked else ""))
        if page.course.decides and page.course.reached:
            break
    _end(actor, db, queries.run(actor, db, page.run.id))


def _next(page: RunPage) -> Spot | None:
    return page.now or next((spot for spot in page.course.spots if spot.state == "open"), None)


def _prompt(page: RunPage, spot: Spot | None) -> str:
    if spot is None:
        return str(click.prompt(f"What do you decide ({' / '.join(page.choices)})", err=True)).strip()
    if spot.command:
        remark(f"    {spot.command}")
    help_ = f" [{spot.help}]" if spot.help and spot.help != "tick" else ""
    options = f" ({' / '.join(spot.options)})" if spot.options else " (enter: done)" if spot.did == "tick" else ""
    return str(click.prompt(f"{spot.words}{help_}{options}", default="", show_default=False, err=True)).strip()


def _read(page: RunPage, spot: Spot | None, line: str) -> tuple[str, str, str, str]:
    """(did, node, value, note) of a line that somebody typed."""
    if line == "?":
        return "look", spot.node if spot and not page.course.decides else "", "", ""
    if line == "!":
        return "consult", "", "", str(click.prompt("Whom, and about what", err=True))
    if line == "<":
        return "back", "", "", ""
    if spot is None:
        return "decide", "", line, ""
    if spot.did == "done":
        return ("failed" if line.casefold().startswith("f") else "done"), spot.node, "", ""
    if spot.did == "tick" and spot.help == "evidence":
        return "tick", spot.node, "", line
    # An attribute that is not known is noted as such, so that the next one is asked.
    return spot.did, spot.node, line, ""


def _end(actor: Actor, db: Database, page: RunPage) -> None:
    run = page.run
    if run.state == "open":
        try:
            run = services.finish(actor, db, run.id)
        except Conflict as refusal:
            remark(f"{refusal.sentence} It rests: seci run {run.artifact} --resume {run.id}")
            return
    click.echo(f"run {run.id} {run.state}: {run.decided or run.reason}")
    if run.said and run.said != run.decided:
        remark(f"The artifact says {run.said}. If you are right, `seci challenges open {run.artifact}`.")
    for name in ("open", "failed", "breaches"):
        if found := run.result.get(name):
            remark(f"{name}: {', '.join(found)}")


@click.group()
def runs() -> None:
    """Look at runs of artifacts; go on with one move by move, judge those of others, decide on the ladder."""


@runs.command("list")
@click.option("--artifact", type=int)
@click.option("--state", type=click.Choice(["open", "done", "left"]), default=None)
@json_option
def list_(artifact: int | None, state: str | None, as_json: bool) -> None:
    """List runs."""
    with door.database() as db:
        found = queries.own_runs(door.actor(), db, artifact=artifact, state=state or "")
    _tell_rows(found, as_json)


def _tell_rows(found: tuple[RunRow, ...], as_json: bool) -> None:
    if as_json:
        show(found)
        return
    table(
        ["run", "artifact", "task", "state", "stake", "reached"],
        [(row.id, row.title, row.task, row.state, row.pressure_words, row.decided or "unknown") for row in found],
    )


@runs.command("agreement")
@click.argument("asset", type=int)
@json_option
def agreement(asset: int, as_json: bool) -> None:
    """How alike people decide on equal cases with each artifact of ASSET (its number); from five people on."""
    with door.database() as db:
        found = queries.agreements(door.actor(), db, get_asset(door.actor(), db, asset).id)
    if as_json:
        show(found)
        return
    told = [(one.title, on, shown) for one in found for on, shown in (("real work", one.work), ("panel", one.panel))]
    table(
        ["artifact", "on", "alpha", "low", "high", "n", "of", "status"],
        [
            (title, on, *(None if x is None else f"{x:.2f}" for x in (f.value, f.low, f.high)), f.n, f.of, f.status)
            for title, on, f in told
        ],
    )


@runs.command("show")
@click.argument("number", metavar="RUN", type=int)
@json_option
def show_(number: int, as_json: bool) -> None:
    """Show where RUN stands."""
    with door.database() as db:
        page = queries.run(door.actor(), db, number)
    if as_json:
        show(page)
        return
    click.echo(f"{page.title} r{page.run.revision}: {page.run.task} ({page.run.state}, {page.pressure_words})")
    table(
        ["node", "what", "state", "value"],
        [(spot.node, spot.words[:70], spot.state, spot.value) for spot in page.course.spots],
    )
    remark(f"Next is move {page.next}. Reached: {page.course.reached or 'nothing yet'}.")


@runs.command("move")
@click.argument("number", metavar="RUN", type=int)
@click.argument("move", type=int)
@click.argument("did")
@click.option("--node", default="")
@click.option("--value", default="")
@click.option("--note", default="")
@click.option("--other", type=int, help="Number of the person who was asked.")
@json_option
def move(number: int, move: int, did: str, node: str, value: str, note: str, other: int | None, as_json: bool) -> None:
    """Make move MOVE of RUN. DID is tick, done, failed, answer, fill, fact, look, consult, decide or back."""
    with door.database() as db:
        services.move(door.actor(), db, number, move, did, node=node, value=value, note=note, other=other)
        page = queries.run(door.actor(), db, number)
    show(page) if as_json else click.echo(f"next is move {page.next}; open: {', '.join(page.course.open) or 'nothing'}")


@runs.command("finish")
@click.argument("number", metavar="RUN", type=int)
@went_option
@json_option
def finish(number: int, went: str | None, as_json: bool) -> None:
    """End RUN where it stands."""
    with door.database() as db:
        _tell(services.finish(door.actor(), db, number, went=went or ""), as_json)


@runs.command("leave")
@click.argument("number", metavar="RUN", type=int)
@click.argument("reason")
@went_option
@json_option
def leave(number: int, reason: str, went: str | None, as_json: bool) -> None:
    """Leave RUN, saying why."""
    with door.database() as db:
        _tell(services.leave(door.actor(), db, number, reason, went=went or ""), as_json)


@runs.command("went")
@click.argument("number", metavar="RUN", type=int)
@click.argument("how", type=click.Choice(["good", "bad"]))
@json_option
def went(number: int, how: str, as_json: bool) -> None:
    """Say how the task of RUN turned out."""
    with door.database() as db:
        _tell(services.turned_out(door.actor(), db, number, how), as_json)


def _tell(found: Any, as_json: bool) -> None:
    show(found) if as_json else click.echo(f"run {found.id} {found.state}: {found.decided or found.reason}")


@runs.command("review")
@click.argument("number", metavar="RUN", type=int)
@click.option("--as", "person", type=int, required=True, help="Number of the person who judges.")
@click.option("--decision", default="", help="What they decide on the facts.")
@click.option("--upheld/--overturned", "upheld", default=None)
@click.option("--because", default="")
@json_option
def review(number: int, person: int, decision: str, upheld: bool | None, because: str, as_json: bool) -> None:
    """Write down what somebody who knows says of RUN."""
    with door.database() as db:
        services.review(door.actor(), db, number, decision=decision, upheld=upheld, because=because, person=person)
        page = queries.run(door.actor(), db, number)
    show(page) if as_json else remark(f"Kept with run {number}.")


@runs.command("work")
@click.argument("artifact", type=int)
@json_option
def work(artifact: int, as_json: bool) -> None:
    """Show ARTIFACT at work: figures of the team, and the ladder with its evidence."""
    with door.database() as db:
        page = queries.work(door.actor(), db, artifact)
    if as_json:
        show(page)
        return
    team = page.team
    click.echo(f"{page.title}: {page.people} people on real work")
    if team is None:
        remark("Figures are shown for five people or more.")
    else:
        for name, figure in (("unasked", team.independence), ("overturned", team.overturned), ("blind", team.blind)):
            click.echo(f"  {name:<12}{'unknown' if figure.value is None else f'{figure.value:.0%}'}  n={figure.n}")
    for row in page.ladder:
        click.echo(f"  {row.person.id} {row.person.name}: {row.rung.word}")
        for ground in row.step.grounds:
            click.echo(f"      {'met ' if ground.met else 'open'} {ground.asks}: {ground.there}")


@runs.command("promote")
@click.argument("artifact", type=int)
@click.argument("person", type=int)
@click.argument("rung", type=click.Choice([one.word for one in Rung]))
@click.option("--reason", default="", help="Needed where the evidence does not carry the step.")
@json_option
def promote(artifact: int, person: int, rung: str, reason: str, as_json: bool) -> None:
    """Decide on which RUNG of the ladder of ARTIFACT a PERSON stands."""
    with door.database() as db:
        services.promote(door.actor(), db, artifact, person, Rung[rung.upper()], reason=reason)
        page = queries.work(door.actor(), db, artifact)
    show(page.ladder) if as_json else remark(f"{rung} it is.")
