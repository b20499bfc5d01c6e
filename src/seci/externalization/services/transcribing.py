"""Words from other places: candidate claims with their spans, confirmed one by one, and what is written from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.artifacts.access import Artifact
from seci.artifacts.bodies import Guide, Section
from seci.artifacts.evidence import Claim, ClaimKind, Evidence
from seci.assets.access import get_asset
from seci.cases.access import get_bank
from seci.externalization.access import (
    Found,
    Transcript,
    candidates_of,
    get_candidate,
    get_transcript,
)
from seci.externalization.transcripts import Form, candidates
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.store import record

Verdict = Literal["confirm", "correct", "reject"]
LONGEST = 2_000_000
MOST = 500
"""Candidates kept of one text: more than anybody confirms one by one."""

LONGEST_CLAIM = 4_000
STATES: dict[str, str] = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """A text that came in: how many candidates wait, and how many more were left out because there were too many."""

    transcript: Transcript
    candidates: int
    left_out: int


def add_transcript(
    actor: Actor,
    db: Database,
    title: str,
    text: str,
    *,
    form: str = "document",
    asset: int | None = None,
    bank: int | None = None,
) -> Gathered:
    """Takes a transcript, chat, review or document in and finds the claims it may hold. Nothing of it is believed yet.

    bank  whose attributes and outcomes help to read rules
    Raises BadInput for an empty text, one that is too long, and an unknown form; Refused for guests.
    """
    if not actor.is_at_least("member"):
        raise Refused("Texts are brought in by members of this instance; ask an admin for that role.")
    title, text = " ".join(clean(title).split())[:200], clean(text)
    if form not in get_args(Form):
        raise BadInput(f"A text is a {', '.join(get_args(Form))}; {form[:20]!r} is none of them.")
    if not title or not text.strip():
        raise BadInput("Give the text and a title by which it is found again.")
    if len(text) > LONGEST:
        raise BadInput(f"The text has {len(text):,} characters; up to {LONGEST:,} are read. Bring it in in parts.")
    about = get_asset(actor, db, asset).id if asset is not None else None
    cases = get_bank(actor, db, bank) if bank is not None else None
    attributes, outcomes = (cases.attributes, cases.outcomes) if cases else ((), ())
    found = candidates(text, "transcript", form=cast(Form, form), attributes=attributes, outcomes=outcomes)
    with db.transaction():
        rows = db.rows(
            "INSERT INTO externalization_transcript (title, form, text, asset_id, by, at) VALUES (?, ?, ?, ?, ?, ?) "
            "RETURNING id",
            [title, form, text, about, actor.account, now()],
        )
        db.run_many(
            "INSERT INTO externalization_candidate (transcript_id, kind, speaker, text, begins, ends, slot, origin, "
            "state) VALUES (?, ?, ?, ?, ?, ?, ?, 'document', 'proposed')",
            [
                (
                    rows[0][0],
                    one.claim.kind,
                    one.speaker[:80],
                    one.claim.text,
                    one.claim.start,
                    one.claim.end,
                    one.claim.slot,
                )
                for one in found[:MOST]
            ],
        )
        record(db, actor, Kind.IMPORT_EXTERNAL, f"text {rows[0][0]} brought in", asset=about)
    kept = get_transcript(actor, db, rows[0][0])
    return Gathered(kept, min(len(found), MOST), max(0, len(found) - MOST))


def decide_candidate(actor: Actor, db: Database, candidate: int, verdict: str, text: str = "") -> Found:
    """A person confirms, corrects (in `text`) or rejects one candidate; the last word counts."""
    found = get_candidate(actor, db, candidate)
    if verdict not in STATES:
        raise BadInput(f"Say confirm, correct or reject; {verdict[:20]!r} is none of them.")
    words = " ".join(clean(text).split()) if verdict == "correct" else found.text
    if not words or len(words) > LONGEST_CLAIM:
        raise BadInput(f"Say in 1 to {LONGEST_CLAIM:,} characters what it should say.")
    if get_transcript(actor, db, found.transcript).artifact is not None:
        raise Conflict("What was confirmed in this text is written down already; correct it in the artifact.")
    with db.transaction():
        db.run(
            "UPDATE externalization_candidate SET state = ?, text = ?, decided_by_id = ?, decided_at = ? WHERE id = ?",
            [STATES[verdict], words, actor.person, now(), found.id],
        )
        record(db, actor, Kind.VERIFY, f"candidate {found.id} of text {found.transcript}: {STATES[verdict]}")
    return get_candidate(actor, db, candidate)


def write_from_transcript(actor: Actor, db: Database, transcript: int, title: str = "") -> Artifact:
    """Writes a guide, as a draft, from what was confirmed in a text; each line rests on a claim with its words.

    Raises Conflict when it was written before, BadInput when nothing is confirmed.
    """
    found = get_transcript(actor, db, transcript)
    if found.artifact is not None:
        raise Conflict(f"This text was written down already, as artifact {found.artifact}.")
    claims = [_claim(found, one) for one in candidates_of(db, found.id) if one.state in ("confirmed", "corrected")]
    if not claims:
        raise BadInput("Confirm at least one claim first; nothing else of a text is believed.")
    with db.transaction():
        said = f"From {found.form} {found.id}: {found.title}"[:500]
        made = artifacts.create(
            actor, db, "guide", (title or found.title)[:160], _guide(found.title, claims),
            asset=found.asset, claims=claims, message=said, cause="import",
        )  # fmt: skip
        db.run("UPDATE externalization_transcript SET artifact = ? WHERE id = ?", [made.id, found.id])
        record(db, actor, Kind.STRUCTURE, f"text {found.id} written down", asset=found.asset, artifact=made.id)
    return made


def _claim(found: Transcript, one: Found) -> Claim:
    """The claim with the words of the text itself, whatever a person made of them."""
    return Claim(
        id=f"t{found.id}.{one.id}",
        kind=cast(ClaimKind, one.kind),
        text=one.text,
        quote=found.text[one.begins : one.ends],
        source=f"transcript:{found.id}",
        start=one.begins,
        end=one.ends,
        slot=one.slot,
        origin="document",
        status="confirmed",
        confirmed_by=one.decided_by,
    )


TITLES: tuple[tuple[str, tuple[ClaimKind, ...]], ...] = (
    ("What holds", ("rule", "threshold", "weight")),
    ("What to look at", ("cue", "definition", "metaphor")),
    ("Steps", ("step",)),
    ("Why", ("reason",)),
    ("When it is different", ("exception",)),
)


def _guide(purpose: str, claims: Sequence[Claim]) -> Guide:
    sections = []
    for number, (title, kinds) in enumerate(TITLES, 1):
        own = [one for one in claims if one.kind in kinds]
        if own:
            text = "\n".join(f"- {one.text}" for one in own)
            sections.append(Section(f"s{number}", title, text, Evidence(tuple(one.id for one in own))))
    return Guide(purpose, tuple(sections))
