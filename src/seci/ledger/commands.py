"""`seci ledger`, `seci backup`, `seci restore`, `seci doctor`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from seci.accounts import door
from seci.kit.clock import Micros, now, to_datetime
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table
from seci.ledger import queries, services
from seci.ledger.kinds import Kind
from seci.ledger.queries import EventRecord

KINDS = [kind.name.lower() for kind in Kind]


@click.group()
def ledger() -> None:
    """Look into the ledger, undo an import, take its digest."""


@ledger.command("digest")
@json_option
def digest_(as_json: bool) -> None:
    """Print a digest of what the ledger says; equal ledgers give equal digests on every database."""
    from seci.ledger.digest import digest

    with door.database() as db:
        found = digest(db)
    if as_json:
        show(found)
    else:
        click.echo(found.digest)
        remark(f"{found.events:,} effective events, {found.outcomes:,} outcomes, {len(found.sources)} sources.")


@ledger.command("runs")
@click.option("--source", type=int, help="Number of a source.")
@click.option("--limit", default=20, show_default=True)
@json_option
def runs_(source: int | None, limit: int, as_json: bool) -> None:
    """List imports, the newest first."""
    with door.database() as db:
        found = queries.imports(door.actor(), db, source, limit=limit)
    if as_json:
        show(found)
    else:
        table(
            ["run", "source", "state", "began", "new", "known", "rejected", "what"],
            [
                (r.id, r.source, r.state, when(r.started_at), r.accepted, r.duplicate, r.rejected, r.sentence or r.step)
                for r in found
            ],
        )


@ledger.command("sources")
@json_option
def sources_(as_json: bool) -> None:
    """List where events come from."""
    with door.database() as db:
        found = queries.sources(door.actor(), db)
    if as_json:
        show(found)
    else:
        table(["source", "kind", "title", "rows", "uri"], [(s.id, s.kind, s.title, s.events, s.uri) for s in found])


@ledger.command("quarantine")
@click.option("--run", type=int, help="Number of a run.")
@click.option("--page", default=1, show_default=True)
@json_option
def quarantine_(run: int | None, page: int, as_json: bool) -> None:
    """List records that could not be read: where they are and what was expected."""
    with door.database() as db:
        pager, found = queries.quarantined(door.actor(), db, run, page=page)
    if as_json:
        show({"total": pager.total, "page": page, "items": found})
    else:
        table(["run", "where", "code", "what"], [(q.run, q.locator, q.code, q.sentence) for q in found])
        remark(f"{pager.total:,} in all, page {page} of {pager.pages}.")


@ledger.command("events")
@click.option("--id", "ids", type=int, multiple=True, help="Number of an event; may be given several times.")
@click.option("--chain", type=int, help="Number of an event, to see all its corrections.")
@click.option("--item", help="Identity at the source, for git a commit id or its beginning.")
@click.option("--asset", type=int, help="Number of an asset; with --identity.")
@click.option("--identity", "identities", type=int, multiple=True, help="Number of an identity.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True)
@click.option("--page", default=1, show_default=True)
@json_option
def events_(
    ids: tuple[int, ...],
    chain: int | None,
    item: str | None,
    asset: int | None,
    identities: tuple[int, ...],
    kinds: tuple[str, ...],
    page: int,
    as_json: bool,
) -> None:
    """Show the events behind a number: by id, by commit, or those of identities on an asset."""
    actor = door.actor()
    with door.database() as db:
        if ids:
            found = queries.events(actor, db, ids)
        elif chain is not None:
            found = queries.chain(actor, db, chain)
        elif item is not None:
            found = queries.events_of_item(actor, db, native(item))
        elif asset is not None and identities:
            wanted = [Kind[kind.upper()] for kind in kinds]
            behind = queries.events_behind(actor, db, assets=[asset], identities=identities, kinds=wanted, page=page)
            found = behind.items
            remark(f"{behind.pager.total:,} events, page {behind.pager.page} of {behind.pager.pages}.")
        else:
            raise BadInput("Say which events: --id N, --chain N, --item COMMIT, or --asset N --identity N.")
    tell_events(found, as_json)


@ledger.command("seal")
@json_option
def seal(as_json: bool) -> None:
    """Bring the monthly Parquet segments up to date, for analysis outside the database. The running month waits."""
    from seci.ledger import segments

    with door.database() as db:
        at = now()
        written = segments.seal(db, door.instance().segments, at=at, before=at)
        every = segments.sealed(db)
    if as_json:
        show({"written": len(written), "segments": every})
    else:
        rows = sum(each.rows for each in every)
        click.echo(f"{len(written)} months written, {len(every)} sealed with {rows:,} events.")


@ledger.command("undo")
@click.argument("run", type=int)
@json_option
def undo(run: int, as_json: bool) -> None:
    """Take back all that the import RUN wrote. `seci ledger redo RUN` brings it back."""
    with door.database() as db:
        by = services.undo(door.actor(), db, run)
    show(by) if as_json else click.echo(f"Run {by.id} {by.sentence}.")


@ledger.command("redo")
@click.argument("run", type=int)
@json_option
def redo(run: int, as_json: bool) -> None:
    """Bring back the import RUN that was undone."""
    with door.database() as db:
        by = services.redo(door.actor(), db, run)
    show(by) if as_json else click.echo(f"Run {by.id} {by.sentence}.")


@ledger.command("reclassify")
@click.argument("event", type=int)
@click.argument("kind", type=click.Choice(KINDS))
@json_option
def reclassify(event: int, kind: str, as_json: bool) -> None:
    """Say what EVENT really was; the import's reading is kept below the correction."""
    with door.database() as db:
        record = services.reclassify(door.actor(), db, event, Kind[kind.upper()])
    tell_events([record], as_json)


