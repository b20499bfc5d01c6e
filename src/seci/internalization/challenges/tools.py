"""Challenges for agents: what speaks against an artifact, and a person's own objection."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.internalization.challenges import queries, services
from seci.kit.database import Database


@tool("find_challenges", "member")
def find_challenges(
    actor: Actor,
    db: Database,
    artifact: Annotated[int | None, Field(description="Number of the artifact; empty for all.")] = None,
    state: Annotated[str, Field(description="open or decided; empty for both.")] = "",
    document: Annotated[int | None, Field(description="Number of the document; empty for all.")] = None,
) -> Any:
    """Find what speaks against artifacts and documents: objections of people, findings of panels, learners, work."""
    return queries.challenges(actor, db, artifact=artifact, document=document, state=state)


@tool("challenge_artifact", "member", changes=True)
def challenge_artifact(
    actor: Actor,
    db: Database,
    artifact: Annotated[int, Field(description="Number of the artifact.", ge=1)],
    sentence: Annotated[str, Field(description="What is wrong, and how the person knows.", max_length=4000)],
    node: Annotated[str, Field(description="Id of the node; empty for the whole.")] = "",
    change: Annotated[str, Field(description="What it should say instead.", max_length=4000)] = "",
) -> Any:
    """Say, for the person you work for, that a node of an artifact is wrong; its owner decides."""
    return services.challenge(actor, db, artifact, sentence, node=node, change=change)


@tool("challenge_document", "member", changes=True)
def challenge_document(
    actor: Actor,
    db: Database,
    document: Annotated[int, Field(description="Number of the document.", ge=1)],
    sentence: Annotated[str, Field(description="What is wrong, and how the person knows.", max_length=4000)],
    quote: Annotated[str, Field(description="The words that are wrong; empty for all.", max_length=4000)] = "",
    change: Annotated[str, Field(description="What it should say instead.", max_length=4000)] = "",
) -> Any:
    """Say, for the person you work for, that words of a document are wrong; its owner decides."""
    return services.challenge_document(actor, db, document, sentence, quote=quote, change=change)
