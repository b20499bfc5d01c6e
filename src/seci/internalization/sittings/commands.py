"""`seci gates`: pressure tests in the terminal: which gate is open, sitting it, what came of it."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.internalization.commands.learning import SURENESS, as_option, seat
from seci.internalization.runs.transfer import Transfer
from seci.internalization.sittings import queries, services
from seci.internalization.sittings.services import read_gate
from seci.internalization.sittings.views import GateResult, SealedCase, SittingView
from seci.kit.database import Database
from seci.kit.figures import Figure
from seci.kit.terminal import interval, json_option, remark, show, table

DONE = "nothing: somebody has internalized it"


@click.group()
def gates() -> None:
    """Pressure tests on sealed cases: cold, under pressure, after a delay."""


@gates.command("show")
@click.argument("artifact", type=int)
@as_option
@json_option
def show_(artifact: int, who: str, as_json: bool) -> None:
    """How far somebody is with ARTIFACT, and what stands before each gate."""
    with door.database() as db:
        page = queries.gates(seat(db, who), db, artifact)
    if as_json:
        show(page)
        return
    click.echo(f"{page.title} r{page.revision}: {page.reached.words}")
    table(
        ["gate", "asks", "now"],
        [(row.name, row.asks, "met" if row.met else row.against or "open") for row in page.gates],
    )
    for line in (*_at_work(page.transfer), page.reached.lapsed):
        if line:
            remark(line)


def _at_work(found: Transfer) -> tuple[str, ...]:
    """What real work shows, in lines; unknown figures are called so."""
    if not found.n:
        return ("No real decisions with it so far.",)
    figures = (("without asking", found.independence), ("overturned", found.overturned), ("upheld blind", found.blind))
    return (f"{found.n} real decisions over {found.days} days:", *(f"  {name}: {_said(one)}" for name, one in figures))


def _said(figure: Figure) -> str:
    if figure.value is None:
        return f"unknown, n = {figure.n}"
    return f"{figure.value:.0%}{interval(figure, '.0%')}, n = {figure.n}, {figure.status}"


@gates.command("list")
@click.option("--artifact", type=int, help="Only this artifact.")
@as_option
@json_option
def list_(artifact: int | None, who: str, as_json: bool) -> None:
    """One's own sittings, the latest first."""
    with door.database() as db:
        found = queries.sittings(seat(db, who), db, artifact)
    if as_json:
        show(found)
        return
    table(["id", "artifact", "revision", "result"], [(one.id, one.title, one.revision, one.words) for one in found])


@gates.command("states")
@click.argument("artifact", type=int)
@json_option
def states(artifact: int, as_json: bool) -> None:
    """How many people are in which state on ARTIFACT; from five learners on, never by name."""
    with door.database() as db:
        found = queries.state_counts(door.actor(), db, artifact)
    if as_json:
        show(found)
        return
    click.echo(found.sentence)
    table(["state", "people"], found.counts or ())


@gates.command("missing")
@click.argument("asset", type=int)
@json_option
def missing(asset: int, as_json: bool) -> None:
    """The test that the turn of each artifact of ASSET (its number) waits for."""
    with door.database() as db:
        found = queries.open_tests(door.actor(), db, get_asset(door.actor(), db, asset).id)
    if as_json:
        show([one._asdict() for one in found])
        return
    table(["artifact", "revision", "waits for"], [(one.title, one.revision, one.missing or DONE) for one in found])


@gates.command("rest")
@click.argument("artifact", type=int)
@click.option("--end", is_flag=True, help="Take the patterns up again.")
@as_option
@json_option
def rest(artifact: int, end: bool, who: str, as_json: bool) -> None:
    """Let one's patterns of ARTIFACT rest, so that the gate of delay measures what stays."""
    with door.database() as db:
        changed = services.rest(seat(db, who), db, artifact, resting=not end)
    show({"changed": changed}) if as_json else click.echo(f"{changed} patterns {'go on' if end else 'rest'}.")


