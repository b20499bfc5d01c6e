"""The concept scheme from the terminal."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.kit.terminal import json_option, remark, show
from seci.library import queries, services
from seci.library.access import Concept
from seci.people import queries as people


@click.group("concepts", invoke_without_command=True)
@click.option("--skos", is_flag=True, help="As SKOS in JSON-LD.")
@json_option
@click.pass_context
def concepts(context: click.Context, skos: bool, as_json: bool) -> None:
    """List concepts as a tree; add, rename, place, relate, remove them."""
    if context.invoked_subcommand:
        return
    with door.database() as db:
        actor = door.actor()
        if skos:
            show(queries.skos(actor, db))
            return
        tree = queries.tree(actor, db)
    if as_json:
        show(tree)
        return
    for branch in tree:
        click.echo(f"{'  ' * branch.depth}{branch.concept.label} ({branch.n})")


def _told(found: Concept, as_json: bool, words: str) -> None:
    show(found) if as_json else remark(words)


@concepts.command("add")
@click.argument("label")
@click.option("--below", default="", help="Label of the wider concept.")
@click.option("--definition", default="", help="What it means.")
@json_option
def add(label: str, below: str, definition: str, as_json: bool) -> None:
    """Add a concept called LABEL."""
    with door.database() as db:
        actor = door.actor()
        wider = queries.named_concept(actor, db, below).id if below else None
        found = services.add_concept(actor, db, label, broader=wider, definition=definition)
    _told(found, as_json, f"{found.label} is concept {found.id}.")


@concepts.command("change")
@click.argument("concept")
@click.option("--label", help="Another name.")
@click.option("--definition", help="What it means.")
@click.option("--also", multiple=True, help="Another word for it; may be given again, and replaces those there are.")
@click.option("--owner", help="Name of the person who answers for it.")
@json_option
def change(
    concept: str, label: str | None, definition: str | None, also: tuple[str, ...], owner: str | None, as_json: bool
) -> None:
    """Give CONCEPT other words or an owner."""
    with door.database() as db:
        actor = door.actor()
        found = services.change_concept(
            actor, db, queries.named_concept(actor, db, concept).id, label=label, definition=definition,
            alternatives=also or None, owner=people.named(actor, db, owner) if owner else None,
        )  # fmt: skip
    _told(found, as_json, "Changed.")


@concepts.command("place")
@click.argument("concept")
@click.argument("below", nargs=-1)
@json_option
def place(concept: str, below: tuple[str, ...], as_json: bool) -> None:
    """Put CONCEPT BELOW others; without any at the top."""
    with door.database() as db:
        actor = door.actor()
        wider = [queries.named_concept(actor, db, one).id for one in below]
        found = services.place_concept(actor, db, queries.named_concept(actor, db, concept).id, wider)
    _told(found, as_json, "Placed.")


@concepts.command("relate")
@click.argument("concept")
@click.argument("other")
@click.option("--off", is_flag=True, help="No longer related.")
@json_option
def relate(concept: str, other: str, off: bool, as_json: bool) -> None:
    """Put CONCEPT beside OTHER."""
    with door.database() as db:
        actor = door.actor()
        one, two = (queries.named_concept(actor, db, name).id for name in (concept, other))
        found = services.relate_concepts(actor, db, one, two, related=not off)
    _told(found, as_json, "Changed.")


@concepts.command("remove")
@click.argument("concept")
@json_option
def remove(concept: str, as_json: bool) -> None:
    """Take an empty CONCEPT away."""
    with door.database() as db:
        actor = door.actor()
        found = queries.named_concept(actor, db, concept)
        services.remove_concept(actor, db, found.id)
    _told(found, as_json, "Removed.")
