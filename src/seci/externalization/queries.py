"""Reads about dialogues, one function per question. What is said in one is read by its expert alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.cases.access import Bank, get_bank
from seci.externalization import dialogue, store
from seci.externalization import journal as writing
from seci.externalization.access import (
    Elicitation,
    Found,
    Transcript,
    candidates_of,
    elicitations,
    get_known,
    get_managed,
    get_own,
    get_transcript,
    is_own,
    may_manage,
)
from seci.externalization.codec import question_of
from seci.externalization.drafting.draft import Draft
from seci.externalization.measuring.arms import Comparison, sitting
from seci.externalization.measuring.arms import compare as contrast
from seci.externalization.measuring.conversion import USEFUL
from seci.externalization.measuring.disputes import Disputes, Voice, compare
from seci.externalization.memory import state_of
from seci.externalization.state import State
from seci.externalization.store import Written
from seci.externalization.turn import Judge
from seci.kit.clock import Micros, now
from seci.kit.database import Database, from_json
from seci.kit.database import Row as DatabaseRow
from seci.kit.errors import Conflict, NotFound, Refused
from seci.kit.figures import Figure
from seci.people import queries as people
from seci.people.ba import Ba
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class Row:
    """A dialogue in a list: that it is there and how it stands, nothing of what is said.

    invited     invitations that wait to be opened; 0 where the actor may not know
    is_own      whether the actor is its expert
    may_manage  whether the actor may invite to it and call it off
    answered    answers written down; None for a dialogue that is not the actor's own
    """

    id: int
    title: str
    state: str
    asset: int | None
    asset_name: str
    expert: PersonRef | None
    is_own: bool
    may_manage: bool
    answered: int | None
    artifact: int | None
    opened_at: Micros
    changed_at: Micros
    invited: int = 0


@dataclass(frozen=True, slots=True)
class Interview:
    """An own dialogue with all that was said. `minutes` is an estimate of the minutes to go."""

    elicitation: Elicitation
    state: State
    written: tuple[Written, ...]
    minutes: int
    ba: Ba | None


@dataclass(frozen=True, slots=True)
class InvitationRow:
    id: int
    person: PersonRef | None
    created_at: Micros
    expires_at: Micros
    status: str


def interviews(actor: Actor, db: Database, *, state: str = "", asset: int | None = None) -> list[Row]:
    """The actor's own dialogues and those to look after, the newest first."""
    found = [
        one
        for one in elicitations(db)
        if (is_own(actor, one) or may_manage(actor, one))
        and (not state or one.state == state)
        and (asset is None or one.asset == asset)
    ]
    names: dict[int, str] = dict(db.rows("SELECT id, name FROM assets_asset"))
    counts: dict[int, int] = dict(
        db.rows("SELECT elicitation_id, COUNT(*) FROM externalization_turn WHERE answer IS NOT NULL GROUP BY 1")
    )
    refs = people.names(actor, db, sorted({one.expert for one in found if one.expert is not None}))
    waiting: dict[int, int] = dict(db.rows(_WAITING, [now()]))
    rows = [_row(actor, one, names, counts, refs) for one in found]
    return [replace(row, invited=waiting.get(row.id, 0)) if row.may_manage else row for row in rows]


_WAITING = (
    "SELECT elicitation_id, COUNT(*) FROM externalization_invitation WHERE taken_at IS NULL AND revoked_at IS NULL "
    "AND expires_at > ? GROUP BY 1"
)


def _row(
    actor: Actor, one: Elicitation, names: dict[int, str], counts: dict[int, int], refs: dict[int, PersonRef]
) -> Row:
    own = is_own(actor, one)
    return Row(
        id=one.id,
        title=one.title,
        state=one.state,
        asset=one.asset,
        asset_name=names.get(one.asset, "") if one.asset is not None else "",
        expert=refs.get(one.expert) if one.expert is not None else None,
        is_own=own,
        may_manage=may_manage(actor, one),
        answered=counts.get(one.id, 0) if own else None,
        artifact=one.artifact,
        opened_at=one.opened_at,
        changed_at=one.changed_at,
    )


def may_answer(actor: Actor, found: Elicitation) -> bool:
    """Whether the actor is the one whose judgement is drawn out."""
    return is_own(actor, found)


