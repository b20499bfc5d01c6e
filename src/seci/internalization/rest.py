"""Practice over REST: a person's own round, one case at a time, and reading what was prepared."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization import queries, services
from seci.internalization.access import Pattern
from seci.internalization.feedback import Reveal
from seci.internalization.services import Answer
from seci.internalization.views import ModelStatus, OwnPractice, PracticePlan, RoundView, Shown, TeamProgress
from seci.kit.database import of_django

router = Router(tags=["practice"])


class Committed(Schema):
    """What a learner commits to. sure: 0 to 1."""

    option: str
    sure: float | None = None
    cue: str = ""
    latency_ms: int | None = None
    number: str = ""


class Card(Schema):
    """answer: one of the options of whoever came in."""

    answer: str


class Weights(Schema):
    """near: ids of patterns that are easily mistaken for it; what is left out stays as it is."""

    frequency: float | None = None
    stake: float | None = None
    near: list[int] | None = None


@router.get("/practice", auth=Signed("member"), summary="Where oneself stands on each pattern, and why")
def own(request: HttpRequest, person: int | None = None) -> OwnPractice:
    return sent(queries.own(actor_of(request), of_django(connection), person=person))


@router.post("/practice/begin/{artifact}", auth=Signed("member"), summary="Begin to practise an artifact")
def begin(request: HttpRequest, artifact: int) -> dict[str, int]:
    return {"new": services.begin(actor_of(request), of_django(connection), artifact)}


@router.post("/practice/today", auth=Signed("member"), summary="Today's round of one's own, made where there is none")
def today(request: HttpRequest, more: bool = False) -> RoundView:
    return sent(services.today(actor_of(request), of_django(connection), more=more))


@router.post("/practice/rounds/{round_}/next", auth=Signed("member"), summary="The case that waits; its time runs then")
def next_case(request: HttpRequest, round_: int) -> Shown | None:
    return sent(services.next_case(actor_of(request), of_django(connection), round_))


@router.post("/practice/rounds/{round_}/cases/{case}", auth=Signed("member"), summary="Commit; tells what came of it")
def commit(request: HttpRequest, round_: int, case: int, form: Body[Committed]) -> Reveal:
    answer = Answer(form.option, form.sure, form.cue, form.latency_ms, form.number)
    return sent(services.commit(actor_of(request), of_django(connection), round_, case, answer))


@router.post("/practice/attempts/{attempt}/look", auth=Signed("member"), summary="Open the artifact; it is counted")
def look(request: HttpRequest, attempt: int) -> dict[str, int]:
    artifact, revision = services.look_up(actor_of(request), of_django(connection), attempt)
    return {"artifact": artifact, "revision": revision}


@router.post("/practice/attempts/{attempt}/card", auth=Signed("member"), summary="Answer whoever came in meanwhile")
def card(request: HttpRequest, attempt: int, form: Body[Card]) -> dict[str, int | None]:
    return {"away_ms": services.answer_card(actor_of(request), of_django(connection), attempt, form.answer)}


@router.put("/practice/patterns/{pattern}/weights", auth=Signed("member"), summary="Weigh a pattern, for authors")
def weigh(request: HttpRequest, pattern: int, form: Body[Weights]) -> Pattern:
    actor, db = actor_of(request), of_django(connection)
    found = services.weigh(actor, db, pattern, frequency=form.frequency, stake=form.stake, near=form.near)
    return sent(found)


@router.get(
    "/practice/plans/{artifact}", auth=Signed("member"), summary="Patterns and cases of an artifact, for authors"
)
def plan(request: HttpRequest, artifact: int) -> PracticePlan:
    return sent(queries.plan(actor_of(request), of_django(connection), artifact))


@router.get("/practice/plans/{artifact}/progress", auth=Signed("member"), summary="Its learners together, from five on")
def progress(request: HttpRequest, artifact: int) -> TeamProgress:
    return sent(queries.progress(actor_of(request), of_django(connection), artifact))


@router.get("/practice/model", auth=Signed("member"), summary="Which model predicts, and how well")
def model(request: HttpRequest) -> ModelStatus:
    return sent(queries.model(actor_of(request), of_django(connection)))
