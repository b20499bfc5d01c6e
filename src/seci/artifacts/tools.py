"""Artifacts for agents: the right framework found, read, run on a case with its reasons."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.artifacts import queries
from seci.artifacts.views import Tried, Wanted
from seci.kit.database import Database

Number = Annotated[int, Field(description="Number of the artifact, as find_artifacts gives it.", ge=1)]


@tool("find_artifacts", "guest")
def find_artifacts(
    actor: Actor,
    db: Database,
    text: Annotated[str, Field(description="Words of the title; empty for all.", max_length=200)] = "",
    type: Annotated[str, Field(description="decision_tree, checklist, runbook, ...; empty for all.")] = "",  # noqa: A002
    asset: Annotated[int | None, Field(description="Number of the asset it is about.")] = None,
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
) -> Any:
    """Find decision trees, checklists, runbooks and guides that experts of this organization have put into words.

    `label` says how well each agreed with its expert on unseen cases; `verification` whether it still holds.
    """
    return queries.library(actor, db, Wanted(q=text, type=type, asset=asset), page=page)


@tool("read_artifact", "guest")
def read_artifact(actor: Actor, db: Database, artifact: Number) -> dict[str, str]:
    """Read an artifact as Markdown: who it is for, when it holds and when not, its nodes and what they rest on."""
    made = queries.export(actor, db, artifact, "markdown")
    return {"name": made.name, "text": made.text}


@tool("evaluate_artifact", "guest")
def evaluate_artifact(
    actor: Actor,
    db: Database,
    artifact: Number,
    values: Annotated[
        dict[str, float | bool | str | None],
        Field(description="The case by attribute key; leave out what is not known, never guess it."),
    ],
) -> Tried:
    """Run an artifact on a case. It answers with its reasons, or "ask the expert" where nobody has said or judged
    anything: then ask a person, do not answer in the expert's place."""
    return queries.evaluate(actor, db, artifact, values)
