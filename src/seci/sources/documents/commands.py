"""`seci import`, `seci imports`: documents into the library from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seci.accounts import door
from seci.kit.terminal import is_watched, json_option, remark, show, table
from seci.sources.documents.page import FORMATS

SHOWN = 20


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "format_", type=click.Choice(FORMATS), help="What it is; left out, what lies there decides.")
@click.option("--name", default="", help="Of the collection; left out, that of the folder or file.")
@click.option("--licence", default="", help="Of the whole (SPDX); left out, what LICENSE files say.")
@click.option("--history/--no-history", default=True, show_default=True, help="Take earlier states along.")
@json_option
def import_(path: Path, format_: str | None, name: str, licence: str, history: bool, as_json: bool) -> None:
    """Bring the documents at PATH into the library: a folder, repository, vault, export of a wiki, or file.

    Again, it brings what has changed and takes away what is gone. Interrupted, it goes on where it was.
    """
    from seci.sources.documents import queries, services

    with door.database() as db:
        actor = door.actor()
        id_ = services.begin(actor, db, path, format_=format_ or "", name=name, licence=licence, with_history=history)
        line = Line()
        done = services.run(actor, db, id_, door.instance().data, line)
        line.end()
        found = queries.import_(actor, db, id_, size=1000)
    if as_json:
        show({"import": done, "files": found.outcomes, "more": max(0, found.pager.total - len(found.outcomes))})
        return
    click.echo(f"{done.name} ({done.format}): {done.sentence} ({done.seconds:.1f} s)")
    told = [one for one in found.outcomes if one.result == "failed"]
    told += [one for one in found.outcomes if one.result == "skipped"][: SHOWN - len(told)]
    for one in told[:SHOWN]:
        remark(f"  {one.result}: {one.path}: {one.why}")
    if found.pager.total > len(told):
        remark(f"  `seci imports show {id_}` lists all.")


class Line:
    """One line of progress on a watched terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._shown = False

    def __call__(self, progress: object) -> None:
        if not is_watched():
            return
        from seci.sources.documents.services import Progress

        assert isinstance(progress, Progress)
        of = f" of {progress.total:,}" if progress.total is not None else ""
        rate = f", {progress.rate:,.0f} a second" if progress.rate else ""
        left = f", about {progress.remaining:,.0f} s to go" if progress.remaining is not None else ""
        sys.stderr.write(f"\r\x1b[K{progress.done:,}{of} files{rate}{left}")
        sys.stderr.flush()
        self._shown = True

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")


@click.group()
def imports() -> None:
    """Look at imports of documents; stop one, take one back."""


@imports.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the latest imports."""
    from seci.sources.documents import queries

    with door.database() as db:
        found = queries.imports(door.actor(), db)
    if as_json:
        show(found.rows)
        return
    table(
        ["id", "collection", "format", "state", "indexed", "skipped", "failed", "remark"],
        [
            (row.id, row.name, row.format, row.state, row.indexed, row.counts["skipped"], row.counts["failed"],
             row.sentence[:60])
            for row in found.rows
        ],
    )  # fmt: skip


@imports.command("show")
@click.argument("id_", metavar="ID", type=int)
@click.option("--result", default="", help="Only files of one result: new, changed, skipped, failed, gone, …")
@click.option("--page", default=1, show_default=True)
@json_option
def show_(id_: int, result: str, page: int, as_json: bool) -> None:
    """Show import ID: what became of each file, and why."""
    from seci.sources.documents import queries

    with door.database() as db:
        found = queries.import_(door.actor(), db, id_, result=result, page=page, size=200)
    if as_json:
        show(found)
        return
    click.echo(f"{found.row.name} ({found.row.format}), {found.row.state}. {found.row.sentence}")
    table(["file", "result", "why"], [(one.path, one.result, one.why or "–") for one in found.outcomes])
    remark(f"{found.pager.first}–{found.pager.last} of {found.pager.total} files; {found.row.same:,} as before")


@imports.command("stop")
@click.argument("id_", metavar="ID", type=int)
@json_option
def stop(id_: int, as_json: bool) -> None:
    """Stop import ID after the file at hand; what it has brought stays."""
    from seci.sources.documents import services

    with door.database() as db:
        services.stop(door.actor(), db, id_)
    show({"stopping": id_}) if as_json else click.echo(f"Import {id_} stops after the file at hand.")


@imports.command("undo")
@click.argument("id_", metavar="ID", type=int)
@json_option
def undo(id_: int, as_json: bool) -> None:
    """Take import ID back; importing again brings it again."""
    from seci.sources.documents import services

    with door.database() as db:
        done = services.undo(door.actor(), db, id_)
    show(done) if as_json else click.echo(f"Taken back: {done.sentence}")


@imports.command("again")
@click.argument("id_", metavar="ID", type=int)
@json_option
def again(id_: int, as_json: bool) -> None:
    """Read the source of import ID again: go on where it was stopped, or bring what has changed since."""
    from seci.sources.documents import services

    with door.database() as db:
        actor = door.actor()
        done = services.run(actor, db, services.again(actor, db, id_), door.instance().data, Line())
    show(done) if as_json else click.echo(f"{done.name} ({done.format}): {done.sentence}")
