"""Looking at documents from the terminal, and taking them along."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import click

from seci.accounts import door
from seci.kit.clock import to_date, to_datetime
from seci.kit.errors import BadInput, Unavailable
from seci.kit.terminal import json_option, remark, show, table
from seci.library import queries
from seci.library.gitting import stream
from seci.library.views import Wanted


@click.command("list")
@click.argument("text", required=False, default="")
@click.option("--concept", default="", help="Label of a concept: what is under it and under narrower ones.")
@click.option("--tag", default="", help="A plain word of the front matter.")
@click.option("--kind", default="", help="page, playbook, adr, decision_tree, ...")
@click.option("--for", "diataxis", default="", help="tutorial, how-to, reference or explanation.")
@click.option("--collection", type=int, help="Number of the collection.")
@click.option("--state", default="", help="draft, published or retired; default: all in use.")
@click.option("--mark", default="", help="unverified, earlier, stale, reopened, isolated, challenged, unfiled, nobody.")
@click.option("--page", default=1, help="Which page.")
@json_option
def list_(
    text: str, concept: str, tag: str, kind: str, diataxis: str, collection: int | None, state: str, mark: str,
    page: int, as_json: bool,
) -> None:  # fmt: skip
    """List documents and artifacts, those whose title contains TEXT."""
    with door.database() as db:
        actor = door.actor()
        under = queries.named_concept(actor, db, concept).id if concept else None
        wanted = Wanted(text, under, tag, kind, diataxis, None, collection, state, mark)
        found = queries.library(actor, db, wanted, page=page)
    if as_json:
        show(found)
        return
    table(
        ["id", "title", "type", "state", "owner", "verified", "look at"],
        [
            (
                f"{'artifact ' if row.spot.room == 'artifacts' else ''}{row.spot.id}", row.spot.title, row.kind_words,
                row.state, row.owner.name if row.owner else "nobody", row.verification.standing, ", ".join(row.notable),
            )
            for row in found.rows
        ],
    )  # fmt: skip
    remark(f"{found.pager.total:,} titles, page {found.pager.page} of {found.pager.pages}.")


@click.command("show")
@click.argument("document", type=int)
@click.option("--revision", type=int, help="An earlier one.")
@json_option
def show_(document: int, revision: int | None, as_json: bool) -> None:
    """Print DOCUMENT as Markdown; what stands around it as remarks."""
    with door.database() as db:
        page = queries.one(door.actor(), db, document, revision)
    if as_json:
        show(page)
        return
    it = page.document
    remark(
        f"{page.revision.title} ({page.kind_words}, r{page.revision.number}, {it.state}, {page.verification.standing})"
    )
    for words in page.mark_words:
        remark(f"Look at: {words}")
    for link in page.backlinks:
        remark(f"Leads here: {link.spot.title} ({link.spot.address})")
    click.echo(page.revision.text)


@click.command("history")
@click.argument("document", type=int)
@json_option
def history(document: int, as_json: bool) -> None:
    """List the revisions of DOCUMENT."""
    with door.database() as db:
        found = queries.history(door.actor(), db, document)
    if as_json:
        show(found)
        return
    table(
        ["revision", "when", "who", "how", "why"],
        [
            (
                row.revision.number, f"{to_datetime(row.revision.at):%Y-%m-%d %H:%M}",
                row.author.name if row.author else row.revision.author_name or "unknown", row.revision.cause,
                row.revision.message,
            )
            for row in found.rows
        ],
    )  # fmt: skip


@click.command("compare")
@click.argument("document", type=int)
@click.argument("before", type=int)
@click.argument("after", type=int)
@json_option
def compare(document: int, before: int, after: int, as_json: bool) -> None:
    """Show what changed in DOCUMENT from revision BEFORE to AFTER."""
    with door.database() as db:
        found = queries.compare(door.actor(), db, document, before, after)
    if as_json:
        show(found)
        return
    for lines in found.stretches:
        for line in lines:
            click.echo({"same": "  ", "gone": "- ", "new": "+ "}[line.kind] + line.text)
        click.echo("")


@click.command("blame")
@click.argument("document", type=int)
@json_option
def blame(document: int, as_json: bool) -> None:
    """Show which revision each block of DOCUMENT came with."""
    with door.database() as db:
        found = queries.blame(door.actor(), db, document)
    if as_json:
        show(found)
        return
    for one in found:
        who = one.row.author.name if one.row.author else one.row.revision.author_name or "unknown"
        click.echo(f"r{one.row.revision.number} {to_date(one.row.revision.at)} {who}: {one.text.splitlines()[0][:80]}")


@click.command("expiring")
@json_option
def expiring(as_json: bool) -> None:
    """List verifications that are over or end within thirty days."""
    with door.database() as db:
        rows = queries.reminders(door.actor(), db)
    if as_json:
        show(rows)
        return
    table(
        ["title", "where", "owner", "until"],
        [
            (one.spot.title, one.spot.address, one.owner.name if one.owner else "nobody", to_date(one.until))
            for one in rows
        ],
    )


@click.command("woven")
@click.option("--asset", type=int, help="Only what is about this asset.")
@json_option
def woven(asset: int | None, as_json: bool) -> None:
    """Show how the library hangs together: linked pages, followed links, pages that stand alone."""
    with door.database() as db:
        found = queries.weave(door.actor(), db, asset=asset)
    if as_json:
        show(found)
        return
    for label, figure in (
        ("linked to something", found.integrated),
        (f"links followed in {found.days} days", found.followed),
    ):
        click.echo(
            f"{label}: {'unknown' if figure.value is None else f'{figure.value:.0%}'} (n = {figure.n} {figure.of})"
        )
    click.echo(f"links to pages that are not there: {found.broken}")
    if not found.integrated.n:
        click.echo("nothing is in use yet: bring in what is written with `seci import PATH`")
    for spot in found.isolated:
        click.echo(f"alone: {spot.title} ({spot.address})")


@click.command("collections")
@json_option
def collections(as_json: bool) -> None:
    """List where documents came from."""
    with door.database() as db:
        rows = queries.collections(door.actor(), db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "name", "kind", "documents", "licence", "address"],
        [(one.collection.id, one.collection.name, one.collection.kind, one.n, one.collection.licence or "unknown",
          one.collection.address) for one in rows],
    )  # fmt: skip


@click.command("export")
@click.option("--git", "folder", required=True, type=click.Path(path_type=Path), help="A folder that is not there yet.")
@click.option("--collection", type=int, help="Only this collection, at the top of the repository.")
@json_option
def export(folder: Path, collection: int | None, as_json: bool) -> None:
    """Write the documents as a git repository: a commit for each revision, with its author, date and message.

    Files that pages show go along, recordings do not. `seci import` reads it back.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BadInput(f"{folder} is not empty; name a folder that is not there yet.")
    with door.database() as db:
        found = queries.whole(door.actor(), db, collection)
    if not found.states:
        raise BadInput("There is nothing to export; `seci library list` shows what there is.")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile() as written:
        written.writelines(stream(found.states, found.files))
        written.seek(0)
        _git(folder, "init", "-q", "-b", "main")
        _git(folder, "fast-import", "--quiet", "--done", given=written)
        _git(folder, "reset", "-q", "--hard", "main")
    if as_json:
        show({
            "folder": str(folder), "documents": found.documents, "commits": len(found.states) + bool(found.files),
            "files": len(found.files), "left_out": found.left_out,
        })  # fmt: skip
        return
    for one in found.left_out:
        remark(f"Left out: {one.name}. {one.why}")
    files = f" with {len(found.files)} file{'s' * (len(found.files) != 1)}" if found.files else ""
    remark(f"{found.documents} documents{files} in {len(found.states) + bool(found.files)} commits are in {folder}.")


def _git(folder: Path, *arguments: str, given: IO[bytes] | None = None) -> None:
    done = subprocess.run(["git", *arguments], cwd=folder, stdin=given, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unavailable(f"git {arguments[0]} failed in {folder}: {said[0] if said else 'no reason given'}.")


looks = (list_, show_, history, compare, blame, expiring, woven, collections, export)
