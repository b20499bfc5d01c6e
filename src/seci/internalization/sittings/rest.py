"""Pressure tests over REST: a person's own gates and sittings, and counts for everybody else."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.sittings import queries, services
from seci.internalization.sittings.services import read_gate
from seci.internalization.sittings.views import GatesPage, SealedCase, SittingView, StateCounts
from seci.kit.database import of_django

router = Router(tags=["gates"])


class Opening(Schema):
    """profile: light, standard or strict."""

    profile: str = "standard"


class Sealed(Schema):
    """sure: 0 to 1. number: the one to keep in mind, where the case had one."""

    option: str
    sure: float | None = None
    number: str = ""


class Resting(Schema):
    resting: bool = True


@router.get(
    "/gates/{artifact}", auth=Signed("member"), summary="One's own gates of an artifact, and what is in the way"
)
def gates(request: HttpRequest, artifact: int) -> GatesPage:
    return sent(queries.gates(actor_of(request), of_django(connection), artifact))


@router.get(
    "/gates/{artifact}/states", auth=Signed("member"), summary="How many people are in which state, from five on"
)
def states(request: HttpRequest, artifact: int) -> StateCounts:
    return sent(queries.state_counts(actor_of(request), of_django(connection), artifact))


@router.post("/gates/{artifact}/rest", auth=Signed("member"), summary="Let one's patterns rest for the gate of delay")
def rest(request: HttpRequest, artifact: int, form: Body[Resting]) -> dict[str, int]:
    return {"changed": services.rest(actor_of(request), of_django(connection), artifact, resting=form.resting)}


@router.post("/gates/{artifact}/{gate}", auth=Signed("member"), summary="Open a sitting of one's own on sealed cases")
def open_(request: HttpRequest, artifact: int, gate: str, form: Body[Opening]) -> SittingView:
    actor, db = actor_of(request), of_django(connection)
    opened = services.open_sitting(actor, db, artifact, read_gate(gate), form.profile)
    return sent(queries.sitting(actor, db, opened.id))


@router.get("/sittings", auth=Signed("member"), summary="One's own sittings, the latest first")
def sittings(request: HttpRequest, artifact: int | None = None) -> list[SittingView]:
    return sent(queries.sittings(actor_of(request), of_django(connection), artifact))


@router.get("/sittings/{sitting}", auth=Signed("member"), summary="An own sitting; its result once the block has ended")
def sitting(request: HttpRequest, sitting: int) -> SittingView:
    return sent(queries.sitting(actor_of(request), of_django(connection), sitting))


@router.post(
    "/sittings/{sitting}/next", auth=Signed("member"), summary="The sealed case that waits; its time runs then"
)
def next_(request: HttpRequest, sitting: int) -> SealedCase | None:
    return sent(services.next_sealed(actor_of(request), of_django(connection), sitting))


@router.post("/sittings/{sitting}/cases/{case}", auth=Signed("member"), summary="Commit to an answer; tells nothing")
def answer(request: HttpRequest, sitting: int, case: int, form: Body[Sealed]) -> dict[str, int]:
    left = services.answer_sealed(
        actor_of(request), of_django(connection), sitting, case, form.option, confidence=form.sure, number=form.number
    )
    return {"left": left}


@router.post("/sittings/{sitting}/leave", auth=Signed("member"), summary="End a sitting early; it counts as a try")
def leave(request: HttpRequest, sitting: int) -> SittingView:
    actor, db = actor_of(request), of_django(connection)
    services.leave_sitting(actor, db, sitting)
    return sent(queries.sitting(actor, db, sitting))
