"""The only way to hold a challenge. Members see them all: what speaks against an artifact is no secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound, Refused
from seci.library.access import get_document

Resolution = Literal["", "uphold", "amend", "split", "retire"]
COLUMNS = (
    "c.id, c.artifact_id, c.revision, c.node, c.trigger, c.sentence, c.evidence, c.change, c.challenger_id, "
    'c."case", c.run, c.state, c.resolution, c.reason, c.answer, c.effect, c.decided_by_id, c.at, '
    "c.decided_at, c.document_id, c.quote"
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A node of an artifact or a passage of a document called into question, in one revision.

    artifact  None where it is a document
    node      empty: the artifact as a whole
    quote     of a document: the words; empty is all of it
    change    what it should say instead, in the challenger's words
    answer    number of the revision that the decision led to
    effect    what the decision changed in practice: cases re-keyed, cases that wait for a panel, cards lowered
    """

    id: int
    artifact: int | None
    revision: int
    node: str
    trigger: str
    sentence: str
    evidence: dict[str, Any]
    change: str
    challenger: int | None
    case: int | None
    run: int | None
    state: Literal["open", "decided"]
    resolution: Resolution
    reason: str
    answer: int | None
    effect: dict[str, Any]
    decided_by: int | None
    at: Micros
    decided_at: Micros | None
    document: int | None = None
    quote: str = ""

    @property
    def is_won(self) -> bool:
        """Whether what it was about changed because of it."""
        return self.resolution in ("amend", "split", "retire")


def get_challenge(actor: Actor, db: Database, challenge: int) -> Challenge:
    """A challenge. Raises NotFound, Refused for guests."""
    if not actor.is_at_least("member"):
        raise Refused("Challenges are for members of this instance; ask an admin for that role.")
    rows = db.rows(f"SELECT {COLUMNS} FROM internalization_challenge c WHERE c.id = ?", [challenge])  # noqa: S608
    if not rows:
        raise NotFound(f"There is no challenge {challenge}; `seci challenges list` shows which there are.")
    found = challenge_of(rows[0])
    if found.artifact is not None:
        get_artifact(actor, db, found.artifact)
    elif found.document is not None:
        get_document(actor, db, found.document)
    return found


def challenge_of(row: tuple[Any, ...]) -> Challenge:
    cells = list(row)
    cells[6], cells[15] = from_json(cells[6]) or {}, from_json(cells[15]) or {}
    return Challenge(*cells)
