"""The library for agents: a page found, and read with the places of its passages."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from seci.accounts.actor import Actor
from seci.accounts.tools import tool
from seci.kit.database import Database
from seci.library import queries
from seci.library.views import PassagesPage, Wanted


@tool("find_pages", "guest")
def find_pages(
    actor: Actor,
    db: Database,
    text: Annotated[str, Field(description="Words of the title; empty for all.", max_length=200)] = "",
    tag: Annotated[str, Field(description="A plain word that pages are tagged with.", max_length=80)] = "",
    concept: Annotated[int | None, Field(description="Number of a concept: what is under it.")] = None,
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
) -> Any:
    """Find documents and artifacts of this organization's library.

    `marks` says what somebody should look at before it is relied on: unverified, stale, challenged, isolated.
    """
    found = queries.library(actor, db, Wanted(q=text, tag=tag, concept=concept), page=page)
    return {"rows": found.rows, "pager": found.pager}


@tool("read_page", "guest")
def read_page(
    actor: Actor,
    db: Database,
    document: Annotated[int, Field(description="Number of the document, as find_pages gives it.", ge=1)],
) -> PassagesPage:
    """Read a document passage by passage: each with its headings and the characters it takes, so that it can be cited.

    `verification` says whether somebody responsible has confirmed that it holds, and until when: pass that on.
    """
    return queries.passages(actor, db, document)
