"""`seci artifacts`: what has been put into words, from the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from seci.accounts import door
from seci.artifacts import queries, services
from seci.artifacts.access import Artifact, get_artifact, get_recording
from seci.artifacts.views import TYPE_WORDS, ArtifactPage, Wanted
from seci.kit.clock import to_datetime
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show, table

person_option = click.option("--as", "person", type=int, help="Number of the person whose word it is.")


@click.group()
def artifacts() -> None:
    """Look at artifacts; write, revise, publish, verify and run them."""


@artifacts.command("list")
@click.argument("text", required=False, default="")
@click.option("--type", "type_", default="", help="decision_tree, checklist, runbook, ...")
@click.option("--asset", type=int, help="Number of the asset.")
@click.option("--state", default="", help="draft, published or retired; default: all in use.")
@click.option("--mark", default="", help="unverified, expired or unsupported.")
@click.option("--page", default=1, help="Which page.")
@json_option
def list_(text: str, type_: str, asset: int | None, state: str, mark: str, page: int, as_json: bool) -> None:
    """List artifacts, those whose title contains TEXT."""
    with door.database() as db:
        found = queries.library(door.actor(), db, Wanted(text, type_, asset, state, mark), page=page)
    if as_json:
        show(found)
        return
    table(
        ["id", "artifact", "type", "asset", "owner", "state", "tested", "verified", "revision"],
        [
            (
                row.id, row.title, row.type_words, row.asset.name if row.asset else "none",
                row.owner.name if row.owner else "nobody", row.state, row.label, row.verification.standing, row.number,
            )
            for row in found.rows
        ],
    )  # fmt: skip
    remark(f"{found.pager.total:,} artifacts, page {found.pager.page} of {found.pager.pages}.")


@artifacts.command("show")
@click.argument("artifact", type=int)
@click.option("--revision", type=int, help="An earlier one.")
@json_option
def show_(artifact: int, revision: int | None, as_json: bool) -> None:
    """Show what ARTIFACT says, what it rests on, how sure it is, what stands in the way of publishing it."""
    with door.database() as db:
        page = queries.artifact(door.actor(), db, artifact, revision)
    if as_json:
        show(page)
        return
    _tell_page(page)


def _tell_page(page: ArtifactPage) -> None:
    it = page.artifact
    click.echo(f"{page.revision.title} ({page.type_words}, r{page.revision.number}, {it.state})")
    words = page.revision.context
    measured = page.revision.fidelity
    for label, value in (
        ("for", words.who),
        ("when", words.situation),
        ("not when", words.exceptions),
        ("asset", page.asset.name if page.asset else ""),
        ("owner", page.owner.name if page.owner else ""),
        ("verified", page.verification.standing),
        ("agreed", f"{measured.agree} of {measured.n} blind audits, {measured.label}" if measured else ""),
        ("claims", _whose(page)),
    ):
        click.echo(f"  {label:10}{value or 'unknown'}")
    for row in page.nodes:
        mark = "" if row.supported else "  (rests on nothing)"
        branch = f"{row.node.branch}: " if row.node.branch else ""
        click.echo(f"  {'  ' * row.depth}{branch}{row.words}{mark}")
    for finding in page.findings:
        remark(f"{finding.severity}: {finding.words} {finding.mend}")
    if page.obstacles and page.artifact.published != page.artifact.head:
        remark(f"Before it can be published: {'; '.join(page.obstacles)}.")


def _whose(page: ArtifactPage) -> str:
    made = page.contribution
    parts = [("by people", made.human), ("by the partner and confirmed", made.partner)]
    parts += [("from documents and confirmed", made.document), ("waiting", made.waiting)]
    return ", ".join(f"{n} {words}" for words, n in parts if n) or "none"


@artifacts.command("new")
@click.argument("type_", metavar="TYPE", type=click.Choice(list(TYPE_WORDS)))
@click.option("--title", default="", help="What it is called.")
@json_option
def new(type_: str, title: str, as_json: bool) -> None:
    """Print the text that an artifact of TYPE begins with; write over it, then `seci artifacts import FILE`."""
    from seci.artifacts.markdown import to_markdown
    from seci.artifacts.starters import starter

    text = to_markdown(starter(type_, title))
    show({"type": type_, "text": text}) if as_json else click.echo(text, nl=False)


@artifacts.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--asset", type=int, help="Number of the asset that it is about.")
@click.option("--elsewhere", is_flag=True, help="It comes from another instance: its claims are confirmed anew.")
@json_option
def import_(file: Path, asset: int | None, elsewhere: bool, as_json: bool) -> None:
    """Make a draft of FILE, the text of an artifact in Markdown."""
    with door.database() as db:
        made = services.create_from_text(door.actor(), db, read(file), asset=asset, imported=elsewhere)
    tell(made, as_json)


@artifacts.command("revise")
@click.argument("artifact", type=int)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--base", type=int, help="Revision that the text was made from; default: the latest.")
@click.option("--message", default="", help="Why.")
@json_option
def revise(artifact: int, file: Path, base: int | None, message: str, as_json: bool) -> None:
    """Make FILE, the text of ARTIFACT with changes, its next revision."""
    with door.database() as db:
        before = get_artifact(door.actor(), db, artifact)
        done = services.revise_from_text(
            door.actor(), db, artifact, read(file), base=base or before.head, message=message
        )
    if done.head == before.head:
        remark("Nothing was different.")
    tell(done, as_json)


@artifacts.command("revert")
@click.argument("artifact", type=int)
@click.argument("revision", type=int)
@json_option
def revert(artifact: int, revision: int, as_json: bool) -> None:
    """Make REVISION of ARTIFACT the latest again, as a new one."""
    with door.database() as db:
        head = get_artifact(door.actor(), db, artifact).head
        tell(services.revert(door.actor(), db, artifact, revision, base=head), as_json)


@artifacts.command("diff")
@click.argument("artifact", type=int)
@click.argument("before", type=int)
@click.argument("after", type=int)
@json_option
def diff(artifact: int, before: int, after: int, as_json: bool) -> None:
    """Say in words what changed in ARTIFACT from revision BEFORE to AFTER."""
    with door.database() as db:
        page = queries.compare(door.actor(), db, artifact, before, after)
    if as_json:
        show(page)
        return
    rows = [*page.context, *((f"{one.kind} {one.node}", one.before, one.after) for one in page.differences)]
    table(["what", "before", "after"], rows)


@artifacts.command("export")
@click.argument("artifact", type=int)
@click.option("--as", "form", default="markdown", help="markdown, mermaid, jdm, dmn, csv, json or schema.")
@click.option("--revision", type=int, help="An earlier one.")
@json_option
def export(artifact: int, form: str, revision: int | None, as_json: bool) -> None:
    """Print ARTIFACT in a form that people or other programs read."""
    with door.database() as db:
        made = queries.export(door.actor(), db, artifact, form, revision)
    show(made) if as_json else click.echo(made.text, nl=False)


@artifacts.command("evaluate")
@click.argument("artifact", type=int)
@click.argument("facts", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--revision", type=int, help="An earlier one.")
@json_option
def evaluate(artifact: int, facts: tuple[str, ...], revision: int | None, as_json: bool) -> None:
    """Run ARTIFACT on a case, given as KEY=VALUE; what is left out is not known."""
    with door.database() as db:
        tried = queries.evaluate(door.actor(), db, artifact, said(facts), number=revision)
    if as_json:
        show(tried)
        return
    click.echo(tried.why)
    for visit in tried.trace.visits:
        if visit.words:
            click.echo(f"  {visit.node:12}{visit.words}")


@artifacts.command("publish")
@click.argument("artifact", type=int)
@json_option
def publish(artifact: int, as_json: bool) -> None:
    """Put the latest revision of ARTIFACT into use."""
    with door.database() as db:
        tell(services.publish(door.actor(), db, artifact), as_json)


@artifacts.command("verify")
@click.argument("artifact", type=int)
@click.option("--days", default=services.VERIFIED_DAYS, help="How long it holds.", show_default=True)
@json_option
def verify(artifact: int, days: int, as_json: bool) -> None:
    """Say that the latest revision of ARTIFACT still holds."""
    with door.database() as db:
        tell(services.verify(door.actor(), db, artifact, days=days), as_json)


@artifacts.command("sign")
@click.argument("artifact", type=int)
@click.option("--revision", type=int, help="Default: the latest.")
@person_option
@json_option
def sign(artifact: int, revision: int | None, person: int | None, as_json: bool) -> None:
    """Write down that an expert means what a revision of ARTIFACT says."""
    with door.database() as db:
        number = revision or get_artifact(door.actor(), db, artifact).head
        tell(services.sign(door.actor(), db, artifact, number, person=person), as_json)


@artifacts.command("give")
@click.argument("artifact", type=int)
@click.argument("person", type=int)
@json_option
def give(artifact: int, person: int, as_json: bool) -> None:
    """Name PERSON, by number, as whoever answers for ARTIFACT."""
    with door.database() as db:
        tell(services.hand_over(door.actor(), db, artifact, person), as_json)


@artifacts.command("file")
@click.argument("artifact", type=int)
@click.argument("asset", type=int, required=False)
@json_option
def file_(artifact: int, asset: int | None, as_json: bool) -> None:
    """Say which ASSET, by number, ARTIFACT is about; none in particular without one."""
    with door.database() as db:
        tell(services.file_under(door.actor(), db, artifact, asset), as_json)


@artifacts.command("retire")
@click.argument("artifact", type=int)
@click.option("--reason", default="", help="Why it is out of use.")
@click.option("--undo", is_flag=True, help="Bring it back.")
@json_option
def retire(artifact: int, reason: str, undo: bool, as_json: bool) -> None:
    """Take ARTIFACT out of use."""
    with door.database() as db:
        actor = door.actor()
        done = services.restore(actor, db, artifact) if undo else services.retire(actor, db, artifact, reason)
    tell(done, as_json)


@artifacts.command("claim")
@click.argument("artifact", type=int)
@click.argument("claim")
@click.argument("decision", type=click.Choice(["confirm", "correct", "contest", "retract"]))
@click.option("--text", default="", help="The better words, or why it is contested.")
@person_option
@json_option
def claim_(artifact: int, claim: str, decision: str, text: str, person: int | None, as_json: bool) -> None:
    """Decide one CLAIM of ARTIFACT."""
    with door.database() as db:
        actor = door.actor()
        match decision:
            case "confirm":
                done = services.confirm_claim(actor, db, artifact, claim, person=person)
            case "correct":
                done = services.correct_claim(actor, db, artifact, claim, text, person=person)
            case "contest":
                done = services.contest_claim(actor, db, artifact, claim, text)
            case _:
                done = services.retract_claim(actor, db, artifact, claim)
    tell(done, as_json)


@artifacts.command("record")
@click.argument("artifact", type=int)
@click.argument("title")
@click.option("--file", type=click.Path(path_type=Path), help="A film or a sound file, copied into the instance.")
@click.option("--link", default="", help="Where it lies, if not in a file.")
@click.option("--transcript", type=click.Path(path_type=Path), help="WebVTT, SubRip, or lines with times.")
@click.option("--consent", required=True, help="Who agreed to what.")
@person_option
@json_option
def record_(
    artifact: int, title: str, file: Path | None, link: str, transcript: Path | None, consent: str,
    person: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Attach a recording called TITLE to ARTIFACT."""
    words = read(transcript) if transcript else ""
    if file is not None and not file.is_file():
        raise BadInput(f"There is no file {file}.")
    with door.database() as db:
        kept = services.attach(
            door.actor(), db, artifact, title, consent=consent, link=link, file=file, transcript=words,
            consent_by=person,
        )  # fmt: skip
    show(kept) if as_json else click.echo(f"{kept.id}  {kept.title}")


