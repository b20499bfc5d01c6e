"""`seci practice`: today's round in the terminal; preparing practice, and judging cases for a panel."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization import queries, services
from seci.internalization.access import Pool, seated
from seci.internalization.feedback import Reveal
from seci.internalization.scaffold import Level
from seci.internalization.services import Answer, Brought
from seci.internalization.views import Shown
from seci.kit.clock import stopwatch, to_date
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.terminal import Command, json_option, remark, show, table
from seci.people import queries as people

POOLS = click.Choice(get_args(Pool))
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
    option = _option(actor, db, shown)
    took = round((stopwatch() - began) * 1000)
    sure = click.prompt("How sure, 1 (even odds) to 6 (certain)", type=click.Choice(list(SURENESS)), show_choices=False)
    cue = click.prompt("What decided it", default="", show_default=False)
    _tell(services.commit(actor, db, shown.round, shown.case, Answer(option, SURENESS[sure], cue, took)))
    told = services.today(actor, db).reveals
    line = click.prompt("Next time I look at", default="", show_default=False)
    if line and told:
        services.note(actor, db, told[-1].attempt, line)


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
        ("level", f"{told.level}. {told.why}" if told.why else ""),
    ):
        if text:
            click.echo(f"  {label}: {text}")


def _basis(told: Reveal) -> str:
    match told.basis:
        case "panel" | "verdicts" if told.agreement is not None:
            experts = "one expert" if told.n == 1 else f"{told.agreement:.0%} of {told.n} experts"
            return f" ({experts})"
        case "artifact":
            return " (what the artifact answers; no expert judged this case)"
        case _:
            return ""


def _ending(actor: Actor, db: Database) -> None:
    own = queries.own(actor, db)
    figure = own.right
    if figure.value is not None and figure.low is not None and figure.high is not None:
        click.echo(
            f"\nUnaided, as cases come up: {figure.value:.0%} right ({figure.low:.0%} to {figure.high:.0%}, "
            f"n = {figure.n})."
        )


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


@practice.command("prepare")
@click.argument("artifact", type=int)
@json_option
def prepare(artifact: int, as_json: bool) -> None:
    """Make the patterns of a published ARTIFACT, one for each of its judgements."""
    with door.database() as db:
        found = services.prepare(door.actor(), db, artifact)
    if as_json:
        show(found)
        return
    table(["id", "node", "pattern"], [(one.id, one.node, one.name) for one in found])


@practice.command("weigh")
@click.argument("pattern", type=int)
@click.option("--frequency", type=float, help="How often it comes up, any scale.")
@click.option("--stake", type=float, help="Weight of getting it wrong; 1 is usual.")
@json_option
def weigh(pattern: int, frequency: float | None, stake: float | None, as_json: bool) -> None:
    """Say how often PATTERN comes up and what is at stake."""
    with door.database() as db:
        done = services.weigh(door.actor(), db, pattern, frequency=frequency, stake=stake)
    show(done) if as_json else click.echo(f"{done.name}: frequency {done.frequency:g}, stake {done.stake:g}.")


@practice.command("cases")
@click.argument("artifact", type=int)
@click.option("--page", default=1, show_default=True)
@json_option
def cases(artifact: int, page: int, as_json: bool) -> None:
    """List the cases to practise of ARTIFACT, with what counts as right."""
    with door.database() as db:
        found = queries.cases(door.actor(), db, artifact, page=page)
    if as_json:
        show(found)
        return
    table(
        ["id", "case", "pattern", "pool", "key", "experts", "decides"],
        [
            (
                row.case.id, (row.case.title or row.case.code)[:40], row.pattern_name[:40], row.case.pool,
                row.key or None, row.n, "yes" if row.decides else "no",
            )
            for row in found
        ],
    )  # fmt: skip


@practice.command("show")
@click.argument("case", type=int)
@json_option
def show_(case: int, as_json: bool) -> None:
    """Show CASE and what its panel said."""
    with door.database() as db:
        found = queries.case(door.actor(), db, case)
    if as_json:
        show(found)
        return
    row = found.row
    click.echo(f"{row.case.situation}\n\nkey: {row.key or 'unknown'} ({row.basis or 'none'}, {row.n} experts)")
    for option, count in found.shares:
        click.echo(f"  {count} × {option}")


@practice.command("plan")
@click.argument("artifact", type=int)
@json_option
def plan(artifact: int, as_json: bool) -> None:
    """Show the patterns of ARTIFACT with their cases, and how well its experts agree."""
    with door.database() as db:
        found = queries.plan(door.actor(), db, artifact)
    if as_json:
        show(found)
        return
    table(
        ["id", "pattern", "practice", "sealed", "retest", "with a key"],
        [
            (row.pattern.id, row.pattern.name[:60], row.practice, row.sealed, row.retest, row.with_key)
            for row in found.patterns
        ],
    )
    top, ceiling = found.ceiling.value, found.ceiling
    remark(
        f"experts among themselves: kappa {'unknown' if top is None else f'{top:.2f}'} "
        f"({ceiling.pairs} pairs, {ceiling.repeats} who judged again)"
    )


@practice.command("import")
@click.argument("artifact", type=int)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def import_(artifact: int, file: Path, as_json: bool) -> None:
    """Bring cases of a CSV or JSONL FILE in. The same file again brings nothing new."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check the path and the permission.") from error
    with door.database() as db:
        brought = services.bring_file(door.actor(), db, artifact, data, lambda rows: remark(f"{rows:,} rows read"))
    _brought(brought, as_json)