def known(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """A dialogue of the actor's own or one to look after: how it was set, nothing of what is said."""
    return get_known(actor, db, elicitation)


def interview(actor: Actor, db: Database, elicitation: int) -> Interview:
    """An own dialogue as it stands. Raises NotFound, Refused for whoever only looks after it."""
    found = get_own(actor, db, elicitation)
    state = state_of(actor, db, found)
    return Interview(
        elicitation=found,
        state=state,
        written=tuple(store.written(db, found.id)),
        minutes=dialogue.remaining(state),
        ba=people.ba(actor, db, found.ba) if found.ba is not None else None,
    )


def draft(actor: Actor, db: Database, elicitation: int) -> Draft:
    """The artifact of an own dialogue as it stands: body, claims, convergence and what is still open."""
    return dialogue.draft(state_of(actor, db, get_own(actor, db, elicitation)))


def open_draft(actor: Actor, db: Database, elicitation: int) -> Draft:
    """The draft for whoever passes questions on. Raises Conflict while a case waits for its verdict: it could lead."""
    waiting = store.last(db, get_own(actor, db, elicitation).id)
    if waiting is not None and waiting.answer is None and isinstance(question_of(waiting.question), Judge):
        raise Conflict("The artifact is folded while a case is judged, so that it cannot lead; answer the case first.")
    return draft(actor, db, elicitation)


def invitations(actor: Actor, db: Database, elicitation: int) -> list[InvitationRow]:
    """Invitations to a dialogue, for whoever may send them."""
    get_managed(actor, db, elicitation, "see invitations")
    rows = db.rows(
        "SELECT id, person_id, created_at, expires_at, taken_at, revoked_at FROM externalization_invitation "
        "WHERE elicitation_id = ? ORDER BY id DESC",
        [elicitation],
    )
    refs = people.names(actor, db, sorted({person for _, person, *_ in rows if person is not None}))
    return [
        InvitationRow(id_, refs.get(person) if person else None, created, expires, _status(expires, taken, revoked))
        for id_, person, created, expires, taken, revoked in rows
    ]


def _status(expires: Micros, taken: Micros | None, revoked: Micros | None) -> str:
    if taken is not None:
        return "taken"
    if revoked is not None:
        return "withdrawn"
    return "over" if expires <= now() else "open"


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A text in a list: how many of its candidates wait, and how many were confirmed."""

    id: int
    title: str
    form: str
    waiting: int
    confirmed: int
    artifact: int | None
    at: Micros


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """A text with the claims it may hold, in its order."""

    transcript: Transcript
    candidates: tuple[Found, ...]


def transcripts(actor: Actor, db: Database) -> list[TranscriptRow]:
    """Texts the actor brought in; all of them for facilitators. The newest first."""
    rows = db.rows(
        "SELECT t.id, t.title, t.form, SUM(CASE WHEN c.state = 'proposed' THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN c.state IN ('confirmed', 'corrected') THEN 1 ELSE 0 END), t.artifact, t.at, t.by "
        "FROM externalization_transcript t LEFT JOIN externalization_candidate c ON c.transcript_id = t.id "
        "GROUP BY t.id ORDER BY t.id DESC"
    )
    sees_all = actor.is_at_least("facilitator")
    return [TranscriptRow(*row[:-1]) for row in rows if sees_all or (row[-1] is not None and row[-1] == actor.account)]


def transcript(actor: Actor, db: Database, transcript: int) -> TranscriptPage:
    """A text with its candidates. Raises NotFound."""
    found = get_transcript(actor, db, transcript)
    return TranscriptPage(found, tuple(candidates_of(db, found.id)))


def journal(actor: Actor, db: Database, elicitation: int) -> dict[str, Any]:
    """The journal of a dialogue for study, with roles in place of names: the expert's own, or, where the expert
    agreed to it, one to look after. Raises NotFound, Refused."""
    found = get_known(actor, db, elicitation)
    if not is_own(actor, found) and not found.consent.get("study", False):
        raise Refused("The expert of this interview has not agreed to its export for study.", code="private")
    state = state_of(actor, db, found)
    roles = {found.expert: "expert"} if found.expert is not None else {}
    return writing.journal(state, roles, names=_names(db, found))


def _names(db: Database, found: Elicitation) -> dict[str, str]:
    """Names of people as they may stand in what was said, with the role that takes their place."""
    names: dict[str, str] = {}
    for person, name in db.rows("SELECT id, name FROM people_person WHERE nature = 'person'"):
        role = "the expert" if person == found.expert else "a colleague"
        names[name] = role
        first = name.split(" ")[0]
        if person == found.expert and len(first) > 2:
            names[first] = role
    return names


@dataclass(frozen=True, slots=True)
class DisputesPage:
    """Several experts on the decision of one bank: where they differ, and how far they agree.

    voices   a letter for each expert, or the name where that expert agreed to be named
    dialogues  the signed dialogues that are compared
    """

    bank: Bank
    voices: tuple[str, ...]
    dialogues: tuple[int, ...]
    disputes: Disputes | None


def disputes(actor: Actor, db: Database, bank: int) -> DisputesPage:
    """Where the signed dialogues on one bank differ. With fewer than two there is nothing to compare (None)."""
    about = get_bank(actor, db, bank)
    signed = elicitations(db, "WHERE bank_id = ? AND state = 'finished'", [bank])[::-1]
    names = people.names(actor, db, sorted({one.expert for one in signed if one.expert is not None}))
    voices = [_voice(actor, db, one, place, names) for place, one in enumerate(signed)]
    found = compare(voices, about.outcomes, seed=bank) if len(voices) > 1 else None
    return DisputesPage(about, tuple(one.name for one in voices), tuple(one.id for one in signed), found)


def _voice(actor: Actor, db: Database, one: Elicitation, place: int, names: dict[int, PersonRef]) -> Voice:
    state = state_of(actor, db, one)
    is_named = one.consent.get("named", False) and one.expert in names
    name = names[one.expert].name if is_named and one.expert is not None else f"Expert {ascii_uppercase[place % 26]}"
    return Voice(name, state.judgements, state.rules, state.standing)


@dataclass(frozen=True, slots=True)
class TestRow:
    """A conversion test as it is shown: the gain with its interval, and right answers and answers of each group."""

    id: int
    artifact: int
    revision: int | None
    gain: Figure
    counts: dict[str, tuple[int, int]]
    sentence: str
    at: Micros


@dataclass(frozen=True, slots=True)
class Story:
    """A conversion test that an artifact passed: with it alone, novices go at least half of the way to the expert."""

    test: TestRow
    title: str
    type: str
    asset: int | None
    asset_name: str


def stories(actor: Actor, db: Database, *, limit: int = 50) -> list[Story]:
    """What has become explicit: artifacts whose latest conversion test shows at least half of the way with its whole
    interval, the newest first. Retired artifacts have no story any more."""
    names: dict[int, str] = dict(db.rows("SELECT id, name FROM assets_asset"))
    rows = db.rows(
        "SELECT id, artifact, revision, gain, low, high, counts, sentence, at FROM externalization_conversion_test "
        "WHERE id IN (SELECT MAX(id) FROM externalization_conversion_test GROUP BY artifact) AND low >= ? "
        "ORDER BY id DESC",
        [USEFUL],
    )
    found: list[Story] = []
    for row in rows:
        try:
            about = get_artifact(actor, db, row[1])
        except NotFound:
            continue  # it is not for this reader
        if about.state != "retired":
            name = names.get(about.asset, "") if about.asset is not None else ""
            found.append(Story(_tested(row), about.title, about.type, about.asset, name))
    return found[:limit]


def arms(actor: Actor, db: Database) -> Comparison:
    """Dialogues with a partner against those without, for study: only signed ones whose expert agreed to it."""
    if not actor.is_at_least("facilitator"):
        raise Refused("Dialogues are compared by facilitators, leads and admins.")
    signed = [one for one in elicitations(db, "WHERE state = 'finished'") if one.consent.get("study", False)]
    return contrast(
        [sitting(state_of(actor, db, one), with_partner=one.consent.get("partner", False)) for one in signed]
    )


def conversion_tests(actor: Actor, db: Database, artifact: int) -> list[TestRow]:
    """Conversion tests of an artifact, the newest first."""
    found = get_artifact(actor, db, artifact)
    rows = db.rows(
        "SELECT id, artifact, revision, gain, low, high, counts, sentence, at FROM externalization_conversion_test "
        "WHERE artifact = ? ORDER BY id DESC",
        [found.id],
    )
    return [_tested(row) for row in rows]


def _tested(row: DatabaseRow) -> TestRow:
    id_, artifact, revision, gain, low, high, counts, sentence, at = row
    groups = from_json(counts)
    cases = int(groups.pop("cases"))
    shown = Figure(gain, cases, low, high, of="cases", unit="share")
    return TestRow(id_, artifact, revision, shown, {name: tuple(both) for name, both in groups.items()}, sentence, at)