@artifacts.command("quote")
@click.argument("recording", type=int)
@click.argument("words")
@click.option("--text", default="", help="What they mean; default: the words themselves.")
@click.option("--kind", default="rule", help=f"{', '.join(services.KINDS)}.")
@person_option
@json_option
def quote(recording: int, words: str, text: str, kind: Any, person: int | None, as_json: bool) -> None:
    """Make a claim of WORDS that stand in the transcript of RECORDING."""
    with door.database() as db:
        start = get_recording(door.actor(), db, recording).transcript.text.find(words)
        if start < 0 or not words:
            raise BadInput(f"The transcript of recording {recording} does not hold these words.")
        done = services.quote(
            door.actor(), db, recording, start, start + len(words), text=text or words, kind=kind, person=person
        )
    tell(done, as_json)


@artifacts.command("forget")
@click.argument("recording", type=int)
@json_option
def forget(recording: int, as_json: bool) -> None:
    """Delete RECORDING, its words and what was quoted from them, because somebody in it no longer agrees."""
    with door.database() as db:
        tell(services.withdraw_consent(door.actor(), db, recording), as_json)


def read(file: Path) -> str:
    """The text of a file, or of standard input for `-`. Raises BadInput."""
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is no text in UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from error


def said(facts: Sequence[str]) -> dict[str, str]:
    found = {}
    for fact in facts:
        key, equals, value = fact.partition("=")
        if not equals:
            raise BadInput(f"{fact!r} is no fact; write it as KEY=VALUE.")
        found[key.strip()] = value
    return found


def tell(artifact: Artifact, as_json: bool) -> None:
    if as_json:
        show(artifact)
        return
    click.echo(f"{artifact.id}  {artifact.title}  {artifact.state}  r{artifact.head}")
    if artifact.expires_at is not None:
        remark(f"Verified until {to_datetime(artifact.expires_at).date()}.")
