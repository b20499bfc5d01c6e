"""The search of the house, for agents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from seci import search as shelves
from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.kit.database import Database


@tool("search", "guest")
def search(
    actor: Actor,
    db: Database,
    text: Annotated[str, Field(description="Words of a name, in any order.", min_length=1, max_length=200)],
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> list[shelves.Hit]:
    """Find assets, artifacts, people, units and sources by name; each hit has its number at the end of its address."""
    return shelves.find(actor, text, limit)
