"""Proposed decisions over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.combination.proposals import queries, services
from seci.combination.proposals.access import Proposal
from seci.combination.proposals.queries import ProposalRow
from seci.kit.database import of_django

router = Router(tags=["merges"])


class Proposed(Schema):
    choice: str
    reason: str
    when_a: str = ""
    when_b: str = ""


@router.get("/merges/proposals", auth=Signed("member"), summary="Decisions that were proposed and wait for a person")
def proposals(request: HttpRequest, conflict: int | None = None) -> tuple[ProposalRow, ...]:
    return sent(queries.proposals(actor_of(request), of_django(connection), conflict=conflict))


@router.post("/conflicts/{conflict}/propose", auth=Signed("member"), summary="Propose a decision; a person takes it")
def propose(request: HttpRequest, conflict: int, said: Proposed) -> Proposal:
    actor, db = actor_of(request), of_django(connection)
    made = services.propose(
        actor, db, conflict, said.choice, said.reason, when_a=said.when_a, when_b=said.when_b
    )  # fmt: skip
    return sent(made)
