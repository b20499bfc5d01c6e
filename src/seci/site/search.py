"""What can be found in the house, and the two doors of the search: a page with its fragment, and REST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja import Schema
from pydantic import Field

from seci import search
from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.accounts.rest import Router
from seci.kit.database import of_django
from seci.search import Entry, Shelf
from seci.site.views import Hit, SearchHits

PAGE, TYPED = 50, 12


def rows(sql: str) -> Callable[[], list[Entry]]:
    """A shelf straight from a table: id, title, detail, aside."""
    return lambda: [Entry(*row) for row in of_django(connection).rows(sql)]


def there(route: str) -> Callable[[int], str]:
    return lambda id_: reverse(route, args=[id_])


def fill_shelves() -> None:
    """Called once, when the house is ready."""
    assets = "SELECT id, name, topic, key FROM assets_asset WHERE state IN ('proposed', 'kept')"
    people = (
        "SELECT person.id, person.name, COALESCE(unit.name, person.function), '' FROM people_person person "
        "LEFT JOIN people_unit unit ON unit.id = person.unit_id WHERE person.nature = 'person'"
    )
    units = "SELECT id, name, '', '' FROM people_unit"
    sources = "SELECT id, title, kind, uri FROM ledger_source"
    search.register(Shelf("asset", "guest", rows(assets), there("asset")))
    search.register(Shelf("person", "member", rows(people), there("person")))
    search.register(Shelf("unit", "member", rows(units), lambda _: reverse("units")))
    search.register(Shelf("source", "member", rows(sources), there("source")))


@require_safe
@least("guest")
def page(request: HttpRequest) -> HttpResponse:
    """The whole page, or only the hits when asked by htmx while somebody types."""
    typed = request.headers.get("HX-Request") == "true"
    q = request.GET.get("q", "")
    found = search.find(actor_of(request), q, PAGE + 1)
    shown = TYPED if typed else PAGE
    hits = tuple(Hit(**asdict(hit)) for hit in found[:shown])
    record = SearchHits(q=q, hits=hits, more=max(len(found) - shown, 0))
    return render(request, "site/_hits.html" if typed else "site/search.html", {"page": record})


Text = Annotated[str, Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=100)]


class HitOut(Schema):
    kind: str
    title: str
    url: str
    detail: str


router = Router(tags=["search"])


@router.get("/search", response=list[HitOut], summary="Find assets, people, units and sources by name")
@least("guest")
def find(request: HttpRequest, q: Text = "", limit: Limit = 20) -> object:
    return [asdict(hit) for hit in search.find(actor_of(request), q, limit)]
