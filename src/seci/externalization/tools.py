"""Interviews for agents. The agent passes questions on to a person and brings that person's answers back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.externalization import queries, services
from seci.externalization.codec import read_answer
from seci.externalization.showing.relay import CONSENT, opening, relayed
from seci.kit.database import Database
from seci.kit.errors import BadInput

Interview = Annotated[int, Field(description="Number of the interview")]


@tool("list_interviews", "member")
def list_interviews(actor: Actor, db: Database) -> Any:
    """Interviews of the person you act for, and those they look after, with their state."""
    return queries.interviews(actor, db)


@tool("open_interview", "member", changes=True)
def open_interview(
    actor: Actor,
    db: Database,
    decision: Annotated[str, Field(description="What the expert decides, as a question")] = "",
    asset: Annotated[int | None, Field(description="Number of the asset it is about")] = None,
    bank: Annotated[int | None, Field(description="Number of a bank of cases to judge")] = None,
    conversion: Annotated[str, Field(description="Name of a starter conversion")] = "",
    minutes: Annotated[int, Field(description="How long the person has")] = 25,
) -> Any:
    """Open an interview that draws out the judgement of the person you act for.

    You pass on questions and bring back that person's own answers. Never answer yourself, never guess, never
    shorten an answer to what you think was meant: an answer of yours would be recorded as this person's judgement.
    First ask them with the text of `consent_text` whether they agree to be recorded.
    """
    form = {"decision": decision, "asset": asset, "bank": bank, "conversion": conversion, "minutes": minutes}
    asked = opening(form)
    found = services.open_interview(actor, db, asked.setting, asset=asked.asset, bank=asked.bank)
    return {"interview": found.id, "title": found.title, "consent_text": CONSENT}


@tool("agree_to_interview", "member", changes=True)
def agree_to_interview(
    actor: Actor,
    db: Database,
    interview: Interview,
    person_agreed: Annotated[bool, Field(description="Whether the person said yes to the consent text")],
    study: Annotated[bool, Field(description="Whether they also agreed to an export for study, without names")] = False,
) -> Any:
    """Record that the person agreed to be recorded. Only after they have read the text and said yes themselves."""
    if not person_agreed:
        raise BadInput("Nothing is recorded until the person agrees; ask them, and do not press.")
    services.consent(actor, db, interview, study=study)
    return relayed(services.question(actor, db, interview))


@tool("next_question", "member", changes=True)
def next_question(actor: Actor, db: Database, interview: Interview) -> Any:
    """The question that waits, to be put to the person word for word. Show every value of a case and every option."""
    return relayed(services.question(actor, db, interview))


@tool("answer_question", "member", changes=True)
def answer_question(
    actor: Actor,
    db: Database,
    interview: Interview,
    number: Annotated[int, Field(description="Number of the question that is answered")],
    reply: Annotated[
        str,
        Field(description="answer, depends, cannot_happen, skip, confirm, correct, retract, back or stop"),
    ] = "answer",
    text: Annotated[str, Field(description="The person's own words, unchanged")] = "",
    choice: Annotated[str, Field(description="The option or outcome the person chose")] = "",
    choices: Annotated[list[str] | None, Field(description="Where several may be chosen")] = None,
    sure: Annotated[bool | None, Field(description="Whether the person called it a sure verdict; leave out")] = None,
    verdict_right: Annotated[bool | None, Field(description="For an explained case")] = None,
    reason_right: Annotated[bool | None, Field(description="For an explained case")] = None,
    claim: Annotated[str, Field(description="Id of the claim to take back, for retract")] = "",
) -> Any:
    """Bring back what the PERSON answered to a question; you get the next one.

    It is recorded as that person's answer, through an agent. If they have not answered, do not call this. Signing
    (confirm on the last question) needs their explicit yes to the summary, read to them.
    """
    right = None if verdict_right is None else [verdict_right, bool(reason_right)]
    form: dict[str, Any] = {"reply": reply, "text": text, "choice": choice, "claim": claim, "sure": sure}
    form |= {"choices": choices or [], "right": right}
    return relayed(services.answer(actor, db, interview, number, read_answer(form)))


@tool("interview_draft", "member")
def interview_draft(actor: Actor, db: Database, interview: Interview) -> Any:
    """The artifact of an interview as it stands. Refused while a case waits for its verdict: it would lead."""
    return queries.open_draft(actor, db, interview)
