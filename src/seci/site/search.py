"""The doors of the search: a page with its fragment, what is wanted and not found, and REST."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from pydantic import Field

from seci import search
from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.rest import Router, sent
from seci.kit.database import Database, of_django
from seci.kit.errors import NotFound
from seci.kit.ids import fingerprint
from seci.library import queries as library
from seci.people import queries as people
from seci.search import finding, queries, services
from seci.search.holding import Filters
from seci.site.views import Choice, Passage, SearchHits, WantedPage

PAGE, TYPED_NAMES, TYPED_TEXTS, NAMES = 30, 8, 5, 12
KINDS = {"artifact": "Artifacts", "document": "Documents"}


@require_safe
@least("guest")
def page(request: HttpRequest) -> HttpResponse:
    """The whole page, or only the hits when asked by htmx while somebody types."""
    actor, db, q = actor_of(request), of_django(connection), request.GET.get("q", "")
    if request.headers.get("HX-Request") == "true":
        return render(request, "site/_hits.html", {"page": typed(actor, db, q)})
    filters = filters_of(request.GET)
    names = () if filters != Filters() else search.find(actor, q, NAMES)
    answer = finding.find(actor, db, q, filters, limit=PAGE)
    asked = bool(answer.text) and filters == Filters()
    want = services.note(db, q, asker(actor), answered=bool(names or answer.found)) if asked else None
    record = SearchHits(
        q=q,
        hits=tuple(replace(one, url=followed(want, one.url)) for one in names),
        passages=passages_of(actor, db, answer.found, want),
        by_words=answer.mode == "words",
        waiting=answer.waiting,
        searched=answer.passages,
        choices=choices(actor, db, filters),
        narrowed=filters != Filters(),
        sees_wanted=actor.is_at_least("member"),
        is_cut=len(answer.found) == PAGE,
    )
    return render(request, "site/search.html", {"page": record})


def typed(actor: Actor, db: Database, q: str) -> SearchHits:
    names = search.find(actor, q, TYPED_NAMES + 1)
    answer = finding.find(actor, db, q, limit=TYPED_TEXTS) if len(q.strip()) > 2 else None
    return SearchHits(
        q=q,
        hits=tuple(names[:TYPED_NAMES]),
        more=max(len(names) - TYPED_NAMES, 0),
        passages=passages_of(actor, db, answer.found, None) if answer else (),
    )


def asker(actor: Actor) -> str:
    return fingerprint(f"{settings.SECRET_KEY}:{actor.account}")


def followed(want: int | None, url: str) -> str:
    """The address by way of a count that something was opened."""
    if want is None or not url:
        return url
    there = QueryDict(mutable=True)
    there["to"] = url
    return f"{reverse('search-open', args=[want])}?{there.urlencode()}"


def filters_of(data: QueryDict) -> Filters:
    owner = data.get("owner", "")
    return Filters(
        kind=data.get("kind", ""), state=data.get("state", ""), tag=data.get("tag", ""),
        owner=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 16 else None,
    )  # fmt: skip


def passages_of(actor: Actor, db: Database, found: Sequence[finding.Found], want: int | None) -> tuple[Passage, ...]:
    came = library.origins(actor, db, [one.number for one in found if one.kind == "document"])
    return tuple(
        Passage(
            kind=one.kind, title=one.title, url=followed(want, one.url), heading=one.heading, snippet=one.snippet,
            state="" if one.state == "published" else one.state,
            origin=came.get(one.number, "") if one.kind == "document" else "",
        )
        for one in found
    )  # fmt: skip


def choices(actor: Actor, db: Database, filters: Filters) -> tuple[Choice, ...]:
    """The selects beside the box; one that would leave no choice is not shown."""
    there = queries.choices(actor, db)
    names = people.names(actor, db, [id_ for id_, _ in there.owners]) if actor.is_at_least("member") else {}
    owners = sorted((person.name, str(id_)) for id_, person in names.items())
    rows: list[tuple[str, str, list[tuple[str, str]], str]] = [
        ("kind", "What", [(kind, KINDS.get(kind, kind)) for kind, _ in there.kinds], filters.kind),
        ("tag", "About", [(tag, tag) for tag, _ in there.tags], filters.tag),
        ("state", "State", [(state, state) for state, _ in there.states], filters.state),
        ("owner", "Owner", [(id_, name) for name, id_ in owners], "" if filters.owner is None else str(filters.owner)),
    ]
    return tuple(Choice(*one) for one in rows if len(one[2]) > 1 or one[3])


@require_safe
@least("guest")
def open_(request: HttpRequest, want: int) -> HttpResponse:
    """Goes to what was found, and counts that something was."""
    to = request.GET.get("to", "")
    if not to.startswith("/") or not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        raise NotFound("This link leads nowhere; search again.")
    services.follow(of_django(connection), want)
    return redirect(to)


@require_safe
@least("member")
def wanted(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = tuple(queries.wanted(actor, of_django(connection)))
    return render(
        request, "site/wanted.html", {"page": WantedPage(rows=rows, may_settle=actor.is_at_least("facilitator"))}
    )


@require_POST
@least("facilitator")
def settle(request: HttpRequest, want: int) -> HttpResponse:
    services.settle(actor_of(request), of_django(connection), want)
    messages.success(request, "Settled. It comes back when somebody asks for it again.")
    return redirect("search-wanted")


Text = Annotated[str, Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=100)]


router = Router(tags=["search"])


@router.get("/search", summary="Find assets, people, units and sources by name")
@least("guest")
def find(request: HttpRequest, q: Text = "", limit: Limit = 20) -> list[search.Hit]:
    return sent(search.find(actor_of(request), q, limit))


@router.get("/search/passages", summary="Find artifacts and documents by what they say, each with its passage")
@least("guest")
def passages(
    request: HttpRequest, q: Text = "", kind: Text = "", state: Text = "", tag: Text = "", owner: int | None = None,
    limit: Limit = 20,
) -> finding.Answer:  # fmt: skip
    filters = Filters(kind, state, tag, owner)
    return sent(finding.find(actor_of(request), of_django(connection), q, filters, limit=limit))


@router.get("/search/wanted", summary="What was searched for and led nowhere, without who asked")
@least("member")
def wanted_out(request: HttpRequest) -> list[queries.Wanted]:
    return sent(queries.wanted(actor_of(request), of_django(connection)))


@router.post("/search/wanted/{want}/settle", summary="Say that a wish is answered by now")
@least("facilitator")
def settle_out(request: HttpRequest, want: int) -> dict[str, int]:
    services.settle(actor_of(request), of_django(connection), want)
    return {"settled": want}
