"""Conflicts of merges for agents: what is proposed here is decided by nobody before a person takes it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.combination.proposals import services
from seci.kit.database import Database


@tool("propose_merge_decision", "member", changes=True)
def propose_merge_decision(
    actor: Actor,
    db: Database,
    conflict: Annotated[int, Field(description="Number of the conflict, as merge_conflicts lists it.", ge=1)],
    choice: Annotated[str, Field(description="a, b, split, both, ask or none.")],
    reason: Annotated[str, Field(description="Why, from the two sentences and their sources.", max_length=4000)],
    when_a: Annotated[str, Field(description="Of a split: when the first holds, without the if.", max_length=500)] = "",
    when_b: Annotated[str, Field(description="Of a split: when the second holds.", max_length=500)] = "",
) -> Any:
    """Propose what to do about a contradiction between sources of a merge; nothing is decided before a person does."""
    made = services.propose(actor, db, conflict, choice, reason, when_a=when_a, when_b=when_b)
    return {"proposal": made.id, "decided_at": f"/merges/conflicts/{conflict}/"}
