"""What to do next, what if someone leaves and who should review, over REST: the same records as the pages show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Signed
from seci.cycle import queries
from seci.cycle.views import ReviewersForm
from seci.kit.clock import now
from seci.kit.terminal import as_data

router = Router(tags=["next"])


@router.get("/next", auth=Signed("member"), summary="The transfers that lower knowledge at risk most for each hour")
def proposals(request: HttpRequest, asset: int | None = None, mode: str = "", page: int = 1, size: int = 10) -> Any:
    return as_data(
        queries.proposals(actor_of(request), now(), asset=asset, mode=mode, page=page, size=max(1, min(size, 40)))
    )


@router.get("/leave", auth=Signed("lead"), summary="What if people leave on a day")
def leave(request: HttpRequest, people: Query[list[int]], on: date | None = None) -> Any:
    return as_data(queries.leave(actor_of(request), now(), people, on))


@router.get("/reviewers", auth=Signed("member"), summary="Who should review a change, and whom to add")
def reviewers(
    request: HttpRequest,
    source: int | None = None,
    commit: str = "",
    paths: Query[list[str]] = [],  # noqa: B006
) -> Any:
    form = ReviewersForm(source=source, commit=commit, paths="\n".join(paths))
    return as_data(queries.reviewers(actor_of(request), form, now()))
