"""What to do next, what if someone leaves and who should review, over REST: the same records as the pages show."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Signed, sent
from seci.cycle import queries
from seci.cycle.views import NextPage, ReviewersForm, ReviewersPage
from seci.kit.clock import now
from seci.spiral.views import WhatIfPage

router = Router(tags=["next"])


@router.get("/next", auth=Signed("member"), summary="The transfers that lower knowledge at risk most for each hour")
def proposals(
    request: HttpRequest, asset: int | None = None, mode: str = "", page: int = 1, size: int = 10
) -> NextPage:
    return sent(
        queries.proposals(actor_of(request), now(), asset=asset, mode=mode, page=page, size=max(1, min(size, 40)))
    )


@router.get("/leave", auth=Signed("lead"), summary="What if people leave on a day")
def leave(request: HttpRequest, people: Query[list[int]], on: date | None = None) -> WhatIfPage:
    return sent(queries.leave(actor_of(request), now(), people, on))


@router.get("/reviewers", auth=Signed("member"), summary="Who should review a change, and whom to add")
def reviewers(
    request: HttpRequest,
    source: int | None = None,
    commit: str = "",
    paths: Query[list[str]] = [],  # noqa: B006
) -> ReviewersPage:
    form = ReviewersForm(source=source, commit=commit, paths="\n".join(paths))
    return sent(queries.reviewers(actor_of(request), form, now()))
