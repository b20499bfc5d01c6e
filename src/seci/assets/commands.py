"""`seci assets`: what the knowledge of this organization is divided into, from the terminal."""

from __future__ import annotations

from typing import Any

import click

from seci.accounts import door
from seci.assets import queries, services
from seci.kit.clock import to_datetime
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table

STATES = ("proposed", "kept", "retired", "merged")


@click.group()
def assets() -> None:
    """Look at assets; rename, merge, split, retire them."""


@assets.command("list")
@click.argument("text", required=False, default="")
@click.option("--state", type=click.Choice(STATES), help="Default: proposed and kept.")
@click.option("--topic", default="", help="code, docs, tests or build.")
@json_option
def list_(text: str, state: str | None, topic: str, as_json: bool) -> None:
    """List assets, those whose name contains TEXT."""
    with door.database() as db:
        found = queries.assets(door.actor(), db, state=state or "", q=text, topic=topic)
        suggested = queries.suggested(door.actor(), db)
    if as_json:
        show({"assets": found, "suggested": suggested})
        return
    table(
        ["id", "asset", "topic", "languages", "state", "why"],
        [(a.id, a.name, a.topic, ", ".join(a.languages), a.state, a.reason) for a in found],
    )
    for each in suggested:
        remark(f"suggestion {each.id}: {each.name}. {each.reason} Answer with `seci assets accept|dismiss {each.id}`.")


@assets.command("show")
@click.argument("asset", type=int)
@json_option
def show_(asset: int, as_json: bool) -> None:
    """Show what ASSET is, where it lies, who was named for it, what happened to it."""
    with door.database() as db:
        found = queries.asset(door.actor(), db, asset)
    if as_json:
        show(found)
        return
    it = found.asset
    click.echo(f"{it.name} ({it.state})\n  {it.reason}")
    known = (it.criticality_low, it.criticality_high)
    for label, value in (
        ("concept", it.concept or None),
        ("owner", found.owner.name if found.owner else None),
        ("users", ", ".join(user.name for user in found.users) or None),
        ("codifiable", it.codifiability),
        ("critical", None if None in known else f"{known[0]:g} to {known[1]:g}"),
        ("decay", it.decay),
        ("also", ", ".join(alias.name for alias in found.aliases) or "nothing"),
        ("named", ", ".join(each.person.name for each in found.nominations) or "nobody"),
    ):
        click.echo(f"  {label:12}{'unknown' if value is None else value}")
    table(["source", "scope"], [(p.title, f"{p.prefix}{p.pattern}" or "everything else") for p in found.places])
    for event in found.history:
        click.echo(f"{to_datetime(event.at).date()}  {event.what} {event.other} {event.reason}".rstrip())


@assets.command("rename")
@click.argument("asset", type=int)
@click.argument("name")
@json_option
def rename(asset: int, name: str, as_json: bool) -> None:
    """Give ASSET another NAME."""
    with door.database() as db:
        tell(services.rename(door.actor(), db, asset, name), as_json)


@assets.command("keep")
@click.argument("asset", type=int)
@json_option
def keep(asset: int, as_json: bool) -> None:
    """Confirm the proposed ASSET."""
    with door.database() as db:
        tell(services.keep(door.actor(), db, asset), as_json)


@assets.command("retire")
@click.argument("asset", type=int)
@click.option("--reason", default="", help="Why it is out of use.")
@click.option("--undo", is_flag=True, help="Bring it back.")
@json_option
def retire(asset: int, reason: str, undo: bool, as_json: bool) -> None:
    """Take ASSET out of use."""
    with door.database() as db:
        done = services.restore(door.actor(), db, asset) if undo else services.retire(door.actor(), db, asset, reason)
        tell(done, as_json)


