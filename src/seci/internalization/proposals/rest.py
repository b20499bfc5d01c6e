"""Proposals over REST: programs propose, and read what waits; a person confirms on the page or in the terminal."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.proposals import queries, services
from seci.internalization.proposals.queries import ProposalRow
from seci.kit.database import of_django

router = Router(tags=["proposals"])
MEMBER = Signed("member")


class ReviewDraft(Schema):
    decision: str = ""
    upheld: bool | None = None
    because: str = ""


class StepDraft(Schema):
    person: int
    rung: int
    reason: str = ""


class DecisionDraft(Schema):
    """text: the artifact as Markdown with the change made; base: number of the revision it was made from."""

    resolution: str
    reason: str
    text: str = ""
    base: int | None = None


@router.get("/proposals", auth=MEMBER, summary="What waits for one's own yes")
def proposals(request: HttpRequest) -> list[ProposalRow]:
    return sent(queries.proposals(actor_of(request), of_django(connection)))


@router.post("/runs/{run}/review/proposal", auth=MEMBER, summary="Propose a review; a person confirms it")
def review(request: HttpRequest, run: int, form: Body[ReviewDraft]) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    made = services.propose_review(actor, db, run, decision=form.decision, upheld=form.upheld, because=form.because)
    return {"id": made}


@router.post("/artifacts/{artifact}/ladder/proposal", auth=MEMBER, summary="Propose a step; a person confirms it")
def step(request: HttpRequest, artifact: int, form: Body[StepDraft]) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    return {"id": services.propose_step(actor, db, artifact, form.person, form.rung, form.reason)}


@router.post("/challenges/{challenge}/proposal", auth=MEMBER, summary="Propose an answer; a person confirms it")
def decide(request: HttpRequest, challenge: int, form: Body[DecisionDraft]) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    made = services.propose_decision(actor, db, challenge, form.resolution, form.reason, text=form.text, base=form.base)
    return {"id": made}