@gates.command("sit")
@click.argument("artifact", type=int)
@click.argument("gate")
@click.option("--profile", type=click.Choice(["light", "standard", "strict"]), default="standard", show_default=True)
@as_option
@json_option
def sit(artifact: int, gate: str, profile: str, who: str, as_json: bool) -> None:
    """Sit GATE (cold, pressure, delay) of ARTIFACT in one block; nothing is told before it ends.

    With --json the case that waits is printed; `seci gates answer` answers it.
    """
    with door.database() as db:
        actor = seat(db, who)
        opened = services.open_sitting(actor, db, artifact, read_gate(gate), profile)
        waiting = services.next_sealed(actor, db, opened.id)
        if as_json:
            show({"sitting": opened.id, "case": waiting, "result": queries.sitting(actor, db, opened.id).result})
            return
        try:
            while waiting:
                _one(actor, db, waiting)
                waiting = services.next_sealed(actor, db, opened.id)
        except (click.Abort, KeyboardInterrupt, EOFError):
            remark("\nThe block goes on by the clock; the same command goes on with it, `seci gates leave` ends it.")
            return
        _told(queries.sitting(actor, db, opened.id))


def _one(actor: Actor, db: Database, shown: SealedCase) -> None:
    click.echo(f"\n— {shown.place} of {shown.total} —\n\n{shown.situation}\n")
    if shown.number:
        click.echo(f"  Keep this number in mind: {shown.number}")
    for number, option in enumerate(shown.options, start=1):
        click.echo(f"  {number}  {option}")
    if shown.left_ms is not None:
        click.echo(f"  You have {shown.left_ms / 1000:.0f} seconds.")
    places = click.Choice([str(place) for place in range(1, len(shown.options) + 1)])
    option = shown.options[int(click.prompt("Your judgement", type=places, show_choices=False)) - 1]
    sure = click.prompt("How sure, 1 (even odds) to 6 (certain)", type=click.Choice(list(SURENESS)), show_choices=False)
    kept = click.prompt("The number", default="", show_default=False) if shown.number else ""
    services.answer_sealed(actor, db, shown.sitting, shown.case, option, confidence=SURENESS[sure], number=kept)


@gates.command("answer")
@click.argument("sitting", type=int)
@click.argument("case", type=int)
@click.argument("option")
@click.option("--sure", type=float, help="Confidence, 0 to 1.")
@click.option("--number", default="", help="The number to keep in mind, where there was one.")
@as_option
@json_option
def answer(sitting: int, case: int, option: str, sure: float | None, number: str, who: str, as_json: bool) -> None:
    """Commit to OPTION on CASE of SITTING and show the case that waits next."""
    with door.database() as db:
        actor = seat(db, who)
        left = services.answer_sealed(actor, db, sitting, case, option, confidence=sure, number=number)
        waiting = services.next_sealed(actor, db, sitting)
        found = queries.sitting(actor, db, sitting)
    if as_json:
        show({"left": left, "case": waiting, "result": found.result})
    elif waiting is None:
        _told(found)
    else:
        click.echo(f"{left} left. Next is case {waiting.case}:\n\n{waiting.situation}")


@gates.command("leave")
@click.argument("sitting", type=int)
@as_option
@json_option
def leave(sitting: int, who: str, as_json: bool) -> None:
    """End SITTING early; it counts as a try."""
    with door.database() as db:
        actor = seat(db, who)
        services.leave_sitting(actor, db, sitting)
        found = queries.sitting(actor, db, sitting)
    show(found) if as_json else _told(found)


def _told(found: SittingView) -> None:
    click.echo(found.words)
    if found.result:
        for line in (*found.result.reasons, *_figures(found.result)):
            click.echo(f"  {line}")


def _figures(result: GateResult) -> list[str]:
    """What came of a block, one figure a line; what is unknown is left out with its reason above."""
    lines = []
    if result.agreement is not None:
        lines.append(f"Agreement with the panel: {result.agreement:.0%} of {result.n} cases.")
    if result.critical is not None:
        missed, n, upper = result.critical
        most = "" if upper is None else f", so at most {upper:.0%} (95 %) would be"
        lines.append(f"Critical cases missed: {missed} of {n}{most}.")
    if result.bias is not None:
        lines.append(f"Confidence minus success: {result.bias:+.2f}.")
    if result.kept is not None:
        lines.append(f"Numbers kept in mind: {result.kept[0]} of {result.kept[1]}.")
    if result.drop is not None:
        lines.append(f"Against the cold gate: {result.drop:+.2f}.")
    return lines