@assets.command("merge")
@click.argument("numbers", metavar="ASSETS", nargs=-1, type=int, required=True)
@click.option("--undo", is_flag=True, help="Let each stand on its own again.")
@json_option
def merge(numbers: tuple[int, ...], undo: bool, as_json: bool) -> None:
    """Read several ASSETS as one, the first."""
    with door.database() as db, db.transaction():
        if undo:
            done = [services.undo_merge(door.actor(), db, number) for number in numbers]
            show(done) if as_json else remark(f"{len(done)} assets stand on their own again.")
        else:
            tell(services.merge(door.actor(), db, numbers), as_json)


@assets.command("split")
@click.argument("asset", type=int)
@click.argument("name")
@click.argument("paths", nargs=-1, required=True)
@click.option("--source", type=int, help="Number of the source, where the asset lies in several.")
@json_option
def split(asset: int, name: str, paths: tuple[str, ...], source: int | None, as_json: bool) -> None:
    """Make PATHS of ASSET an asset of their own, called NAME. A folder ends with a slash."""
    door.framework()
    with door.database() as db:
        where = source if source is not None else only_source(db, asset)
        done = services.split(door.actor(), db, asset, [(where, path, "") for path in paths], name)
    if as_json:
        show(done)
    else:
        tell(done.part, as_json)
        remark("Its history follows with the next scan of the source.")


@assets.command("accept")
@click.argument("suggestion", type=int)
@click.option("--name", default="", help="A better name.")
@json_option
def accept(suggestion: int, name: str, as_json: bool) -> None:
    """Make a suggested asset real."""
    with door.database() as db:
        done = services.accept(door.actor(), db, suggestion, name)
    show(done) if as_json else tell(done.part, as_json)


@assets.command("dismiss")
@click.argument("suggestion", type=int)
@json_option
def dismiss(suggestion: int, as_json: bool) -> None:
    """Turn a suggested asset down."""
    with door.database() as db:
        services.dismiss(door.actor(), db, suggestion)
    show({"dismissed": suggestion}) if as_json else remark("It does not come back.")


@assets.command("describe")
@click.argument("asset", type=int)
@click.option("--concept", help="What it is, in a sentence or two.")
@click.option("--owner", type=int, help="Number of the person who answers for it.")
@click.option("--user", "users", type=int, multiple=True, help="Number of a person who depends on it; repeat.")
@click.option("--task-type", help="focused process, focused content, broad process or broad content.")
@click.option("--codifiability", type=float, help="0 tacit to 1 codifiable.")
@click.option("--criticality", type=(float, float), metavar="LOW HIGH", help="The range, 0 to 1.")
@click.option("--decay", help="accuracy, speed or mixed.")
@json_option
def describe(asset: int, as_json: bool, **said: Any) -> None:
    """Say what ASSET is; what is left out stays."""
    wanted = {word: value for word, value in said.items() if value not in (None, ())}
    with door.database() as db:
        tell(services.describe(door.actor(), db, asset, **wanted), as_json)


@assets.command("nominate")
@click.argument("asset", type=int)
@click.argument("person", type=int)
@json_option
def nominate(asset: int, person: int, as_json: bool) -> None:
    """Say that PERSON knows ASSET."""
    with door.database() as db:
        number = services.nominate(door.actor(), db, person, asset)
    show({"nomination": number}) if as_json else remark("Shown beside the evidence; it adds nothing to it.")


@assets.command("duplicates")
@json_option
def duplicates(as_json: bool) -> None:
    """List assets that may be one."""
    with door.database() as db:
        found = queries.alike(door.actor(), db)
    if as_json:
        show(found)
    else:
        table(["one", "two", "alike", "because"], [(a.one, a.two, f"{a.likeness:.0%}", a.reason) for a in found])


def only_source(db: Database, asset: int) -> int:
    sources = {place.source for place in queries.places(door.actor(), db, [asset])}
    if len(sources) != 1:
        raise BadInput(f"This asset lies in {len(sources)} sources; say which with --source.")
    return sources.pop()


def tell(asset: Any, as_json: bool) -> None:
    if as_json:
        show(asset)
    else:
        click.echo(f"{asset.id}  {asset.name}  {asset.state}")
