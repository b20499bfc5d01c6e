"""Merges for agents: read what is there, propose a decision or a sentence; publishing stays with people."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.combination.queries import conflicts as contradictions
from seci.combination.queries import drafts, frames, shelves
from seci.combination.services import deciding
from seci.kit.database import Database


@tool("list_merges", "member")
def list_merges(actor: Actor, db: Database) -> Any:
    """Playbooks that are being made of several documents, with what waits in each."""
    return list(frames.merges(actor, db))


@tool("merge_conflicts", "member")
def merge_conflicts(
    actor: Actor, db: Database, merge: Annotated[int, Field(description="Number of the merge.", ge=1)]
) -> Any:
    """Sentences of a merge's sources that contradict each other, with what was decided."""
    return list(contradictions.conflicts(actor, db, merge).rows)


@tool("read_playbook", "member")
def read_playbook(
    actor: Actor, db: Database, merge: Annotated[int, Field(description="Number of the merge.", ge=1)]
) -> Any:
    """The playbook of a merge, statement by statement, each with the passages it rests on."""
    page = drafts.drafted(actor, db, merge)
    return {"document": page.document, "revision": page.revision, "statements": list(page.statements)}


@tool("library_findings", "member")
def library_findings(
    actor: Actor,
    db: Database,
    kind: Annotated[str, Field(description="duplicate, conflict, gap, stale, link or changed; empty for all.")] = "",
    document: Annotated[int | None, Field(description="Of this document alone.", ge=1)] = None,
) -> Any:
    """What stands twice, contradicts, is missing, stale or not linked in the library, and is not decided yet."""
    return list(shelves.findings(actor, db, kind=kind, document=document, size=100).rows)


@tool("answer_merge_request", "member", changes=True)
def answer_merge_request(
    actor: Actor,
    db: Database,
    request: Annotated[int, Field(description="Number of the request.", ge=1)],
    answer: Annotated[str, Field(description="a, b, split, both or none.")],
    words: Annotated[str, Field(description="Why, in the person's words.", max_length=4000)],
) -> Any:
    """Bring back what the person you work for answers about a contradiction; whoever merges decides."""
    return deciding.answer(actor, db, request, answer, words)
