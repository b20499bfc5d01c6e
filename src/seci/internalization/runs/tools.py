"""Runs for agents: a person's work with an artifact, written down as it goes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.internalization.runs import queries, services
from seci.kit.database import Database

Number = Annotated[int, Field(description="Number of the run, as begin_run gives it.", ge=1)]
Went = Annotated[str, Field(description="good or bad; empty while nobody knows.")]


@tool("begin_run", "member", changes=True)
def begin_run(
    actor: Actor,
    db: Database,
    artifact: Annotated[int, Field(description="Number of the artifact.", ge=1)],
    task: Annotated[str, Field(description="What it is used on, in a line.", max_length=200)],
    pressure: Annotated[str, Field(description="exercise, supervised, alone or incident: ask the person.")],
    link: Annotated[str, Field(description="Commit, ticket or incident.", max_length=1000)] = "",
) -> Any:
    """Begin to use a checklist, runbook, tree, flowchart, scorecard, matrix or template on a person's real task."""
    begun = services.start(actor, db, artifact, task, pressure, link=link)
    return queries.run(actor, db, begun.id)


@tool("read_run", "member")
def read_run(actor: Actor, db: Database, run: Number) -> Any:
    """See where a run stands and what comes next. What the artifact answers is there only once it was looked up."""
    return queries.run(actor, db, run)


@tool("move_run", "member", changes=True)
def move_run(
    actor: Actor,
    db: Database,
    run: Number,
    number: Annotated[int, Field(description="Number of the move: `next` of the run.", ge=1)],
    did: Annotated[str, Field(description="tick, done, failed, answer, fill, fact, look, consult, decide or back.")],
    node: Annotated[str, Field(description="Where: id of an item, step, blank or attribute.")] = "",
    value: Annotated[str, Field(description="What was read, chosen or filled in.", max_length=4000)] = "",
    note: Annotated[str, Field(description="Evidence, in words or as a link.", max_length=4000)] = "",
) -> Any:
    """Write down one move that the person made. A decision is the person's own: never decide in their place."""
    services.move(actor, db, run, number, did, node=node, value=value, note=note)
    return queries.run(actor, db, run)


@tool("finish_run", "member", changes=True)
def finish_run(actor: Actor, db: Database, run: Number, went: Went = "") -> Any:
    """End a run where it stands; what is open stays open and is told."""
    return services.finish(actor, db, run, went=went)


@tool("leave_run", "member", changes=True)
def leave_run(
    actor: Actor,
    db: Database,
    run: Number,
    reason: Annotated[str, Field(description="What did not fit, and what was done instead.", max_length=4000)],
    went: Went = "",
) -> Any:
    """Leave a run before its end. That it went well without the artifact is a reason to challenge it."""
    return services.leave(actor, db, run, reason, went=went)
