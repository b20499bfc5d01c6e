"""Artifacts as sources of a merge, over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.combination.shelving import queries, services
from seci.combination.shelving.queries import ShelfRow
from seci.kit.database import of_django

router = Router(tags=["merges"])


class Wanted(Schema):
    artifacts: list[int]


@router.get(
    "/merges/artifacts", auth=Signed("member"), summary="Artifacts in use, and the page of each where it has one"
)
def shelf(request: HttpRequest) -> tuple[ShelfRow, ...]:
    return sent(queries.shelf(actor_of(request), of_django(connection)))


@router.post("/merges/artifacts", auth=Signed("member"), summary="Lay artifacts beside documents, as pages to merge")
def shelve(request: HttpRequest, said: Wanted) -> dict[str, tuple[int, ...]]:
    return {"documents": services.shelve(actor_of(request), of_django(connection), said.artifacts)}
