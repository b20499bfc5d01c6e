"""`seci people`: the directory, who is who, and units from the terminal."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from seci.accounts import door
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table
from seci.people import queries, services


@click.group()
def people() -> None:
    """Look at the directory; say who is who, who belongs where."""


@people.command("list")
@click.argument("text", required=False, default="")
@click.option("--unit", type=int, help="Only this unit.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
@json_option
def list_(text: str, unit: int | None, page: int, as_json: bool) -> None:
    """List people, those whose name contains TEXT."""
    with door.database() as db:
        found = queries.people(door.actor(), db, q=text, unit=unit, page=page)
    if as_json:
        show({"people": found.people, "page": page, "pages": found.pager.pages, "total": found.pager.total})
        return
    table(
        ["id", "name", "unit", "function"],
        [(r.person.id, r.person.name, r.unit.name if r.unit else "", r.function) for r in found.people],
    )
    remark(f"{found.pager.total:,} people, page {page} of {found.pager.pages}; {found.suggestions:,} open questions.")


@people.command("show")
@click.argument("person", type=int)
@json_option
def show_(person: int, as_json: bool) -> None:
    """Show who PERSON is, and what ties their names and addresses together."""
    with door.database() as db:
        found = queries.person(door.actor(), db, person)
    if as_json:
        show(found)
        return
    click.echo(found.person.name)
    for label, value in (
        ("unit", found.unit.name if found.unit else None),
        ("function", found.function or None),
        ("starts", found.starts_on),
        ("leaves", found.leaves_on),
    ):
        click.echo(f"  {label:9}{'unknown' if value is None else value}")
    table(
        ["identity", "name", "address", "tied by", "sure"],
        [(i.id, i.name, i.email, i.rule, f"{i.confidence:.0%}") for i in found.identities],
    )


@people.command("join")
@click.argument("persons", nargs=-1, type=int, required=True)
@json_option
def join(persons: tuple[int, ...], as_json: bool) -> None:
    """Say that PERSONS are one, the first of them."""
    with door.database() as db:
        tell(services.join(door.actor(), db, persons), as_json)


@people.command("split")
@click.argument("identities", nargs=-1, type=int, required=True)
@click.option("--name", default="", help="Name of whom they belong to.")
@json_option
def split(identities: tuple[int, ...], name: str, as_json: bool) -> None:
    """Say that IDENTITIES of one person are somebody else's. `seci people show` gives their numbers."""
    with door.database() as db:
        tell(services.split(door.actor(), db, identities, name), as_json)


@people.command("suggestions")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
@json_option
def suggestions(page: int, as_json: bool) -> None:
    """List who may be whom, surest first."""
    with door.database() as db:
        found = queries.suggestions(door.actor(), db, page=page)
        total = queries.count_suggestions(door.actor(), db)
    if as_json:
        show({"suggestions": found, "total": total, "page": page})
        return
    table(
        ["id", "one", "two", "because", "sure"],
        [
            (s.id, f"{s.one.name} <{s.one.email}>", f"{s.two.name} <{s.two.email}>", s.rule, f"{s.confidence:.0%}")
            for s in found
        ],
    )
    remark(f"{total:,} open; answer with `seci people confirm ID` or `seci people reject ID`.")


@people.command("confirm")
@click.argument("suggestion", type=int)
@json_option
def confirm(suggestion: int, as_json: bool) -> None:
    """Say yes: the two are one person."""
    with door.database() as db:
        tell(services.confirm(door.actor(), db, suggestion), as_json)


@people.command("reject")
@click.argument("suggestion", type=int)
@json_option
def reject(suggestion: int, as_json: bool) -> None:
    """Say no: the two are two people."""
    with door.database() as db:
        services.reject(door.actor(), db, suggestion)
    if as_json:
        show({"rejected": suggestion})
    else:
        remark("They stay two people; no later scan joins them.")


