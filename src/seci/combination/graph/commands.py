"""`seci graph`: what hangs together with what, and by which way."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.graph import queries
from seci.combination.graph.views import plain, said
from seci.kit.terminal import json_option, remark, show


@click.group()
def graph() -> None:
    """People, assets, artifacts, documents, concepts and events as one graph. A node is named as asset:12."""


@graph.command("find")
@click.argument("words")
@json_option
def find(words: str, as_json: bool) -> None:
    """Find nodes by WORDS in their name."""
    door.framework()
    with door.database() as db:
        found = queries.find(door.actor(), db, words)
    if as_json:
        show([{"node": str(each.name), "label": each.label, "note": each.note} for each in found])
        return
    for each in found:
        click.echo(f"{each.name}  {each.label}")
    if not found:
        remark("Nothing here is called like that.")


@graph.command("show")
@click.argument("node")
@click.option("--depth", type=click.IntRange(1, queries.DEEPEST), default=1, show_default=True)
@click.option("--limit", type=click.IntRange(1, 50), default=queries.LIMIT, show_default=True, help="Neighbors a sort.")
@json_option
def show_(node: str, depth: int, limit: int, as_json: bool) -> None:
    """Show what is around NODE."""
    door.framework()
    with door.database() as db:
        found = queries.around(door.actor(), db, node, depth=depth, limit=limit)
    if as_json:
        show(plain(found))
        return
    for edge in found.edges:
        source, target = found.nodes[edge.source], found.nodes[edge.target]
        click.echo(f"{source.label} ({source.name}) {edge.words(edge.source)} {target.label} ({target.name})")
    remark("There is more: raise --limit." if found.cut else f"{len(found.nodes)} nodes, {len(found.edges)} edges.")


@graph.command("path")
@click.argument("node")
@click.argument("to", required=False)
@json_option
def path(node: str, to: str | None, as_json: bool) -> None:
    """Show the way from NODE to another node; without TO, who can explain it."""
    door.framework()
    with door.database() as db:
        actor = door.actor()
        found = queries.way(actor, db, node, to) if to else queries.who_can_explain(actor, db, node)
    if as_json:
        show({"ways": [said(way) for way in found.ways]})
        return
    for way in found.ways:
        click.echo(way.sentence)
    if not found.ways:
        remark("No way leads there within four steps." if to else "No way leads to anybody who is here.")


@graph.command("export")
@click.argument("node")
@click.option("--form", type=click.Choice(queries.FORMS), default="jsonld", show_default=True)
@click.option("--depth", type=click.IntRange(1, queries.DEEPEST), default=2, show_default=True)
@click.option("--base", help="Address of the instance; where it is served, if you do not say.")
@json_option
def export(node: str, form: str, depth: int, base: str | None, as_json: bool) -> None:
    """Print what is around NODE for other programs."""
    door.framework()
    address = (base or door.instance().address()).rstrip("/")
    with door.database() as db:
        text = queries.exported(door.actor(), db, node, form, address, depth=depth)
    show({"form": form, "text": text}) if as_json else click.echo(text, nl=False)