@ledger.command("kinds")
@click.option("--skos", is_flag=True, help="As a SKOS vocabulary in JSON-LD.")
@json_option
def kinds_(skos: bool, as_json: bool) -> None:
    """List the kinds of events with their mode and loop step."""
    from seci.ledger.vocabulary import in_skos, terms

    if skos:
        show(in_skos())
    elif as_json:
        show(terms())
    else:
        table(["code", "kind", "mode", "step"], [(t.code, t.kind, t.mode or "–", t.step or "–") for t in terms()])


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write the whole instance into FILE: database, evidence and checksum. An older FILE stays until it is whole."""
    door.framework()
    from seci.ledger import backup as backups

    with door.database() as db:
        made = backups.write(db, tables(), door.instance().evidence, file, at=now())
    if as_json:
        show({"file": file.absolute(), "bytes": file.stat().st_size, **asdict(made)})
    else:
        click.echo(
            f"{file}: {made.rows:,} rows, {made.events:,} effective events, {len(made.evidence)} evidence files."
        )
        click.echo(f"digest {made.digest}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put the backup in the place of what this instance holds.")
@json_option
def restore(file: Path, replace: bool, as_json: bool) -> None:
    """Restore the instance from FILE, made on SQLite or PostgreSQL. All of it or nothing; the digest is compared."""
    door.framework()
    from seci.ledger import backup as backups

    with door.database() as db:
        made, found = backups.restore(db, tables(), door.instance().evidence, file, at=now(), replace=replace)
    if as_json:
        show({"file": file.absolute(), **asdict(made), "digest": found.digest})
    else:
        click.echo(f"{made.rows:,} rows and {len(made.evidence)} evidence files are back, as of {when(made.made_at)}.")
        click.echo(f"digest {found.digest}")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look whether this instance is well; exit 1 if something is not."""
    from seci.ledger.doctor import examine

    with door.database() as db:
        found = list(examine(db, door.instance(), now()))
    ok = all(finding.ok is not False for finding in found)
    if as_json:
        show({"ok": ok, "findings": found})
    else:
        marks = {True: "ok", False: "MEND", None: "unknown"}
        table(["check", "", "finding"], [(f.check, marks[f.ok], f.sentence) for f in found])
    sys.exit(0 if ok else 1)


def tables() -> list:  # type: ignore[type-arg]
    """Every table of the instance that a backup holds."""
    from django.apps import apps

    from seci.ledger import backup as backups

    left_out = {"sessions", "usersessions", "jobs"}
    return backups.tables_of(
        model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in left_out
    )


def tell_events(found: list[EventRecord], as_json: bool) -> None:
    if as_json:
        show(found)
        return
    table(
        ["event", "when", "kind", "actor", "other", "asset", "weight", "item", "corrects"],
        [
            (
                e.seq,
                when(e.t),
                e.kind,
                e.actor,
                e.other if e.other is not None else "–",
                e.asset if e.asset is not None else "–",
                e.weight / 1000,
                e.source_key[:12],
                e.supersedes if e.supersedes is not None else "–",
            )
            for e in found
        ],
    )


def native(item: str) -> bytes:
    """The bytes of a commit id or of its beginning; an odd last digit is left out of the search."""
    try:
        return bytes.fromhex(item[: len(item) // 2 * 2])
    except ValueError as error:
        raise BadInput(f"{item} is not a commit id; give hexadecimal digits.") from error


def when(instant: Micros) -> str:
    return to_datetime(instant).strftime("%Y-%m-%d %H:%M")
