"""The only way to hold a challenge. Members see them all: what speaks against an artifact is no secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts.access import from_json, get_artifact
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused

Resolution = Literal["", "uphold", "amend", "split", "retire"]
COLUMNS = (
    "c.id, c.artifact_id, c.revision, c.node, c.trigger, c.sentence, c.evidence, c.change, c.challenger_id, "
    'c."case", c.run, c.state, c.resolution, c.reason, c.answer, c.effect, c.decided_by_id, c.at, c.decided_at'
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A node of a revision called into question.

    node      empty: the artifact as a whole
    change    what it should say instead, in the challenger's words
    answer    number of the revision that the decision led to
    effect    what the decision changed in practice: cases re-keyed, cases that wait for a panel, cards lowered
    """

    id: int
    artifact: int
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

    @property
    def is_won(self) -> bool:
        """Whether the artifact changed because of it."""
        return self.resolution in ("amend", "split", "retire")


def get_challenge(actor: Actor, db: Database, challenge: int) -> Challenge:
    """A challenge. Raises NotFound, Refused for guests."""
    if not actor.is_at_least("member"):
        raise Refused("Challenges are for members of this instance; ask an admin for that role.")
    rows = db.rows(f"SELECT {COLUMNS} FROM internalization_challenge c WHERE c.id = ?", [challenge])  # noqa: S608
    if not rows:
        raise NotFound(f"There is no challenge {challenge}; `seci challenges list` shows which there are.")
    found = challenge_of(rows[0])
    get_artifact(actor, db, found.artifact)
    return found


def challenge_of(row: tuple[Any, ...]) -> Challenge:
    cells = list(row)
    cells[6], cells[15] = from_json(cells[6]) or {}, from_json(cells[15]) or {}
    return Challenge(*cells)
