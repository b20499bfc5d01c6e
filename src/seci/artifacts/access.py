"""The only way to hold an artifact, one of its revisions, a claim or a recording."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.fidelity import Fidelity
from seci.artifacts.transcript import Segment, Transcript
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.instance import Instance
from seci.people.access import get_person

State = Literal["draft", "published", "retired"]

CLOSED_BY: list[Callable[[Actor, Database], Mapping[int, str]]] = []
"""What stays shut to somebody for now: artifact -> why. Rooms above add theirs when they start."""

READ_BY: list[Callable[[Actor, Database, Artifact], None]] = []
"""Told that somebody reads what an artifact says, or runs it; rooms above add theirs when they start."""

REMARKS_BY: list[Callable[[Database, int], Sequence[str]]] = []
"""What rooms above have to say on the page of an artifact, in sentences; they add theirs when they start."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something explicit. `head` is the number of its latest revision, `published` that of the published one.

    owner              person id; None is nobody yet
    verified_revision  number of the revision that somebody responsible confirmed, by whom and when
    expires_at         that confirmation holds until then
    unsupported        nodes of the latest revision that rest on no claim and no case
    bank               id of the case bank that its evidence names cases of
    """

    id: int
    key: str
    type: str
    title: str
    asset: int | None
    owner: int | None
    state: State
    head: int
    published: int | None
    published_at: Micros | None
    context: Context
    verified_revision: int | None
    verified_by: int | None
    verified_at: Micros | None
    expires_at: Micros | None
    unsupported: int
    label: str
    bank: int | None
    created_at: Micros
    changed_at: Micros


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an artifact. `body` is plain data; `body.from_data(type, body)` makes it whole."""

    id: int
    artifact: int
    number: int
    title: str
    body: dict[str, Any]
    context: Context
    author: int | None
    by: int | None
    at: Micros
    message: str
    cause: str
    fidelity: Fidelity | None
    signed_by: int | None
    signed_at: Micros | None


@dataclass(frozen=True, slots=True)
class Recording:
    """Somebody shows or tells how it is done. `link` or `file` says where; `consent` who agreed to what."""

    id: int
    artifact: int
    title: str
    link: str
    file: str
    mime: str
    size: int | None
    transcript: Transcript
    consent: str
    consent_by: int | None
    consent_at: Micros
    at: Micros

    @property
    def source(self) -> str:
        """What a claim from it names as its source."""
        return f"recording:{self.id}"


_ARTIFACT = (
    "id, key, type, title, asset_id, owner_id, state, head, published, published_at, who, situation, exceptions, "
    "verified_revision, verified_by_id, verified_at, expires_at, unsupported, label, bank_id, created_at, changed_at"
)
_REVISION = (
    "id, artifact_id, number, title, body, context, author_id, by, at, message, cause, fidelity, signed_by_id, "
    "signed_at"
)
_RECORDING = (
    "id, artifact_id, title, link, file, mime, size, transcript, segments, consent, consent_by_id, consent_at, at"
)
_CLAIM = 'key, kind, text, quote, source, start, "end", slot, origin, status, confirmed_by_id, supersedes'


def get_artifact(actor: Actor, db: Database, artifact: int) -> Artifact:
    """An artifact. Guests see what is published; for them a draft is not there.

    Raises NotFound, and Conflict while it is shut to the actor (`CLOSED_BY`).
    """
    rows = db.rows(f"SELECT {_ARTIFACT} FROM artifacts_artifact WHERE id = ?", [artifact])
    if not rows or (rows[0][6] != "published" and not actor.is_at_least("member")):
        raise NotFound(f"There is no artifact {artifact}; `seci artifacts list` shows which there are.")
    if sentence := why_shut(actor, db, artifact):
        raise Conflict(sentence, code="closed_for_now")
    return _artifact(rows[0])


def read(actor: Actor, db: Database, artifact: int, number: int | None = None) -> tuple[Artifact, Revision]:
    """An artifact and a revision, for somebody who reads what it says; whoever wants to know (READ_BY) is told."""
    found, shown = get_artifact(actor, db, artifact), get_revision(actor, db, artifact, number)
    seen(actor, db, found)
    return found, shown


def seen(actor: Actor, db: Database, found: Artifact) -> None:
    """Tells whoever wants to know (READ_BY) that somebody reads what an artifact says, here or where it stands too."""
    for told in READ_BY:
        told(actor, db, found)


def shut_to(actor: Actor, db: Database) -> dict[int, str]:
    """The artifacts that stay shut to somebody for now, and why."""
    return {artifact: why for closed in CLOSED_BY for artifact, why in closed(actor, db).items()}


