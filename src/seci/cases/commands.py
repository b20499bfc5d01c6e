"""`seci cases`: banks of cases from the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from seci.accounts import door
from seci.cases import queries, services
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table


@click.group()
def cases() -> None:
    """Look at banks of cases; bring cases in from a table or from commits."""


@cases.command("list")
@click.option("--asset", type=int, help="Only banks of this asset.")
@json_option
def list_(asset: int | None, as_json: bool) -> None:
    """List the banks of cases."""
    with door.database() as db:
        found = queries.all_banks(door.actor(), db, asset=asset)
    if as_json:
        show(found)
        return
    table(
        ["id", "bank", "asset", "cases", "real", "judgements"],
        [(row.bank.id, row.bank.title, row.asset_name, row.cases, row.real, row.judgements) for row in found],
    )


@cases.command("show")
@click.argument("bank", type=int)
@click.option("--page", default=1, show_default=True)
@json_option
def show_(bank: int, page: int, as_json: bool) -> None:
    """Show BANK: what can be said of its cases, and a page of them."""
    with door.database() as db:
        found = queries.bank(door.actor(), db, bank, page=page)
    if as_json:
        show(found)
        return
    it = found.bank
    click.echo(
        f"{it.title}\n  decision    {it.decision or 'unknown'}\n  outcomes    {', '.join(it.outcomes) or 'unknown'}"
    )
    table(
        ["attribute", "type", "unit", "from", "to", "how it is measured"],
        [(one.name, one.type, one.unit, one.low, one.high, one.how_measured) for one in it.attributes],
    )
    table(
        ["case", "title", "judged"],
        [
            (row.case.id[:12], row.case.title[:70], ", ".join(f"{n} × {word}" for word, n in row.outcomes))
            for row in found.rows
        ],
    )
    remark(f"{found.pager.first}–{found.pager.last} of {found.pager.total} cases")


@cases.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--bank", type=int, help="Into this bank; else a new one is made.")
@click.option("--title", default="", help="Title of the new bank; default the name of the file.")
@click.option("--asset", type=int, help="Asset that the new bank is about.")
@click.option("--outcome", default="", help="Column that holds a verdict.")
@json_option
def import_(file: Path, bank: int | None, title: str, asset: int | None, outcome: str, as_json: bool) -> None:
    """Bring the rows of the CSV FILE in as cases. The same file again brings nothing new."""
    with door.database() as db:
        brought = services.import_table(
            door.actor(), db, read(file), bank=bank, title=title or file.stem, asset=asset, outcome=outcome
        )
    if as_json:
        show(brought)
        return
    click.echo(f"Bank {brought.bank.id}: {brought.new} cases are new, {brought.duplicate} were there already.")
    for fault in brought.faults:
        remark(f"set aside: {fault.sentence}")
    for line in brought.remarks:
        remark(line)


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check the path and the permission.") from error


@cases.command("export")
@click.argument("bank", type=int)
@json_option
def export(bank: int, as_json: bool) -> None:
    """Print the cases of BANK as CSV, or with their attributes as JSON."""
    with door.database() as db:
        if as_json:
            show(queries.whole_bank(door.actor(), db, bank))
        else:
            click.echo(queries.as_table(door.actor(), db, bank), nl=False)


@cases.command("describe")
@click.argument("bank", type=int)
@click.option("--title", help="What the bank is called.")
@click.option("--decision", help="What is decided on each case.")
@click.option("--outcome", "outcomes", multiple=True, help="What can be decided; give it several times.")
@json_option
def describe(bank: int, title: str | None, decision: str | None, outcomes: tuple[str, ...], as_json: bool) -> None:
    """Say what BANK is about."""
    with door.database() as db:
        done = services.describe_bank(door.actor(), db, bank, title=title, decision=decision, outcomes=outcomes or None)
    show(done) if as_json else click.echo(f"{done.title}: {', '.join(done.outcomes) or 'outcomes unknown'}")


@cases.command("attribute")
@click.argument("bank", type=int)
@click.argument("key")
@click.option("--name", default="", help="As the expert calls it.")
@click.option("--unit", help="Of a number.")
@click.option("--range", "ends", nargs=2, type=float, help="The least and the most it can be.")
@click.option("--level", "levels", multiple=True, help="Of a category; of an ordinal scale from low to high.")
@click.option("--measured", help="How somebody else would find it out.")
@json_option
def attribute(
    bank: int, key: str, name: str, unit: str | None, ends: tuple[float, float] | None, levels: tuple[str, ...],
    measured: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Say what the attribute KEY of BANK means."""
    with door.database() as db:
        before = queries.attribute(door.actor(), db, bank, key)
        low, high = ends or (before.low, before.high)
        after = Attribute(
            key, name, before.type, before.unit if unit is None else unit, low, high, levels or before.levels,
            before.how_measured if measured is None else measured,
        )  # fmt: skip
        done = services.describe_attribute(door.actor(), db, bank, after)
    show(done) if as_json else click.echo(f"{done.title}: {key} described.")


@cases.command("retire")
@click.argument("bank", type=int)
@json_option
def retire(bank: int, as_json: bool) -> None:
    """Take BANK out of use; what rests on its cases stays."""
    with door.database() as db:
        services.retire_bank(door.actor(), db, bank)
    show({"retired": bank}) if as_json else click.echo(f"Bank {bank} is out of use.")
