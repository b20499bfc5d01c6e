"""Interviews over REST: for programs through which a person answers. Every answer names the question it is to."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.externalization import queries, services
from seci.externalization.access import Elicitation
from seci.externalization.codec import read_answer
from seci.externalization.measuring.arms import Comparison
from seci.externalization.queries import DisputesPage, Row, Story, TestRow, TranscriptPage, TranscriptRow
from seci.externalization.showing.relay import opening, relayed, told
from seci.externalization.turn import Reply
from seci.kit.database import of_django
from seci.kit.terminal import as_data

router = Router(tags=["interviews"])


class Asked(Schema):
    """`decision` is the question that is to be decided, `conversion` a starter."""

    title: str | None = None
    decision: str | None = None
    outcomes: list[str] = []
    minutes: int | None = None
    protocol: str | None = None
    conversion: str | None = None
    asset: int | None = None
    bank: int | None = None


class Consented(Schema):
    """`study`: exported for study; `named`: by name; `partner`: a language model may read along."""

    study: bool = False
    named: bool = False
    partner: bool = False


class Answered(Schema):
    """`choice`: an option or an outcome; `choices`: where several may be chosen; `looked`: attributes in the order they
    were opened; `right`: of an explanation, verdict and reason; `claim`: the one that "retract" takes back."""

    reply: Reply = "answer"
    text: str = ""
    choice: str = ""
    choices: list[str] = []
    looked: list[str] = []
    latency_ms: int | None = None
    sure: bool | None = None
    right: tuple[bool, bool] | None = None
    claim: str = ""


@router.get("/interviews", auth=Signed("member"), summary="Own interviews, and those to look after")
def interviews(request: HttpRequest, state: str = "", asset: int | None = None) -> list[Row]:
    return sent(queries.interviews(actor_of(request), of_django(connection), state=state, asset=asset))


@router.post("/interviews", auth=Signed("member"), summary="Open an interview of one's own")
def open_(request: HttpRequest, form: Asked) -> Elicitation:
    actor, db, asked = actor_of(request), of_django(connection), opening(form.model_dump())
    found = services.open_interview(actor, db, asked.setting, asset=asked.asset, bank=asked.bank, title=asked.title)
    return sent(found)


@router.get("/interviews/{interview}", auth=Signed("member"), summary="An own interview: turns, claims, state")
def interview(request: HttpRequest, interview: int) -> dict[str, object]:
    found = queries.interview(actor_of(request), of_django(connection), interview)
    return sent(
        {
            "interview": found.elicitation,
            "turns": [told(one) for one in found.written],
            "claims": found.state.claims,
            "minutes": found.minutes,
            "ba": found.ba,
        }
    )


@router.post("/interviews/{interview}/consent", auth=Signed("member"), summary="The expert agrees to be recorded")
def consent(request: HttpRequest, interview: int, form: Consented) -> Elicitation:
    return sent(services.consent(actor_of(request), of_django(connection), interview, **form.model_dump()))


@router.get("/interviews/{interview}/question", auth=Signed("member"), summary="The question that waits")
def question(request: HttpRequest, interview: int) -> dict[str, Any]:
    return relayed(services.question(actor_of(request), of_django(connection), interview))


@router.post("/interviews/{interview}/answers/{number}", auth=Signed("member"), summary="Answer question NUMBER")
def answer(request: HttpRequest, interview: int, number: int, form: Answered) -> dict[str, Any]:
    """What a question takes follows from its `form`."""
    actor, db, answer = actor_of(request), of_django(connection), read_answer(form.model_dump())
    return relayed(services.answer(actor, db, interview, number, answer))


@router.post("/interviews/{interview}/pause", auth=Signed("member"), summary="Rest an interview")
def pause(request: HttpRequest, interview: int) -> Elicitation:
    return sent(services.pause(actor_of(request), of_django(connection), interview))


@router.get("/interviews/{interview}/draft", auth=Signed("member"), summary="The artifact as it stands")
def draft(request: HttpRequest, interview: int) -> Any:
    return as_data(queries.open_draft(actor_of(request), of_django(connection), interview))


@router.get("/artifacts/{artifact}/conversion-tests", auth=Signed("member"), summary="Conversion tests of an artifact")
def conversion_tests(request: HttpRequest, artifact: int) -> list[TestRow]:
    return sent(queries.conversion_tests(actor_of(request), of_django(connection), artifact))


@router.get("/conversion-tests/passed", auth=Signed("member"), summary="Artifacts that passed a conversion test")
def stories(request: HttpRequest) -> list[Story]:
    return sent(queries.stories(actor_of(request), of_django(connection)))


@router.get("/interviews/arms/compared", auth=Signed("facilitator"), summary="Dialogues with and without a partner")
def arms(request: HttpRequest) -> Comparison:
    return sent(queries.arms(actor_of(request), of_django(connection)))


@router.get("/interviews/{interview}/journal", auth=Signed("member"), summary="The journal, with roles for names")
def journal(request: HttpRequest, interview: int) -> dict[str, Any]:
    return queries.journal(actor_of(request), of_django(connection), interview)


@router.get("/cases/{bank}/disputes", auth=Signed("member"), summary="Where several experts differ")
def disputes(request: HttpRequest, bank: int) -> DisputesPage:
    return sent(queries.disputes(actor_of(request), of_django(connection), bank))


@router.get("/transcripts", auth=Signed("member"), summary="Texts that claims are drawn from")
def transcripts(request: HttpRequest) -> list[TranscriptRow]:
    return sent(queries.transcripts(actor_of(request), of_django(connection)))


@router.get("/transcripts/{transcript}", auth=Signed("member"), summary="A text with the claims it may hold")
def transcript(request: HttpRequest, transcript: int) -> TranscriptPage:
    return sent(queries.transcript(actor_of(request), of_django(connection), transcript))
