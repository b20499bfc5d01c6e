"""The two doors of the search: a page with its fragment, and REST."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import Schema
from pydantic import Field

from seci import search
from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.accounts.rest import Router
from seci.site.views import Hit, SearchHits

PAGE, TYPED = 50, 12


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
