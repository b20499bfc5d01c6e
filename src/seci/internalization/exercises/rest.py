"""Exercises over REST: one's own walks, and explanations to write and to read."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.exercises import queries, services
from seci.internalization.exercises.views import Reading, WalkView
from seci.kit.database import of_django

router = Router(tags=["exercises"])


class ActForm(Schema):
    """number: of the act, counted from 1. value: the diagnosis, or the item of a checklist."""

    number: int
    did: str
    value: str = ""


class Words(Schema):
    words: str


class Verdicts(Schema):
    """Option by number of the case."""

    verdicts: dict[str, str]


@router.get("/artifacts/{artifact}/exercises", auth=Signed("member"), summary="Drills and seeded checklists")
def exercises(request: HttpRequest, artifact: int) -> list[dict[str, object]]:
    rows = queries.exercises(actor_of(request), of_django(connection), artifact)
    return [{"id": id_, "kind": kind, "title": title, "revision": number} for id_, kind, title, number in rows]


@router.post("/exercises/{exercise}/walks", auth=Signed("member"), summary="Go through an exercise, or go on with it")
def begin(request: HttpRequest, exercise: int) -> WalkView:
    actor, db = actor_of(request), of_django(connection)
    return sent(queries.walk(actor, db, services.walk(actor, db, exercise)))


@router.get("/exercises/walks/{walk}", auth=Signed("member"), summary="A walk of one's own")
def walk(request: HttpRequest, walk: int) -> WalkView:
    return sent(queries.walk(actor_of(request), of_django(connection), walk))


@router.post("/exercises/walks/{walk}/acts", auth=Signed("member"), summary="One act of a walk")
def act(request: HttpRequest, walk: int, form: Body[ActForm]) -> WalkView:
    actor, db = actor_of(request), of_django(connection)
    services.act(actor, db, walk, form.number, form.did, form.value)
    return sent(queries.walk(actor, db, walk))


@router.post("/patterns/{pattern}/explanations", auth=Signed("member"), summary="Explain a judgement for a reader")
def explain(request: HttpRequest, pattern: int, form: Body[Words]) -> dict[str, int]:
    return {"id": services.explain(actor_of(request), of_django(connection), pattern, form.words)}


@router.get("/explanations/{explanation}", auth=Signed("member"), summary="An explanation to read, or one's own")
def reading(request: HttpRequest, explanation: int) -> Reading:
    return sent(queries.reading(actor_of(request), of_django(connection), explanation))


@router.post("/explanations/{explanation}/verdicts", auth=Signed("member"), summary="A reader's decisions on all cases")
def judge(request: HttpRequest, explanation: int, form: Body[Verdicts]) -> Reading:
    actor, db = actor_of(request), of_django(connection)
    services.judge(actor, db, explanation, form.verdicts)
    return sent(queries.reading(actor, db, explanation))
