"""Role-plays over REST: those in which one has a part."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.exercises.roleplay import Observed
from seci.internalization.playing import queries, services
from seci.internalization.playing.queries import PlayRow, PlayView
from seci.kit.database import of_django

router = Router(tags=["exercises"])


class Players(Schema):
    """Persons by number, beside whoever asks, who decides."""

    counterpart: int
    observer: int


class Form(Schema):
    """ticks: seen, not_seen or no_occasion for each item."""

    ticks: dict[str, str]
    note: str = ""


@router.post("/artifacts/{artifact}/plays", auth=Signed("member"), summary="Prepare a role-play in which one decides")
def prepare(request: HttpRequest, artifact: int, form: Body[Players]) -> PlayView:
    actor, db = actor_of(request), of_django(connection)
    made = services.prepare_play(actor, db, artifact, form.counterpart, form.observer)
    return sent(queries.play(actor, db, made))


@router.get("/plays", auth=Signed("member"), summary="Role-plays in which one has a part")
def plays(request: HttpRequest) -> list[PlayRow]:
    return sent(queries.plays(actor_of(request), of_django(connection)))


@router.get("/plays/{play}", auth=Signed("member"), summary="A role-play as one's part may see it")
def play(request: HttpRequest, play: int) -> PlayView:
    return sent(queries.play(actor_of(request), of_django(connection), play))


@router.post("/plays/{play}/form", auth=Signed("member"), summary="The observer's form; it ends the role-play")
def observe(request: HttpRequest, play: int, form: Body[Form]) -> Observed:
    return sent(services.observe(actor_of(request), of_django(connection), play, form.ticks, form.note))
