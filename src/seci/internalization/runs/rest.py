"""Runs over REST: for programs through which a person works."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.runs import queries, services
from seci.internalization.runs.access import Run
from seci.internalization.runs.views import BlindPage, RunPage, RunRow, WorkPage
from seci.kit.database import of_django

router = Router(tags=["runs"])


class Begin(Schema):
    """`pressure`: exercise, supervised, alone or incident."""

    task: str
    pressure: str
    link: str = ""
    person: int | None = None


class Moved(Schema):
    """`did`: tick, done, failed, answer, fill, fact, look, consult, decide or back."""

    did: str
    node: str = ""
    value: str = ""
    note: str = ""
    other: int | None = None


class Ended(Schema):
    """`went`: good, bad, or empty while nobody knows."""

    went: str = ""


class Left(Ended):
    reason: str = ""


class Judged(Schema):
    decision: str = ""
    upheld: bool | None = None
    because: str = ""


class Step(Schema):
    """`rung`: 0 sandbox, 1 supervised, 2 incident, 3 owner."""

    person: int
    rung: int
    reason: str = ""


@router.get("/runs", auth=Signed("member"), summary="Own runs of artifacts, and those that wait for one's judgement")
def runs(request: HttpRequest, artifact: int | None = None, state: str = "") -> dict[str, tuple[RunRow, ...]]:
    actor, db = actor_of(request), of_django(connection)
    own = queries.own_runs(actor, db, artifact=artifact, state=state)
    return sent({"runs": own, "waiting": queries.to_review(actor, db, artifact=artifact)})


@router.get("/artifacts/{artifact}/work", auth=Signed("member"), summary="An artifact at work: figures and ladder")
def work(request: HttpRequest, artifact: int) -> WorkPage:
    return sent(queries.work(actor_of(request), of_django(connection), artifact))


@router.post("/artifacts/{artifact}/runs", auth=Signed("member"), summary="Begin to use an artifact on a task")
def start(request: HttpRequest, artifact: int, form: Begin) -> RunPage:
    actor, db = actor_of(request), of_django(connection)
    begun = services.start(actor, db, artifact, form.task, form.pressure, link=form.link, person=form.person)
    return sent(queries.run(actor, db, begun.id))


@router.get("/runs/{run}", auth=Signed("member"), summary="A run as it stands")
def run(request: HttpRequest, run: int) -> RunPage:
    return sent(queries.run(actor_of(request), of_django(connection), run))


@router.get("/runs/{run}/blind", auth=Signed("member"), summary="The facts of a task to judge blindly")
def blind(request: HttpRequest, run: int) -> BlindPage:
    return sent(queries.blind(actor_of(request), of_django(connection), run))


@router.post("/runs/{run}/moves/{number}", auth=Signed("member"), summary="Move NUMBER of a run")
def move(request: HttpRequest, run: int, number: int, form: Moved) -> RunPage:
    actor, db = actor_of(request), of_django(connection)
    services.move(actor, db, run, number, form.did, node=form.node, value=form.value, note=form.note, other=form.other)
    return sent(queries.run(actor, db, run))


@router.post("/runs/{run}/finish", auth=Signed("member"), summary="End a run where it stands")
def finish(request: HttpRequest, run: int, form: Ended) -> Run:
    return sent(services.finish(actor_of(request), of_django(connection), run, went=form.went))


@router.post("/runs/{run}/leave", auth=Signed("member"), summary="Leave a run, with the reason")
def leave(request: HttpRequest, run: int, form: Left) -> Run:
    return sent(services.leave(actor_of(request), of_django(connection), run, form.reason, went=form.went))


@router.post("/runs/{run}/went", auth=Signed("member"), summary="Say how it turned out")
def turned_out(request: HttpRequest, run: int, form: Ended) -> Run:
    return sent(services.turned_out(actor_of(request), of_django(connection), run, form.went))


@router.post("/runs/{run}/review", auth=Signed("member"), summary="Judge a run of somebody else")
def review(request: HttpRequest, run: int, form: Judged) -> RunPage:
    actor, db = actor_of(request), of_django(connection)
    services.review(actor, db, run, decision=form.decision, upheld=form.upheld, because=form.because)
    return sent(queries.run(actor, db, run))


@router.post("/artifacts/{artifact}/ladder", auth=Signed("member"), summary="Decide who may do alone what")
def promote(request: HttpRequest, artifact: int, form: Step) -> WorkPage:
    actor, db = actor_of(request), of_django(connection)
    services.promote(actor, db, artifact, form.person, form.rung, reason=form.reason)
    return sent(queries.work(actor, db, artifact))
