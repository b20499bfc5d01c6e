"""`seci practice prepare, cases, import, panel, ...`: what authors and experts do."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from seci.accounts import door
from seci.internalization import queries, services
from seci.internalization.access import Pool
from seci.internalization.commands.learning import as_option, practice, seat
from seci.internalization.services import Brought
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table

POOLS = click.Choice(get_args(Pool))


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
@click.option("--near", type=int, multiple=True, help="A pattern easily mistaken for it; repeat it. 0: none.")
@json_option
def weigh(pattern: int, frequency: float | None, stake: float | None, near: tuple[int, ...], as_json: bool) -> None:
    """Say how often PATTERN comes up, what is at stake, and what it is easily mistaken for."""
    others = [one for one in near if one] if near else None
    with door.database() as db:
        done = services.weigh(door.actor(), db, pattern, frequency=frequency, stake=stake, near=others)
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
@click.option("--rank", "ranking", multiple=True, help="All options, best first, where a case is ranked; repeat it.")
@as_option
@json_option
def panel(
    artifact: int, case: int | None, option: str, reason: str, cue: str, sure: float | None, ranking: tuple[str, ...],
    who: str, as_json: bool,
) -> None:  # fmt: skip
    """Judge cases of ARTIFACT as an expert, before seeing what anybody else judged."""
    with door.database() as db:
        actor = seat(db, who)
        if case is not None:
            chosen = ranking[0] if ranking else option
            n = services.answer_panel(actor, db, case, chosen, reason=reason, cue=cue, confidence=sure, ranking=ranking)
            show({"experts": n}) if as_json else click.echo(f"Kept. Experts who judged this case: {n}.")
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
