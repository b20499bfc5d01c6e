"""Artifacts from their text form: written by hand, edited as Markdown, brought in from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact, claims, get_artifact
from seci.artifacts.body import from_data
from seci.artifacts.codec import decode
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.services.drafting import create, revise
from seci.kit.database import Database
from seci.kit.errors import BadInput


def create_from_text(
    actor: Actor, db: Database, text: str, *, asset: int | None = None, imported: bool = False
) -> Artifact:
    """A new draft from Markdown.

    imported  from another place: who confirmed a claim there is nobody here, so what a partner or a document said
              waits for a person again

    Raises BadInput with the line and what belongs there.
    """
    content = _read(text)
    fresh = [_from_elsewhere(one) if imported else _by_hand(actor, one) for one in content.claims]
    return create(
        actor, db, content.type, content.title, content.body, asset=asset, context=content.context, claims=fresh,
        cause="import" if imported else "hand",
    )  # fmt: skip


def revise_from_text(actor: Actor, db: Database, artifact: int, text: str, *, base: int, message: str = "") -> Artifact:
    """The next revision from Markdown. Claims that are there already stay as they are: they are decided one by one,
    in their own place; new ones count as said by whoever edits."""
    found, content = get_artifact(actor, db, artifact), _read(text)
    same_type(found, content)
    known = {claim.id for claim in claims(actor, db, artifact)}
    fresh = [_by_hand(actor, one) for one in content.claims if one.id not in known]
    return revise(
        actor, db, artifact, content.body, base=base, title=content.title, context=content.context, claims=fresh,
        message=message,
    )  # fmt: skip


def same_type(found: Artifact, content: Content) -> None:
    """An artifact keeps its type: nodes, evidence and runs would mean nothing in another."""
    if content.type != found.type:
        raise BadInput(f"This artifact is a {found.type}; the text says type: {content.type}. Write a new one instead.")


def _read(text: str) -> Content:
    from seci.artifacts.markdown import from_markdown

    if not text.strip():
        raise BadInput("The text is empty; begin with front matter that says a type: decision_tree.")
    return _from_json(text) if text.lstrip().startswith("{") else from_markdown(text)


def _from_json(text: str) -> Content:
    """What `seci artifacts export --as json` wrote."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"This JSON cannot be read: {error}.") from error
    type_name, title = data.get("type"), data.get("title")
    if not isinstance(type_name, str) or not isinstance(title, str):
        raise BadInput('This JSON is no artifact: it needs "type", "title" and "body".')
    context: Context = decode(Context, data.get("context", {}), "context")
    fresh: tuple[Claim, ...] = decode(tuple[Claim, ...], data.get("claims", []), "claims")
    return Content(type_name, title, from_data(type_name, data.get("body")), context, fresh)


def _by_hand(actor: Actor, claim: Claim) -> Claim:
    """A claim typed into the text is the word of whoever typed it, whatever the text says of it."""
    return replace(claim, origin="human", status="confirmed", confirmed_by=actor.person)


def _from_elsewhere(claim: Claim) -> Claim:
    kept: Iterable[str] = ("retracted", "contested", "corrected")
    return replace(claim, confirmed_by=None, status=claim.status if claim.status in kept else "proposed")
