"""Imports over REST."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction
from django.http import HttpRequest
from ninja import Router

from seci import jobs
from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.kit.database import of_django
from seci.sources.documents import queries, services
from seci.sources.documents.services.undoing import Undone
from seci.sources.documents.views import ImportPage, ImportRow

router = Router(tags=["imports"])
RUN = "seci.sources.documents.tasks:run"


class Wanted(Schema):
    """What is to be imported: a folder, repository or file of the machine that SECI runs on."""

    path: str
    format: str = ""
    name: str = ""
    licence: str = ""
    history: bool = True


@router.get("/imports", auth=Signed("member"), summary="The latest imports of documents")
def imports(request: HttpRequest) -> tuple[ImportRow, ...]:
    return sent(queries.imports(actor_of(request), of_django(connection)).rows)


@router.get("/imports/{id_}", auth=Signed("member"), summary="An import: how far it is, what became of each file")
def import_(request: HttpRequest, id_: int, result: str = "", page: int = 1, size: int = 50) -> ImportPage:
    found = queries.import_(actor_of(request), of_django(connection), id_, result=result, page=page, size=size)
    return sent(found)


@router.post("/imports", auth=Signed("lead"), summary="Import documents of this machine")
def begin(request: HttpRequest, wanted: Wanted) -> ImportRow:
    actor, db = actor_of(request), of_django(connection)
    with transaction.atomic():
        id_ = services.begin(
            actor, db, Path(wanted.path), format_=wanted.format, name=wanted.name, licence=wanted.licence,
            with_history=wanted.history,
        )  # fmt: skip
        jobs.enqueue(RUN, id_, key=f"import:{id_}")
    return sent(queries.state(actor, db, id_))


@router.post("/imports/{id_}/again", auth=Signed("member"), summary="Read the source of an import again")
def again(request: HttpRequest, id_: int) -> ImportRow:
    actor, db = actor_of(request), of_django(connection)
    with transaction.atomic():
        next_ = services.again(actor, db, id_)
        jobs.enqueue(RUN, next_, key=f"import:{next_}")
    return sent(queries.state(actor, db, next_))


@router.post("/imports/{id_}/stop", auth=Signed("member"), summary="Stop an import after the file at hand")
def stop(request: HttpRequest, id_: int) -> ImportRow:
    actor, db = actor_of(request), of_django(connection)
    services.stop(actor, db, id_)
    return sent(queries.state(actor, db, id_))


@router.post("/imports/{id_}/undo", auth=Signed("member"), summary="Take an import back")
def undo(request: HttpRequest, id_: int) -> Undone:
    return sent(services.undo(actor_of(request), of_django(connection), id_))
