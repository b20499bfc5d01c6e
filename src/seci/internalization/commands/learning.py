"""`seci practice`: today's round in the terminal, one case at a time; where oneself stands."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization import queries, services
from seci.internalization.access import seated
from seci.internalization.feedback import Reveal
from seci.internalization.scaffold import Level
from seci.internalization.services import Answer
from seci.internalization.views import Shown
from seci.kit.clock import stopwatch, to_date
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.terminal import Command, interval, json_option, remark, show, table
from seci.people import queries as people

SURENESS = {"1": 0.5, "2": 0.6, "3": 0.7, "4": 0.8, "5": 0.9, "6": 1.0}


def as_option(command: Command) -> Command:
    """Adds `--as`; the command receives `who: str`."""
    return click.option("--as", "who", default="", help="Who sits here (name or number).")(command)


def seat(db: Database, who: str) -> Actor:
    """Whoever sits at this terminal. Raises BadInput without a name."""
    if not who:
        raise BadInput("Say who sits here: --as NAME; `seci people list` shows who there is.")
    return seated(door.actor(), db, int(who) if who.isdecimal() else people.named(door.actor(), db, who))


@click.group(invoke_without_command=True)
@click.option("--more", is_flag=True, help="Another round after today's.")
@as_option
@json_option
@click.pass_context
def practice(context: click.Context, more: bool, who: str, as_json: bool) -> None:
    """Go through today's round of cases: commit first, then see what experts chose.

    Every answer is written down before anything is revealed; Ctrl-C rests the round. With --json the case that waits
    is printed; `seci practice commit` answers it.
    """
    if context.invoked_subcommand:
        return
    with door.database() as db:
        actor = seat(db, who)
        opened = services.today(actor, db, more=more)
        waiting = services.next_case(actor, db, opened.id) if opened.id and opened.state == "open" else None
        if as_json:
            show({"round": opened, "case": waiting})
            return
        if opened.empty:
            click.echo(opened.empty)
        try:
            while waiting:
                _one(actor, db, waiting)
                waiting = services.next_case(actor, db, opened.id)
        except (click.Abort, KeyboardInterrupt, EOFError):
            remark("\nThe round rests here; `seci practice` goes on with it.")
            return
        _ending(actor, db)


def _one(actor: Actor, db: Database, shown: Shown) -> None:
    """One case: shown, answered, told."""
    click.echo(f"\n— {shown.place} of {shown.total} · {shown.artifact_title} —\n\n{shown.situation}\n")
    for line in shown.path:
        click.echo(f"  · {line}")
    if shown.answer:
        click.echo(f"  → {shown.answer}   (a worked case: experts chose this)")
    for number, option in enumerate(shown.options, start=1):
        click.echo(f"  {number}  {option}")
    if shown.limit_ms is not None:
        click.echo(f"  You have {shown.limit_ms / 1000:.0f} seconds.")
    began = stopwatch()
    if shown.card is not None:
        _interrupted(actor, db, shown)
    option = _option(actor, db, shown)
    took = round((stopwatch() - began) * 1000)
    sure = click.prompt("How sure, 1 (even odds) to 6 (certain)", type=click.Choice(list(SURENESS)), show_choices=False)
    cue = click.prompt("What decided it", default="", show_default=False)
    kept = click.prompt("The number you were told", default="", show_default=False) if shown.number else ""
    _tell(services.commit(actor, db, shown.round, shown.case, Answer(option, SURENESS[sure], cue, took, kept)))
    told = services.today(actor, db).reveals
    line = click.prompt("Next time I look at", default="", show_default=False)
    if line and told:
        services.note(actor, db, told[-1].attempt, line)


def _interrupted(actor: Actor, db: Database, shown: Shown) -> None:
    """A terminal cannot come in later, so whoever comes in comes first; the clock runs."""
    assert shown.card is not None
    click.echo(f"  Keep {shown.number} in mind.\n  {shown.card.question}")
    for place, option in enumerate(shown.card.options, start=1):
        click.echo(f"    {place}  {option}")
    said = click.prompt("Answer", type=click.IntRange(1, len(shown.card.options)))
    services.answer_card(actor, db, shown.attempt, shown.card.options[said - 1])


def _option(actor: Actor, db: Database, shown: Shown) -> str:
    more = " or a to open the artifact" if shown.may_look_up else ""
    while True:
        said = str(click.prompt(f"Which, 1 to {len(shown.options)}{more}")).strip()
        if said == "a" and shown.may_look_up:
            artifact, revision = services.look_up(actor, db, shown.attempt)
            remark(f"`seci artifacts show {artifact}` shows revision {revision}; the look is counted.")
        elif said.isdecimal() and 1 <= int(said) <= len(shown.options):
            return shown.options[int(said) - 1]


def _tell(told: Reveal) -> None:
    click.echo(f"\n{'As the key' if told.right else 'Not as the key'}: {told.key}{_basis(told)}")
    if told.shares:
        click.echo("  experts: " + ", ".join(f"{count} × {option}" for option, count in told.shares))
    for label, text in (
        ("the paths part at", told.parted),
        ("cues seen", ", ".join(told.seen)),
        ("cues missed", ", ".join(told.missed)),
        ("against it", f"{told.minority[0]}: {told.minority[1]}" if told.minority else ""),
        ("why it stands", " / ".join(told.stands)),
        ("level", f"{told.level}. {told.why}" if told.why else ""),
    ):
        if text:
            click.echo(f"  {label}: {text}")


def _basis(told: Reveal) -> str:
    match told.basis:
        case "panel" | "verdicts" if told.agreement is not None:
            experts = "one expert" if told.n == 1 else f"{told.agreement:.0%} of {told.n} experts"
            return f" ({experts})"
        case "author":
            return " (by whoever wrote the case; no expert judged it)"
        case "variant":
            return " (as for the case it is a variant of; no expert judged it)"
        case "artifact":
            return " (what the artifact answers; no expert judged this case)"
        case _:
            return ""


def _ending(actor: Actor, db: Database) -> None:
    own = queries.own(actor, db)
    figure = own.right
    if figure.value is not None:
        span = interval(figure, ".0%")
        click.echo(f"\nUnaided, as cases come up: {figure.value:.0%}{span} right, n = {figure.n}, {figure.status}.")


@practice.command("begin")
@click.argument("artifact", type=int)
@as_option
@json_option
def begin(artifact: int, who: str, as_json: bool) -> None:
    """Begin to practise ARTIFACT."""
    with door.database() as db:
        new = services.begin(seat(db, who), db, artifact)
    show({"new": new}) if as_json else click.echo(f"{new} patterns to practise are new.")


@practice.command("commit")
@click.argument("case", type=int)
@click.argument("option")
@click.option("--round", "round_", type=int, required=True)
@click.option("--sure", type=float, help="0 to 1.")
@click.option("--cue", default="", help="What decided it.")
@as_option
@json_option
def commit(case: int, option: str, round_: int, sure: float | None, cue: str, who: str, as_json: bool) -> None:
    """Commit to OPTION on CASE of a round; then see what came of it."""
    with door.database() as db:
        told = services.commit(seat(db, who), db, round_, case, Answer(option, sure, cue))
    show(told) if as_json else _tell(told)


@practice.command("look")
@click.argument("attempt", type=int)
@as_option
@json_option
def look(attempt: int, who: str, as_json: bool) -> None:
    """Open the artifact for the case of ATTEMPT, where that is allowed; the look is counted."""
    with door.database() as db:
        artifact, revision = services.look_up(seat(db, who), db, attempt)
    text = f"`seci artifacts show {artifact}` shows it (revision {revision})."
    show({"artifact": artifact, "revision": revision}) if as_json else click.echo(text)


@practice.command("note")
@click.argument("attempt", type=int)
@click.argument("line")
@as_option
@json_option
def note(attempt: int, line: str, who: str, as_json: bool) -> None:
    """Keep a LINE on what to look at next time."""
    with door.database() as db:
        services.note(seat(db, who), db, attempt, line)
    show({"noted": attempt}) if as_json else click.echo("Kept, for your eyes only.")


@practice.command("results")
@as_option
@json_option
def results(who: str, as_json: bool) -> None:
    """Show where you stand on each pattern, and why."""
    with door.database() as db:
        own = queries.own(seat(db, who), db)
    if as_json:
        show(own)
        return
    table(
        ["pattern", "level", "needed to go up", "remembered", "due"],
        [
            (
                one.name[:60], f"{int(one.level)} {Level(one.level).name.lower().replace('_', ' ')}", one.missing,
                None if one.recall is None else f"{one.recall:.0%}",
                None if one.due_at is None else to_date(one.due_at).isoformat(),
            )
            for one in own.patterns
        ],
    )  # fmt: skip
