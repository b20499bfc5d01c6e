"""Writing and keeping documents from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seci.accounts import door
from seci.kit.clock import to_date
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show
from seci.library import queries, services
from seci.library.access import Document, get_document
from seci.people import queries as people


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read as text ({error}); give a Markdown file in UTF-8.") from error


def _told(found: Document, as_json: bool, words: str) -> None:
    show(found) if as_json else remark(words)


@click.command("new")
@click.argument("title")
@click.argument("file", default="-")
@click.option("--for", "diataxis", default="", help="tutorial, how-to, reference or explanation.")
@click.option("--asset", type=int, help="Number of the asset it is about.")
@click.option("--kind", default="page", help="One word for what it is.")
@json_option
def new(title: str, file: str, diataxis: str, asset: int | None, kind: str, as_json: bool) -> None:
    """Write a draft called TITLE from a Markdown FILE, or from what is piped in."""
    with door.database() as db:
        actor = door.actor()
        made = services.create(actor, db, title, _read(file), diataxis=diataxis, asset=asset, kind=kind)
        _told(get_document(actor, db, made), as_json, f"Document {made} is a draft; `seci library publish {made}`.")


@click.command("edit")
@click.argument("document", type=int)
@click.argument("file", default="-")
@click.option("--base", type=int, help="Revision that you changed; default: the latest.")
@click.option("--title", help="Another title.")
@click.option("--message", default="", help="Why.")
@json_option
def edit(document: int, file: str, base: int | None, title: str | None, message: str, as_json: bool) -> None:
    """Save the next revision of DOCUMENT from a Markdown FILE, or from what is piped in."""
    with door.database() as db:
        actor = door.actor()
        base = get_document(actor, db, document).head if base is None else base
        found = services.revise(actor, db, document, _read(file), base=base, title=title, message=message)
    _told(found, as_json, "Nothing was different." if found.head == base else f"Saved as r{found.head}.")


@click.command("revert")
@click.argument("document", type=int)
@click.argument("revision", type=int)
@json_option
def revert(document: int, revision: int, as_json: bool) -> None:
    """Make an earlier REVISION of DOCUMENT the latest again, as a new one."""
    with door.database() as db:
        actor = door.actor()
        found = services.revert(actor, db, document, revision, base=get_document(actor, db, document).head)
    _told(found, as_json, f"Saved as r{found.head}.")


@click.command("publish")
@click.argument("document", type=int)
@json_option
def publish(document: int, as_json: bool) -> None:
    """Let everybody read DOCUMENT."""
    with door.database() as db:
        found = services.publish(door.actor(), db, document)
    _told(found, as_json, "Published.")


@click.command("share")
@click.argument("document", type=int)
@click.argument("person")
@click.option("--write", is_flag=True, help="They may write in it, too.")
@json_option
def share(document: int, person: str, write: bool, as_json: bool) -> None:
    """Let PERSON read DOCUMENT while it is a draft."""
    with door.database() as db:
        actor = door.actor()
        found = services.share(actor, db, document, people.named(actor, db, person), write=write)
    _told(found, as_json, f"{person} may {'read and write' if write else 'read'} it.")


@click.command("unshare")
@click.argument("document", type=int)
@click.argument("person")
@json_option
def unshare(document: int, person: str, as_json: bool) -> None:
    """Share the draft DOCUMENT with PERSON no longer."""
    with door.database() as db:
        actor = door.actor()
        found = services.unshare(actor, db, document, people.named(actor, db, person))
    _told(found, as_json, f"It is shared with {person} no longer.")


@click.command("verify")
@click.argument("document", type=int)
@click.option("--days", default=services.VERIFIED_DAYS, show_default=True, help="For how many days it holds.")
@json_option
def verify(document: int, days: int, as_json: bool) -> None:
    """Say that the latest revision of DOCUMENT holds."""
    with door.database() as db:
        found = services.verify(door.actor(), db, document, days=days)
    _told(found, as_json, f"r{found.head} is verified until {to_date(found.expires_at or 0)}.")


@click.command("hand-over")
@click.argument("document", type=int)
@click.argument("person")
@json_option
def hand_over(document: int, person: str, as_json: bool) -> None:
    """Name the PERSON who answers for DOCUMENT from now on."""
    with door.database() as db:
        actor = door.actor()
        found = services.hand_over(actor, db, document, people.named(actor, db, person))
    _told(found, as_json, "Handed over.")


@click.command("file")
@click.argument("document", type=int)
@click.option("--asset", type=int, help="Number of the asset it is about; 0 is none in particular.")
@click.option("--for", "diataxis", help="tutorial, how-to, reference or explanation.")
@json_option
def file_(document: int, asset: int | None, diataxis: str | None, as_json: bool) -> None:
    """Say what DOCUMENT is about and which kind it is."""
    said: dict[str, object] = {} if asset is None else {"asset": asset or None}
    said |= {} if diataxis is None else {"diataxis": diataxis}
    with door.database() as db:
        found = services.file_under(door.actor(), db, document, **said)
    _told(found, as_json, "Filed.")


@click.command("retire")
@click.argument("document", type=int)
@click.option("--reason", default="", help="Why.")
@json_option
def retire(document: int, reason: str, as_json: bool) -> None:
    """Take DOCUMENT out of use."""
    with door.database() as db:
        found = services.retire(door.actor(), db, document, reason)
    _told(found, as_json, "Retired.")


@click.command("restore")
@click.argument("document", type=int)
@json_option
def restore(document: int, as_json: bool) -> None:
    """Bring a retired DOCUMENT back."""
    with door.database() as db:
        found = services.restore(door.actor(), db, document)
    _told(found, as_json, f"It is {found.state} again.")


@click.command("follow")
@click.argument("document", type=int)
@click.argument("target")
@json_option
def follow(document: int, target: str, as_json: bool) -> None:
    """Print where the link TARGET of DOCUMENT leads; it counts as followed."""
    with door.database() as db:
        address = services.follow(door.actor(), db, document, target)
    show({"address": address}) if as_json else click.echo(address)


@click.command("attach")
@click.argument("document", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--consent", default="", help="Of a recording: who agreed to be recorded, and to what.")
@json_option
def attach(document: int, file: Path, consent: str, as_json: bool) -> None:
    """Attach FILE to DOCUMENT."""
    with door.database() as db:
        made = services.attach(door.actor(), db, file.name, file.read_bytes(), document=document, consent=consent)
    show({"attachment": made}) if as_json else remark(f"Attachment {made}.")


@click.command("detach")
@click.argument("attachment", type=int)
@json_option
def detach(attachment: int, as_json: bool) -> None:
    """Take ATTACHMENT away from its document."""
    with door.database() as db:
        found = services.detach(door.actor(), db, attachment)
    show(found) if as_json else remark(f"{found.name} is taken away.")


@click.command("bind")
@click.argument("repository", type=int)
@click.argument("path")
@click.option("--document", type=int, help="Number of the document that speaks of it.")
@click.option("--artifact", type=int, help="Number of the artifact that speaks of it.")
@click.option("--symbol", default="", help="One function or class of the file.")
@json_option
def bind(repository: int, path: str, document: int | None, artifact: int | None, symbol: str, as_json: bool) -> None:
    """Say that a document or an artifact speaks of PATH in the repository numbered REPOSITORY."""
    with door.database() as db:
        made = services.bind(door.actor(), db, repository, path, symbol=symbol, document=document, artifact=artifact)
    show({"binding": made}) if as_json else remark(f"Binding {made}: the next scan looks there.")


@click.command("unbind")
@click.argument("binding", type=int)
@json_option
def unbind(binding: int, as_json: bool) -> None:
    """Take BINDING away."""
    with door.database() as db:
        services.unbind(door.actor(), db, binding)
    show({"binding": binding}) if as_json else remark("No longer bound.")


@click.command("tag")
@click.argument("concept")
@click.argument("documents", type=int, nargs=-1)
@click.option("--artifact", "artifacts", type=int, multiple=True, help="Number of an artifact; may be given again.")
@click.option("--off", is_flag=True, help="Take from under it instead.")
@json_option
def tag(concept: str, documents: tuple[int, ...], artifacts: tuple[int, ...], off: bool, as_json: bool) -> None:
    """File DOCUMENTS under CONCEPT, named by its label."""
    with door.database() as db:
        actor = door.actor()
        wanted = queries.named_concept(actor, db, concept).id
        n = (services.untag if off else services.tag)(actor, db, wanted, documents, artifacts)
    show({"changed": n}) if as_json else remark(f"{n} changed.")


acts = (
    new, edit, revert, publish, share, unshare, verify, hand_over, file_, retire, restore, follow, attach, detach, bind,
    unbind, tag,
)  # fmt: skip
