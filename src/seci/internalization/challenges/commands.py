"""`seci challenges`: what speaks against artifacts and documents, and what is decided about it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seci.accounts import door
from seci.internalization.challenges import queries, services
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table


@click.group()
def challenges() -> None:
    """Look at challenges of artifacts and documents; raise one, look for more, decide."""


@challenges.command("list")
@click.option("--artifact", type=int)
@click.option("--document", type=int)
@click.option("--state", type=click.Choice(["open", "decided"]), default=None)
@json_option
def list_(artifact: int | None, document: int | None, state: str | None, as_json: bool) -> None:
    """List challenges."""
    with door.database() as db:
        page = queries.challenges(door.actor(), db, artifact=artifact, document=document, state=state or "")
    if as_json:
        show(page)
        return
    table(
        ["id", "title", "revision", "where", "why", "state"],
        [
            (
                row.challenge.id, row.title, row.challenge.revision,
                row.challenge.node or row.challenge.quote[:40] or "the whole",
                row.challenge.sentence[:70], row.challenge.resolution or "open",
            )
            for row in page.rows
        ],
    )  # fmt: skip


@challenges.command("show")
@click.argument("challenge", type=int)
@json_option
def show_(challenge: int, as_json: bool) -> None:
    """Show CHALLENGE with what its node or passage says."""
    with door.database() as db:
        page = queries.challenge(door.actor(), db, challenge)
    if as_json:
        show(page)
        return
    it = page.row.challenge
    for label, value in (
        ("document" if it.artifact is None else "artifact", f"{page.row.title} r{it.revision}"),
        ("where", f"{it.node}: {page.words}" if it.node else it.quote or "the whole"),
        ("because", it.sentence),
        ("from", page.row.challenger.name if page.row.challenger else page.row.trigger_words),
        ("instead", it.change),
        ("decided", f"{it.resolution}: {it.reason}" if it.resolution else ""),
    ):
        click.echo(f"  {label:10}{value or 'unknown'}")


@challenges.command("open")
@click.argument("artifact", type=int)
@click.argument("sentence")
@click.option("--node", default="", help="Id of the node; left out, the whole.")
@click.option("--change", default="", help="What it should say instead.")
@click.option("--case", type=int, help="Number of the practice case.")
@click.option("--as", "person", type=int, help="Number of the person whose word it is.")
@json_option
def open_(
    artifact: int, sentence: str, node: str, change: str, case: int | None, person: int | None, as_json: bool
) -> None:
    """Say that something in ARTIFACT is wrong: SENTENCE says what, and how you know."""
    with door.database() as db:
        made = services.challenge(
            door.actor(), db, artifact, sentence, node=node, change=change, case=case, person=person
        )
    show(made) if as_json else click.echo(f"challenge {made.id} of r{made.revision}")


@challenges.command("open-document")
@click.argument("document", type=int)
@click.argument("sentence")
@click.option("--quote", default="", help="The words that are wrong; left out, the whole.")
@click.option("--change", default="", help="What it should say instead.")
@click.option("--revision", type=int, help="Number of the revision; left out, the latest.")
@click.option("--as", "person", type=int, help="Number of the person whose word it is.")
@json_option
def open_document(
    document: int, sentence: str, quote: str, change: str, revision: int | None, person: int | None, as_json: bool
) -> None:
    """Say that something in DOCUMENT is wrong: SENTENCE says what, and how you know."""
    with door.database() as db:
        made = services.challenge_document(
            door.actor(), db, document, sentence, quote=quote, change=change, revision=revision, person=person
        )
    show(made) if as_json else click.echo(f"challenge {made.id} of r{made.revision}")


@challenges.command("look")
@click.argument("artifact", type=int)
@json_option
def look(artifact: int, as_json: bool) -> None:
    """Look through panels and attempts for what speaks against ARTIFACT."""
    with door.database() as db:
        found = services.look(door.actor(), db, artifact)
    show(found) if as_json else remark(f"{len(found)} new challenges: {', '.join(map(str, found)) or 'none'}.")


@challenges.command("decide")
@click.argument("challenge", type=int)
@click.argument("resolution", type=click.Choice(list(services.RESOLUTIONS)))
@click.option("--reason", required=True)
@click.option("--text", type=click.Path(path_type=Path, allow_dash=True), help="The text with the change made.")
@click.option("--base", type=int, help="Number of the revision the text was made from.")
@json_option
def decide(challenge: int, resolution: str, reason: str, text: Path | None, base: int | None, as_json: bool) -> None:
    """Decide CHALLENGE: uphold, amend, split or retire."""
    with door.database() as db:
        done = services.decide(
            door.actor(), db, challenge, resolution, reason, text=_read(text) if text else "", base=base
        )
    if as_json:
        show(done)
        return
    click.echo(f"challenge {done.id}: {done.resolution}" + (f", r{done.answer}" if done.answer else ""))


def _read(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as text: {error}.") from error
