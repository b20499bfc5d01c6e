"""Proposals for agents: what a person decides is drafted here, and done by nobody before that person confirms."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.internalization.proposals import queries, services
from seci.internalization.runs import queries as runs
from seci.kit.database import Database

WHERE = "/practice/proposals/"
Reason = Annotated[str, Field(description="The reason, in the person's words where there are some.", max_length=4000)]


@tool("find_reviews", "member")
def find_reviews(actor: Actor, db: Database) -> Any:
    """Find decisions of others that wait for the judgement of the person you work for, and proposals for their yes."""
    return {"waiting": runs.to_review(actor, db), "proposed": queries.proposals(actor, db)}


@tool("propose_review", "member", changes=True)
def propose_review(
    actor: Actor,
    db: Database,
    run: Annotated[int, Field(description="Number of the run.", ge=1)],
    decision: Annotated[str, Field(description="What would be decided on these facts alone.", max_length=200)] = "",
    upheld: Annotated[bool | None, Field(description="Whether the decision stands, where it was seen.")] = None,
    because: Reason = "",
) -> Any:
    """Draft a review of somebody's decision for the person you work for; it counts once that person confirms it."""
    made = services.propose_review(actor, db, run, decision=decision, upheld=upheld, because=because)
    return {"proposal": made, "confirmed_at": WHERE}


@tool("propose_step", "member", changes=True)
def propose_step(
    actor: Actor,
    db: Database,
    artifact: Annotated[int, Field(description="Number of the artifact.", ge=1)],
    person: Annotated[int, Field(description="Number of the person who would step.", ge=1)],
    rung: Annotated[int, Field(description="0 sandbox, 1 supervised, 2 incident, 3 owner.", ge=0, le=3)],
    reason: Reason = "",
) -> Any:
    """Draft a step on the ownership ladder; it counts only once whoever may decide it confirms it."""
    made = services.propose_step(actor, db, artifact, person, rung, reason)
    return {"proposal": made, "confirmed_at": WHERE}


@tool("propose_decision", "member", changes=True)
def propose_decision(
    actor: Actor,
    db: Database,
    challenge: Annotated[int, Field(description="Number of the challenge.", ge=1)],
    resolution: Annotated[str, Field(description="uphold, amend, split or retire.")],
    reason: Reason,
    text: Annotated[str, Field(description="The artifact as Markdown with the change made.", max_length=200_000)] = "",
    base: Annotated[int | None, Field(description="Number of the revision that the text was made from.")] = None,
) -> Any:
    """Draft the owner's answer to a challenge; nothing changes before the person you work for confirms it."""
    made = services.propose_decision(actor, db, challenge, resolution, reason, text=text, base=base)
    return {"proposal": made, "confirmed_at": WHERE}