@people.command("describe")
@click.argument("person", type=int)
@click.option("--name", help="The name they go by.")
@click.option("--function", help="What they do.")
@click.option("--unit", type=int, help="Number of their unit.")
@click.option("--starts", help="First day, as 2026-01-31.")
@click.option("--leaves", help="Last day; empty text for unknown.")
@click.option("--load-cap", type=float, help="Hours a week for helping others.")
@json_option
def describe(
    person: int,
    name: str | None,
    function: str | None,
    unit: int | None,
    starts: str | None,
    leaves: str | None,
    load_cap: float | None,
    as_json: bool,
) -> None:
    """Say who PERSON is; what is left out stays."""
    wanted: dict[str, Any] = {"function": function, "unit": unit, "load_cap": load_cap}
    wanted = {word: value for word, value in wanted.items() if value is not None}
    wanted |= {word: day(text) for word, text in (("starts_on", starts), ("leaves_on", leaves)) if text is not None}
    with door.database() as db, db.transaction():
        if name is not None:
            services.rename(door.actor(), db, person, name)
        tell(services.describe(door.actor(), db, person, **wanted), as_json)


@people.command("units")
@click.option("--add", metavar="NAME", help="Make a unit.")
@click.option("--rename", type=(int, str), metavar="UNIT NAME", help="Call a unit otherwise.")
@click.option("--remove", type=int, metavar="UNIT", help="Take a unit away; its people stay.")
@click.option("--propose", is_flag=True, help="Propose units from who works together.")
@click.option("--keep", type=int, metavar="PROPOSAL", help="Accept a proposed unit.")
@click.option("--dismiss", type=int, metavar="PROPOSAL", help="Turn a proposed unit down.")
@json_option
def units(
    add: str | None,
    rename: tuple[int, str] | None,
    remove: int | None,
    propose: bool,
    keep: int | None,
    dismiss: int | None,
    as_json: bool,
) -> None:
    """List units with their people, and proposals; or change them."""
    actor = door.actor()
    with door.database() as db:
        if add:
            services.add_unit(actor, db, add)
        if rename is not None:
            services.rename_unit(actor, db, *rename)
        if remove is not None:
            services.remove_unit(actor, db, remove)
        if propose:
            services.propose_units(actor, db)
        if keep is not None:
            services.keep_unit(actor, db, keep)
        if dismiss is not None:
            services.dismiss_unit(actor, db, dismiss)
        found, proposed = queries.units(actor, db).units, queries.proposed_units(actor, db)
    if as_json:
        show({"units": found, "proposed": proposed})
        return
    table(
        ["id", "unit", "part of", "from", "people"],
        [(u.unit.id, u.unit.name, u.parent.name if u.parent else "", u.origin, listed(u.people)) for u in found],
    )
    for each in proposed:
        click.echo(f"proposal {each.id}: {each.name}: {listed(each.people)}")
        remark(f"  {each.reason}")


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import people from a CSV FILE with columns name, email, unit, function, starts_on, leaves_on, load_cap."""
    with door.database() as db:
        done = services.import_people(door.actor(), db, content(file), dry_run=dry_run)
    for fault in done.faults:
        remark(fault.sentence)
    if done.ignored_columns:
        remark(f"Not used: {', '.join(done.ignored_columns)}.")
    if as_json:
        show(done)
        return
    would = "would be " if dry_run else ""
    click.echo(
        f"{done.rows} rows: {done.added} people {would}added, {done.changed} {would}changed, {done.unchanged} as they "
        f"were; {done.units_added} units {would}added; {len(done.faults)} rows set aside."
    )


def content(file: Path) -> str:
    """The text of a file, or of standard input for `-`. Raises BadInput."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(f"{file} is not UTF-8 in line {line}; save it as UTF-8 and import it again.") from error


def day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text} is not a date; write it as 2026-01-31.") from error


def listed(people: tuple[Any, ...]) -> str:
    shown = ", ".join(person.name for person in people[:6])
    return f"{shown} and {len(people) - 6} more" if len(people) > 6 else shown


def tell(person: Any, as_json: bool) -> None:
    if as_json:
        show(person)
    else:
        click.echo(f"{person.id}  {person.name}")
