"""Recordings: somebody shows or tells how it is done. Nothing is kept before those who can be heard have agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path

from seci.accounts.actor import Actor
from seci.artifacts import store
from seci.artifacts.access import (
    Artifact,
    Recording,
    claims,
    get_artifact,
    get_changeable,
    get_recording,
    recordings_folder,
    speaker_of,
)
from seci.artifacts.contribution import holding
from seci.artifacts.evidence import Claim, ClaimKind
from seci.artifacts.services.claims import retract_claim
from seci.artifacts.services.drafting import tidy
from seci.artifacts.transcript import parse
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Unavailable
from seci.kit.ids import new_id
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.store import record

LARGEST_FILE = 500_000_000
# What a browser plays by itself, by the ending of the file.
PLAYED = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg", ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
}  # fmt: skip
KINDS = ("cue", "threshold", "rule", "exception", "step", "reason", "metaphor", "definition", "weight")


def attach(
    actor: Actor,
    db: Database,
    artifact: int,
    title: str,
    *,
    consent: str,
    link: str = "",
    file: Path | None = None,
    name: str = "",
    transcript: str = "",
    consent_by: int | None = None,
) -> Recording:
    """Adds a recording to an artifact.

    consent     who agreed to what, in words; without it nothing is kept
    consent_by  person id of whoever says so; left out, whoever asks
    link        where it lies (http or https), or
    file, name  a file to keep with the instance, and what it was called; it is moved here
    transcript  WebVTT, SubRip, lines with times, or plain words

    Raises BadInput for a missing consent, for neither link nor file, for a kind of file that no browser plays.
    """
    found = get_changeable(actor, db, artifact, "attach a recording to")
    if not consent.strip():
        raise BadInput("Write down who agreed to be recorded and to what; without consent nothing is kept.")
    said_by = speaker_of(actor, db, consent_by)
    words = parse(clean(transcript))
    title, link = tidy(title), "" if file is not None else _checked(link)
    kept, mime, size = _placed(file, name) if file is not None else ("", "", None)
    with _kept_only_if_written(kept), db.transaction():
        at = now()
        row = {
            "artifact_id": artifact, "title": title, "link": link, "file": kept, "mime": mime, "size": size,
            "transcript": words.text, "segments": json.dumps([astuple(segment) for segment in words.segments]),
            "consent": clean(consent.strip()), "consent_by_id": said_by, "consent_at": at, "by": actor.account,
            "at": at,
        }  # fmt: skip
        id_ = store.insert(db, "artifacts_recording", row)
        sentence = f"recording {id_} attached to artifact {artifact}"
        record(db, actor, Kind.RECORD, sentence, asset=found.asset, artifact=artifact, revision=found.head)
        return get_recording(actor, db, id_)


def quote(
    actor: Actor,
    db: Database,
    recording: int,
    start: int,
    end: int,
    *,
    text: str,
    kind: ClaimKind = "rule",
    person: int | None = None,
) -> Artifact:
    """Adds a claim from the words of a recording: `transcript[start:end]`, as a statement `text`.

    person  whose word it is that the statement says what was meant; left out, whoever asks
    """
    found = get_recording(actor, db, recording)
    artifact = get_changeable(actor, db, found.artifact, "add a claim to")
    words = found.transcript.text
    if not 0 <= start < end <= len(words):
        raise BadInput(f"Characters {start} to {end} are not in the transcript, which has {len(words):,}.")
    if kind not in KINDS:
        raise BadInput(f"{kind} is no kind of claim; choose one of {', '.join(KINDS)}.")
    if not text.strip():
        raise BadInput("Say in a sentence what these words mean.")
    fresh = Claim(
        new_id().hex[:16], kind, clean(text.strip()), words[start:end], found.source, start, end,
        origin="human", status="confirmed", confirmed_by=speaker_of(actor, db, person),
    )  # fmt: skip
    with db.transaction():
        store.write_claims(db, artifact.id, artifact.head, [fresh], now())
        sentence = f"claim {fresh.id} from recording {recording}"
        record(
            db, actor, Kind.EXPLAIN_WHY, sentence, asset=artifact.asset, artifact=artifact.id, revision=artifact.head
        )
        return get_artifact(actor, db, artifact.id)


def withdraw_consent(actor: Actor, db: Database, recording: int) -> Artifact:
    """Somebody no longer agrees: the file and the words are deleted, and with them what was quoted from them. That
    there was a recording, and when it was taken away, stays on record. Whoever agreed may do so, too."""
    found = get_recording(actor, db, recording)
    if actor.person is None or actor.person != found.consent_by:
        get_changeable(actor, db, found.artifact, "take a recording from")
    artifact, every = get_artifact(actor, db, found.artifact), claims(actor, db, found.artifact)
    standing = holding(every)
    # Whoever agreed need not own the artifact, and may still take the own words out of it.
    on_behalf = replace(actor, role="facilitator")
    with db.transaction():
        for claim in every:
            if claim.source == found.source:
                if claim in standing:
                    retract_claim(on_behalf, db, artifact.id, claim.id)
                store.change_claim(db, artifact.id, claim.id, quote="", start=0, end=0)
        store.forget_recording(db, recording, now())
        sentence = f"recording {recording} taken away: consent withdrawn"
        record(db, actor, Kind.RETIRE, sentence, asset=artifact.asset, artifact=artifact.id, revision=artifact.head)
    if found.file:
        (recordings_folder() / found.file).unlink(missing_ok=True)
    return get_artifact(actor, db, artifact.id)


@contextmanager
def _kept_only_if_written(kept: str) -> Iterator[None]:
    """A file without its row would never be found again, nor deleted."""
    try:
        yield
    except BaseException:
        if kept:
            (recordings_folder() / kept).unlink(missing_ok=True)
        raise


def _checked(link: str) -> str:
    link = link.strip()
    if not link.startswith(("https://", "http://")) or any(letter.isspace() for letter in link) or len(link) > 2_000:
        raise BadInput("Give a file, or a link that begins with https:// and holds no spaces.")
    return clean(link)


def _placed(file: Path, name: str) -> tuple[str, str, int]:
    """The file moved to its place: its name there, its kind, its size in bytes."""
    ending = Path(name or file.name).suffix.lower()
    if ending not in PLAYED:
        raise BadInput(f"No browser plays {ending or 'a file without an ending'}; use one of {', '.join(PLAYED)}.")
    size = file.stat().st_size
    if not 0 < size <= LARGEST_FILE:
        raise BadInput(f"The file has {size:,} bytes; a recording has 1 to {LARGEST_FILE:,}. Give a link instead.")
    folder, kept = recordings_folder(), f"{new_id().hex}{ending}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as source, (folder / kept).open("xb") as out:
            while block := source.read(1 << 20):
                out.write(block)
    except OSError as error:
        (folder / kept).unlink(missing_ok=True)
        raise Unavailable(f"The recording could not be kept ({error.strerror}); nothing was left of it.") from error
    return kept, PLAYED[ending], size
