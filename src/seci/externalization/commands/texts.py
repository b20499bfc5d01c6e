"""`seci interviews transcribe ...`: words from other places, and conversion tests."""

from __future__ import annotations

from pathlib import Path

import click

from seci.accounts import door
from seci.externalization import queries, services
from seci.externalization.commands.files import text_of
from seci.externalization.commands.interviews import interviews
from seci.externalization.measuring.conversion import read_trials
from seci.kit.figures import Figure
from seci.kit.terminal import interval, json_option, remark, show, table


@interviews.command("test")
@click.argument("artifact", type=int)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def test(artifact: int, file: Path, as_json: bool) -> None:
    """Keep a conversion test of ARTIFACT from a CSV FILE: case; group alone, aided or expert; right yes or no."""
    with door.database() as db:
        done = services.keep_conversion_test(door.actor(), db, artifact, read_trials(text_of(file)))
    show(done) if as_json else click.echo(done.result.sentence)


@interviews.command("stories")
@json_option
def stories(as_json: bool) -> None:
    """List artifacts that passed a conversion test: what has become explicit."""
    with door.database() as db:
        found = queries.stories(door.actor(), db)
    if as_json:
        return show(found)
    for one in found:
        click.echo(f"{one.title} (artifact {one.test.artifact}): {one.test.sentence}")
    return None if found else remark("No artifact has passed a conversion test yet; see `seci interviews test`.")


@interviews.command("arms")
@json_option
def arms(as_json: bool) -> None:
    """Compare signed dialogues with a partner and without, of experts who agreed to study; at least five of each."""
    with door.database() as db:
        found = queries.arms(door.actor(), db)
    if as_json:
        return show(found)
    click.echo(f"{found.alone} dialogues alone, {found.together} with a partner")
    columns = [(row.name, *map(_in_words, (row.alone, row.together, row.difference))) for row in found.rows]
    return table(["measure", "alone", "with a partner", "difference"], columns)


def _in_words(one: Figure) -> str:
    if one.value is None:
        return f"unknown (n {one.n})"
    return f"{one.value:.2f}{interval(one, '.2f')}"


@interviews.command("transcribe")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--title", default="", help="Default: the name of the file.")
@click.option("--form", type=click.Choice(["transcript", "chat", "review", "document"]), default="document")
@click.option("--asset", type=int, help="Asset it is about.")
@click.option("--bank", type=int, help="Bank of cases whose attributes help to read rules.")
@json_option
def transcribe(file: Path, title: str, form: str, asset: int | None, bank: int | None, as_json: bool) -> None:
    """Bring a transcript, chat, review or document in FILE in and list the claims it may hold."""
    with door.database() as db:
        done = services.add_transcript(
            door.actor(), db, title or file.stem, text_of(file), form=form, asset=asset, bank=bank
        )
        page = queries.transcript(door.actor(), db, done.transcript.id)
    if as_json:
        return show(page)
    _list_candidates(page)
    if done.left_out:
        remark(f"{done.left_out} more were left out; bring the text in in parts.")
    return None


@interviews.command("transcript")
@click.argument("transcript", type=int)
@json_option
def transcript_(transcript: int, as_json: bool) -> None:
    """List the claims that TRANSCRIPT may hold, and what was decided on each."""
    with door.database() as db:
        page = queries.transcript(door.actor(), db, transcript)
    show(page) if as_json else _list_candidates(page)


def _list_candidates(page: queries.TranscriptPage) -> None:
    click.echo(f"Text {page.transcript.id}: {page.transcript.title}")
    table(
        ["id", "kind", "who", "state", "claim"],
        [(one.id, one.kind, one.speaker, one.state, one.text[:90]) for one in page.candidates],
    )


@interviews.command("decide")
@click.argument("candidate", type=int)
@click.argument("verdict", type=click.Choice(["confirm", "correct", "reject"]))
@click.argument("text", default="")
@json_option
def decide(candidate: int, verdict: str, text: str, as_json: bool) -> None:
    """Confirm, correct (with TEXT) or reject a CANDIDATE claim of a text."""
    with door.database() as db:
        done = services.decide_candidate(door.actor(), db, candidate, verdict, text)
    show(done) if as_json else click.echo(f"{done.state}: {done.text}")


@interviews.command("write")
@click.argument("transcript", type=int)
@click.option("--title", default="")
@json_option
def write(transcript: int, title: str, as_json: bool) -> None:
    """Write a guide, as a draft, from what was confirmed in TRANSCRIPT."""
    with door.database() as db:
        made = services.write_from_transcript(door.actor(), db, transcript, title)
    show(made) if as_json else click.echo(f"Artifact {made.id}: {made.title}")
