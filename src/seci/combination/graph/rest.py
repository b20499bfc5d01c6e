"""The graph over REST."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Signed
from seci.combination.graph import queries
from seci.combination.graph.views import TYPES, plain, said
from seci.kit.database import of_django

router = Router(tags=["graph"])


@router.get("/graph", auth=Signed("guest"), summary="What is around a node, such as asset:12")
def around(request: HttpRequest, node: str, depth: int = 1, limit: int = queries.LIMIT) -> dict[str, object]:
    return plain(queries.around(actor_of(request), of_django(connection), node, depth=depth, limit=limit))


@router.get("/graph/find", auth=Signed("guest"), summary="Nodes by words in their name")
def find(request: HttpRequest, q: str) -> list[dict[str, str]]:
    found = queries.find(actor_of(request), of_django(connection), q)
    return [{"node": str(each.name), "label": each.label, "note": each.note} for each in found]


@router.get("/graph/path", auth=Signed("guest"), summary="The way between two nodes; without `to`, who can explain one")
def path(request: HttpRequest, node: str, to: str = "") -> dict[str, list[dict[str, object]]]:
    actor, db = actor_of(request), of_django(connection)
    found = queries.way(actor, db, node, to) if to else queries.who_can_explain(actor, db, node)
    return {"ways": [said(way) for way in found.ways]}


@router.get("/graph/export", auth=Signed("guest"), summary="What is around a node as jsonld, turtle or graphml")
def export(request: HttpRequest, node: str, form: str = "jsonld", depth: int = 2) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    text = queries.exported(actor, db, node, form, settings.SECI_PUBLIC_URL, depth=depth)
    return HttpResponse(text, content_type=f"{TYPES[form]}; charset=utf-8")
