"""The search of the house, for agents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from seci import search as shelves
from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.kit.database import Database
from seci.search import finding
from seci.search.holding import Filters
from seci.search.queries import Wanted
from seci.search.queries import wanted as wishes


@tool("search", "guest")
def search(
    actor: Actor,
    db: Database,
    text: Annotated[str, Field(description="Words of a name, in any order.", min_length=1, max_length=200)],
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> list[shelves.Hit]:
    """Find assets, artifacts, people, units and sources by name; each hit has its number at the end of its address."""
    return shelves.find(actor, text, limit)


@tool("search_passages", "guest")
def search_passages(
    actor: Actor,
    db: Database,
    text: Annotated[str, Field(description="A question or words.", min_length=1, max_length=200)],
    kind: Annotated[str, Field(description="artifact or document; empty is both.", max_length=16)] = "",
    tag: Annotated[str, Field(description="A concept, tag or type; empty is any.", max_length=200)] = "",
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> finding.Answer:
    """Find artifacts and documents by what they say, best first, each with the passage that shows it."""
    return finding.find(actor, db, text, Filters(kind=kind, tag=tag), limit=limit)


@tool("what_is_wanted", "member")
def what_is_wanted(actor: Actor, db: Database) -> list[Wanted]:
    """What people searched for in vain: what is not written down yet. Nobody is named."""
    return wishes(actor, db)
