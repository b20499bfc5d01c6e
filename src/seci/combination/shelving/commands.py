"""`seci merge artifacts`: artifacts become pages that a merge can take in."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.commands.merging import merge
from seci.kit.terminal import json_option, remark, show, table


@merge.command("artifacts")
@click.argument("artifacts", type=int, nargs=-1, metavar="[ARTIFACT]...")
@json_option
def artifacts_(artifacts: tuple[int, ...], as_json: bool) -> None:
    """Lay ARTIFACTS beside the documents, as pages that a merge can take in; without one, list which there are.

    A page says when the artifact holds, what it says, and, from five runs on real work on, what came of them.
    """
    from seci.combination.shelving import queries, services

    with door.database() as db:
        pages = services.shelve(door.actor(), db, artifacts) if artifacts else ()
        rows = [row for row in queries.shelf(door.actor(), db) if not pages or row.document in pages]
    if as_json:
        show(rows)
        return
    table(
        ["artifact", "title", "kind", "document"],
        [(row.artifact.id, row.artifact.title, row.artifact.type_words, row.document or "") for row in rows],
    )
    if pages:
        remark("Take them into a merge: seci merge start TITLE " + " ".join(f"--document {one}" for one in pages))