@practice.command("from-bank")
@click.argument("artifact", type=int)
@click.argument("bank", type=int)
@click.option("--pool", type=POOLS, default="practice", show_default=True)
@json_option
def from_bank(artifact: int, bank: int, pool: Pool, as_json: bool) -> None:
    """Bring the cases of a BANK in; what experts said of them counts as right."""
    with door.database() as db:
        _brought(services.bring_bank(door.actor(), db, artifact, bank, pool=pool), as_json)


@practice.command("vary")
@click.argument("case", type=int)
@click.option("--count", default=3, show_default=True)
@json_option
def vary(case: int, count: int, as_json: bool) -> None:
    """Make variants of CASE: another surface, the same cues."""
    with door.database() as db:
        _brought(services.vary(door.actor(), db, case, count), as_json)


def _brought(brought: Brought, as_json: bool) -> None:
    if as_json:
        show(brought)
        return
    click.echo(f"{brought.new} cases are new, {brought.duplicate} were there already.")
    if brought.without_key:
        remark(f"{brought.without_key} wait for a panel to give them a key")
    for fault in brought.faults[:50]:
        remark(f"set aside: {fault.sentence}")
    if len(brought.faults) > 50:
        remark(f"and {len(brought.faults) - 50} more; --json lists them all")


@practice.command("move")
@click.argument("case", type=int)
@click.argument("pool", type=POOLS)
@json_option
def move(case: int, pool: Pool, as_json: bool) -> None:
    """Put CASE into another pool: practice, sealed, retest."""
    with door.database() as db:
        services.move(door.actor(), db, case, pool)
    show({"case": case, "pool": pool}) if as_json else click.echo(f"Case {case} is in the pool {pool}.")


@practice.command("retire")
@click.argument("case", type=int)
@json_option
def retire(case: int, as_json: bool) -> None:
    """Take CASE out of use."""
    with door.database() as db:
        services.retire_case(door.actor(), db, case)
    show({"retired": case}) if as_json else click.echo(f"Case {case} is out of use.")


@practice.command("panel")
@click.argument("artifact", type=int)
@click.option("--case", type=int, help="Judge this case; else the next that waits is shown.")
@click.option("--option", default="", help="What you choose.")
@click.option("--reason", default="")
@click.option("--cue", default="", help="What decided it.")
@click.option("--sure", type=float, help="0 to 1.")
@as_option
@json_option
def panel(
    artifact: int, case: int | None, option: str, reason: str, cue: str, sure: float | None, who: str, as_json: bool
) -> None:
    """Judge cases of ARTIFACT as an expert, before seeing what anybody else judged."""
    with door.database() as db:
        actor = seat(db, who)
        if case is not None:
            n = services.answer_panel(actor, db, case, option, reason=reason, cue=cue, confidence=sure)
            show({"experts": n}) if as_json else click.echo(f"Kept. {n} experts have judged this case.")
            return
        waiting = queries.panel_next(actor, db, artifact)
    if as_json:
        show(waiting)
    elif waiting is None:
        click.echo("No case waits for your judgement.")
    else:
        click.echo(f"{waiting.situation}\n\ncase {waiting.case}: {' | '.join(waiting.options)} ({waiting.left} left)")


@practice.command("model")
@click.option("--anew", is_flag=True, help="Compare the models now instead of tonight.")
@json_option
def model(anew: bool, as_json: bool) -> None:
    """Show which model predicts the next answer, and how well."""
    with door.database() as db:
        if anew:
            services.refit(door.actor(), db)
        found = queries.model(door.actor(), db)
    show(found) if as_json else click.echo(found.sentence)