def why_shut(actor: Actor, db: Database, artifact: int) -> str:
    """Why an artifact stays shut to somebody for now; "" where it does not."""
    return shut_to(actor, db).get(artifact, "")


def get_changeable(actor: Actor, db: Database, artifact: int, deed: str) -> Artifact:
    """An artifact that the actor may change: a facilitator any, an owner the own. Raises Refused."""
    found = get_artifact(actor, db, artifact)
    if not may_change(actor, found.owner):
        raise Refused(f"Only the owner of an artifact, facilitators, leads and admins may {deed} it.")
    return found


def may_change(actor: Actor, owner: int | None) -> bool:
    owns = actor.person is not None and actor.person == owner
    return actor.is_at_least("facilitator") or (owns and actor.is_at_least("member"))


def get_revision(actor: Actor, db: Database, artifact: int, number: int | None = None) -> Revision:
    """A revision; without a number the latest, for guests the published one. Raises NotFound."""
    found = get_artifact(actor, db, artifact)
    if not actor.is_at_least("member"):
        number = found.published
    wanted = found.head if number is None else number
    rows = db.rows(
        f"SELECT {_REVISION} FROM artifacts_revision WHERE artifact_id = ? AND number = ?", [artifact, wanted]
    )
    if not rows:
        raise NotFound(f"Artifact {artifact} has no revision {wanted}; its latest is {found.head}.")
    return revision_of(rows[0])


def revisions(actor: Actor, db: Database, artifact: int) -> list[Revision]:
    """All revisions of an artifact, the newest first."""
    get_artifact(actor, db, artifact)
    rows = db.rows(f"SELECT {_REVISION} FROM artifacts_revision WHERE artifact_id = ? ORDER BY number DESC", [artifact])
    return [revision_of(row) for row in rows]


def claims(actor: Actor, db: Database, artifact: int) -> list[Claim]:
    """All claims of an artifact in the order in which they were made, retracted ones too."""
    rows = db.rows(f"SELECT {_CLAIM} FROM artifacts_claim WHERE artifact_id = ? ORDER BY id", [artifact])
    return [Claim(*row) for row in rows]


def get_claim(actor: Actor, db: Database, artifact: int, claim: str) -> Claim:
    found = [one for one in claims(actor, db, artifact) if one.id == claim]
    if not found:
        raise NotFound(f"Artifact {artifact} has no claim {claim}; `seci artifacts show {artifact}` lists its claims.")
    return found[0]


def get_recording(actor: Actor, db: Database, recording: int) -> Recording:
    """A recording, for members. One whose consent was withdrawn is not there. Raises NotFound, Refused."""
    if not actor.is_at_least("member"):
        raise Refused("Recordings are for members of this instance; ask an admin for that role.")
    found = _recordings(db, "id = ?", recording)
    if not found:
        raise NotFound(f"There is no recording {recording}; it may have been taken away by whoever is in it.")
    return found[0]


def recordings(actor: Actor, db: Database, artifact: int) -> list[Recording]:
    """The recordings of an artifact, for members; guests see none."""
    return _recordings(db, "artifact_id = ?", artifact) if actor.is_at_least("member") else []


def recordings_folder() -> Path:
    """Beside the evidence of sources, so that a backup takes it along."""
    return Instance.from_environment().evidence / "recordings"


def _recordings(db: Database, where: str, number: int) -> list[Recording]:
    rows = db.rows(
        f"SELECT {_RECORDING} FROM artifacts_recording WHERE {where} AND removed_at IS NULL ORDER BY id", [number]
    )
    return [_recording(row) for row in rows]


def _recording(row: tuple[Any, ...]) -> Recording:
    cells = list(row)
    segments = tuple(Segment(start, second, speaker) for start, second, speaker in from_json(row[8]))
    cells[7:9] = [Transcript(row[7], segments)]
    return Recording(*cells)


def speaker_of(actor: Actor, db: Database, person: int | None) -> int:
    """Whose word is written down: the actor's own, or that of a person for whom a facilitator writes."""
    speaker = actor.person if person is None else get_person(actor, db, person).id
    if speaker is None:
        raise BadInput("Only a person can say so: say in the settings who you are, or name whose word it is.")
    if speaker != actor.person and not actor.is_at_least("facilitator"):
        raise Refused("Only facilitators, leads and admins may write down what somebody else said.")
    return speaker


def _artifact(row: tuple[Any, ...]) -> Artifact:
    cells = list(row)
    cells[10:13] = [Context(*row[10:13])]
    return Artifact(*cells)


def revision_of(row: tuple[Any, ...]) -> Revision:
    cells = list(row)
    cells[4] = from_json(cells[4])
    cells[5] = Context(**from_json(cells[5]))
    cells[11] = Fidelity.from_data(from_json(cells[11]))
    return Revision(*cells)
