"""`seci search` and `seci wanted`: the search in the terminal."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.kit.terminal import json_option, remark, show, table


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", help="Only artifacts or documents: artifact, document.")
@click.option("--tag", default="", help="Only what is about this concept, tag or type.")
@click.option("--state", default="", help="Only what is in this state: draft, published.")
@click.option("--owner", type=int, help="Only what this person (number) answers for.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
def search(
    words: tuple[str, ...], kind: str, tag: str, state: str, owner: int | None, limit: int, as_json: bool
) -> None:
    """Search names, and what artifacts and documents say, for WORDS."""
    door.framework()  # names are found in every room, and addresses are Django's
    from seci import search as names
    from seci.search import finding, services
    from seci.search.holding import Filters

    text, filters, actor = " ".join(words), Filters(kind, state, tag, owner), door.actor()
    with door.database() as db:
        hits = [] if filters != Filters() else names.find(actor, text, limit)
        answer = finding.find(actor, db, text, filters, limit=limit)
        if filters == Filters():
            services.note(db, text, "terminal", answered=bool(hits or answer.found))
    if as_json:
        show({"names": hits, "answer": answer})
        return
    if hits:
        table(["kind", "name", "where"], [(hit.kind, hit.title, hit.url) for hit in hits])
    for one in answer.found:
        click.echo(f"\n{' › '.join((one.title, *one.heading))}  ({one.kind} {one.number})")
        click.echo("  " + "".join(click.style(piece.text, bold=piece.marked) for piece in one.snippet))
    if not hits and not answer.found:
        remark(f"Nothing is called like “{text}”, and nothing written here says it.")
    if answer.mode == "words":
        remark("Found by words alone: the model for meaning is not installed.")
    elif answer.waiting:
        remark(f"{answer.waiting} passages are found by words only until the worker has read what they mean.")


@click.command()
@click.option("--settle", type=int, help="Say that the wish of this number is answered by now.")
@json_option
def wanted(settle: int | None, as_json: bool) -> None:
    """What was searched for and led nowhere, without who asked."""
    from seci.search import queries, services

    with door.database() as db:
        if settle is not None:
            services.settle(door.actor(), db, settle)
        found = queries.wanted(door.actor(), db)
    if as_json:
        show(found)
        return
    few = "fewer than five people"
    table(
        ["number", "words", "asked", "nothing found", "nothing opened"],
        [(row.id, row.words, few if row.asked is None else row.asked, row.unanswered, row.unfollowed) for row in found],
    )
