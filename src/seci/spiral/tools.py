"""Who knows what and what is at risk, for agents: the same queries as the pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.kit.clock import now, to_date
from seci.kit.database import Database
from seci.spiral import queries
from seci.spiral.views import AssetPage

AssetName = Annotated[str, Field(description="Its name, a part of it, or its number.", min_length=1, max_length=200)]
Page = Annotated[int, Field(ge=1, le=10_000)]


@tool("who_can_help", "member")
def who_can_help(actor: Actor, db: Database, asset: AssetName) -> dict[str, Any]:
    """Who can help with a knowledge asset: people with the evidence of their contact, in no order of merit.

    Contact is familiarity, not proof of skill. People who hid themselves from an asset are not named.
    """
    return _help(queries.asset_page(actor, queries.asset_named(actor, asset), now()))


@tool("what_is_at_risk", "guest")
def what_is_at_risk(
    actor: Actor,
    db: Database,
    asset: Annotated[str, Field(description="Only assets whose name contains this.", max_length=200)] = "",
    only: Annotated[
        Literal["all", "single", "nobody", "fading", "stale"],
        Field(description="single: one holder; nobody: none here; fading, stale: long untouched."),
    ] = "all",
    sort: Literal["at_risk", "coverage", "holders", "last", "name"] = "at_risk",
    page: Page = 1,
) -> Any:
    """What knowledge is at risk: coverage, expected loss in hours a week and bus factor of every asset.

    Each figure carries n, an interval and its status; a value of null means unknown, never zero.
    """
    return queries.risk(actor, now(), q=asset, only=only, sort=sort, page=page)


def _help(page: AssetPage) -> dict[str, Any]:
    return {
        "asset": page.asset,
        "sentence": page.sentence,
        "people": [
            {
                "person": row.person,
                "contact": row.words,
                "evidence": str(row.contacts),
                "freshness": row.freshness,
                "last": to_date(row.last_t),
            }
            for row in page.holders
        ],
        "people_total": page.holders_total,
        "named_by_others": [{"person": each.person, "by": each.by} for each in page.nominations],
        "coverage": page.coverage,
        "knowledge_at_risk": page.at_risk,
        "bus_factor": page.bus_factor,
    }
