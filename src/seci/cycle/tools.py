"""What to do next, what if someone leaves and who should review, for agents: the same queries as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.cycle import queries
from seci.cycle.views import ReviewersForm
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.spiral.queries import asset_named, person_named


@tool("what_next", "member")
def what_next(
    actor: Actor,
    db: Database,
    asset: Annotated[str, Field(description="Only this asset: its name, a part of it, or its number.")] = "",
    limit: Annotated[int, Field(ge=1, le=40)] = 10,
) -> Any:
    """What to do next: the transfers of knowledge that lower the risk most for each hour, with their reasons."""
    chosen = asset_named(actor, asset) if asset else None
    return queries.proposals(actor, now(), asset=chosen, size=limit)


@tool("what_if_leaves", "lead")
def what_if_leaves(
    actor: Actor,
    db: Database,
    people: Annotated[
        list[str], Field(description="Whole names, or numbers, of those who leave.", min_length=1, max_length=20)
    ],
    on: Annotated[date | None, Field(description="The day they leave; today when not given.")] = None,
) -> Any:
    """What if these people leave: which assets lose their last holder, and who is next best to take over."""
    return queries.leave(actor, now(), [person_named(actor, name) for name in people], on)


@tool("recommend_reviewers", "member")
def recommend_reviewers(
    actor: Actor,
    db: Database,
    paths: Annotated[list[str], Field(description="Files that the change touches.", max_length=2000)] = [],  # noqa: B006
    commit: Annotated[str, Field(description="A commit that is there already, instead of paths.", max_length=64)] = "",
    source: Annotated[int | None, Field(description="Number of the repository; needed only with several.")] = None,
) -> Any:
    """Who fits a change as reviewer, with the reasons, and whom to add so that knowledge spreads."""
    if not commit and not paths:
        raise BadInput("Name the change: a commit, or the paths of the files it touches.")
    return queries.reviewers(actor, ReviewersForm(source=source, commit=commit, paths="\n".join(paths)), now())
