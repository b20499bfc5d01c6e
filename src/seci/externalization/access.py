"""The only way to hold a dialogue. What was said in it is for whoever said it, until it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound, Refused

State = Literal["open", "paused", "finished", "abandoned"]


@dataclass(frozen=True, slots=True)
class Elicitation:
    """A dialogue with one expert about one decision.

    setting       what was fixed before the first question, as plain data
    bank          bank that the cases come from and that judgements go to
    artifact      artifact that it writes or revises; None until it is signed
    facilitator   account that opened it; None for the terminal
    expert        person whose judgement is drawn out; None while nobody is named
    account       account that answers; None for the terminal or while nobody took the invitation
    ba            the shared context it belongs to
    consented_at  when the expert agreed that answers are recorded; nothing is recorded before
    consent       what was agreed to: {"study": bool, "named": bool, "partner": bool}
    """

    id: int
    title: str
    asset: int | None
    conversion: str
    protocol: str
    bank: int | None
    setting: dict[str, Any]
    seed: int
    state: State
    artifact: int | None
    facilitator: int | None
    expert: int | None
    account: int | None
    ba: int | None
    consented_at: Micros | None
    consent: dict[str, bool]
    opened_at: Micros
    changed_at: Micros
    finished_at: Micros | None

    @property
    def is_over(self) -> bool:
        return self.state in ("finished", "abandoned")


COLUMNS = (
    "id, title, asset_id, conversion, protocol, bank_id, setting, seed, state, artifact, facilitator, expert_id, "
    "account, ba_id, consented_at, consent, opened_at, changed_at, finished_at"
)


def get_own(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """A dialogue whose words the actor may read and add to: the own one. Raises NotFound, Refused.

    A facilitator who opened it for somebody else sees that it goes on, not what is said; nor does an admin.
    """
    found = _found(db, elicitation)
    if not is_own(actor, found):
        if may_manage(actor, found):
            raise Refused("What is said in an interview is for its expert alone until it is signed.", code="private")
        raise NotFound(f"There is no interview {elicitation} of yours.")
    return found


def get_known(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """A dialogue of which the actor may know that it is there: the own one, or one to look after. Raises NotFound."""
    found = _found(db, elicitation)
    if not is_own(actor, found) and not may_manage(actor, found):
        raise NotFound(f"There is no interview {elicitation} of yours.")
    return found


def get_managed(actor: Actor, db: Database, elicitation: int, deed: str) -> Elicitation:
    """A dialogue that the actor may invite to, call off or look after. Raises NotFound, Refused."""
    found = get_known(actor, db, elicitation)
    if not may_manage(actor, found):
        raise Refused(f"Only whoever opened an interview, and facilitators, may {deed}.")
    return found


def is_own(actor: Actor, found: Elicitation) -> bool:
    """Whether the actor is the expert: by account, by person, or at the terminal where it was opened."""
    if owns_the_machine(actor):
        return found.account is None
    if found.account is not None:
        return found.account == actor.account
    return found.expert is not None and found.expert == actor.person


def may_manage(actor: Actor, found: Elicitation) -> bool:
    opened = found.facilitator is not None and found.facilitator == actor.account
    return opened or actor.is_at_least("facilitator")


def owns_the_machine(actor: Actor) -> bool:
    return actor.account is None and actor.role == "admin"


def elicitations(db: Database, where: str = "", asked: Sequence[object] = ()) -> list[Elicitation]:
    """Dialogues by a condition of ours, the newest first."""
    rows = db.rows(
        f"SELECT {COLUMNS} FROM externalization_elicitation {where} ORDER BY id DESC",  # noqa: S608
        asked,
    )
    return [_elicitation(row) for row in rows]


def _found(db: Database, elicitation: int) -> Elicitation:
    found = elicitations(db, "WHERE id = ?", [elicitation])
    if not found:
        raise NotFound(f"There is no interview {elicitation} of yours.")
    return found[0]


def _elicitation(row: tuple[Any, ...]) -> Elicitation:
    cells = list(row)
    cells[6], cells[15] = from_json(cells[6]), from_json(cells[15])
    return Elicitation(*cells)


@dataclass(frozen=True, slots=True)
class Transcript:
    """Words from another place. `artifact` is what was written from what was confirmed in them."""

    id: int
    title: str
    form: str
    text: str
    asset: int | None
    by: int | None
    at: Micros
    artifact: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that a text may hold: `text[begins:ends]` of the transcript are its words."""

    id: int
    transcript: int
    kind: str
    speaker: str
    text: str
    begins: int
    ends: int
    slot: str
    state: Literal["proposed", "confirmed", "corrected", "rejected"]
    decided_by: int | None
    decided_at: Micros | None


def get_transcript(actor: Actor, db: Database, transcript: int) -> Transcript:
    """A text that the actor brought in, or that a facilitator looks after. Raises NotFound."""
    rows = db.rows(
        "SELECT id, title, form, text, asset_id, by, at, artifact FROM externalization_transcript WHERE id = ?",
        [transcript],
    )
    found = Transcript(*rows[0]) if rows else None
    if found is None or not (actor.is_at_least("facilitator") or (found.by is not None and found.by == actor.account)):
        raise NotFound(f"There is no text {transcript} of yours.")
    return found


def get_candidate(actor: Actor, db: Database, candidate: int) -> Found:
    """A candidate claim of a text that the actor may see. Raises NotFound."""
    rows = db.rows(f"SELECT {_CANDIDATE} FROM externalization_candidate WHERE id = ?", [candidate])  # noqa: S608
    if not rows:
        raise NotFound(f"There is no candidate {candidate}.")
    found = Found(*rows[0])
    get_transcript(actor, db, found.transcript)
    return found


def candidates_of(db: Database, transcript: int) -> list[Found]:
    """The candidates of a text, in its order."""
    rows = db.rows(
        f"SELECT {_CANDIDATE} FROM externalization_candidate WHERE transcript_id = ? ORDER BY begins, id",  # noqa: S608
        [transcript],
    )
    return [Found(*row) for row in rows]


_CANDIDATE = "id, transcript_id, kind, speaker, text, begins, ends, slot, state, decided_by_id, decided_at"
