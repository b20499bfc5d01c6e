"""What a merge would be made of: documents, the revisions they would be held at, and the licence of the result."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.access import need_member
from seci.combination.merge.licences import Outcome, outcome
from seci.combination.merge.source import Source
from seci.combination.recipes import Missing, missing, recipe
from seci.kit.database import Database, batches, values
from seci.kit.errors import BadInput, NotFound
from seci.library.access import readable

MOST = 400
"""Documents in one merge."""

BELOW = (
    "WITH RECURSIVE below (id) AS (SELECT CAST(? AS INTEGER) UNION "
    "SELECT b.concept_id FROM library_broader b JOIN below ON below.id = b.broader_id)"
)
"""A concept and all that lie below it, as `below`."""

# Pages that a merge or a decision has written are no sources of another one unless they are picked by name.
_OWN = ("adr", "attribution")


@dataclass(frozen=True, slots=True)
class Picked:
    """A document as it would go in: held at `revision`, its latest."""

    document: int
    revision: int
    title: str
    guide: str
    licence: str
    collection: int | None


@dataclass(frozen=True, slots=True)
class Picking:
    """What was picked, and what would come of it before anything is made."""

    picked: tuple[Picked, ...]
    outcome: Outcome
    missing: tuple[Missing, ...] = ()

    @property
    def guides(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.guide for one in self.picked))

    @property
    def refusal(self) -> str:
        """Why these cannot become one text, in one sentence; empty where they can."""
        return "" if self.outcome.allowed else self.outcome.reasons[0]


def picking(
    actor: Actor,
    db: Database,
    *,
    documents: Sequence[int] = (),
    collections: Sequence[int] = (),
    concept: int | None = None,
    recipe_key: str = "",
    classes: Sequence[tuple[int, str]] = (),
    accept_nc: bool = False,
) -> Picking:
    """What a merge of these documents, of all pages of these collections, or of all pages under a concept would be.

    classes    (document, class of source as the recipe calls it)
    accept_nc  the result will never be used for money, so sources that forbid it may go in

    Raises NotFound for what is not there, BadInput for fewer than two documents or more than 400.
    """
    need_member(actor)
    found = _rows(actor, db, documents, collections, concept)
    if len(found) < 2:
        raise BadInput(f"A merge takes two documents or more; {'one was' if found else 'none were'} picked.")
    if len(found) > MOST:
        raise BadInput(f"{len(found)} documents are more than one merge takes ({MOST}); pick a part of them.")
    end = outcome([as_source(one) for one in found], ("NC",) if accept_nc else ())
    lacking: tuple[Missing, ...] = ()
    if recipe_key:
        guides = {one.document: one.guide for one in found}
        lacking = missing(
            recipe(recipe_key), ((name, guides[document]) for document, name in classes if document in guides)
        )
    return Picking(tuple(found), end, lacking)


def as_source(one: Picked) -> Source:
    """As much of a source as the licence outcome asks for: everything but its text."""
    return Source(one.document, one.title, "", (), (), licence=one.licence, revision=one.revision, guide=one.guide)


def _rows(
    actor: Actor, db: Database, documents: Sequence[int], collections: Sequence[int], concept: int | None
) -> list[Picked]:
    sql = (
        "SELECT d.id, d.head, d.title, COALESCE(c.name, d.title), "
        "COALESCE(NULLIF(d.licence, ''), c.licence, ''), d.collection_id "
        "FROM library_document d LEFT JOIN library_collection c ON c.id = d.collection_id "
    )
    seen, own = readable(actor)
    use = f"{seen} AND d.vanished_at IS NULL AND d.state <> 'retired' AND d.kind NOT IN {values(len(_OWN))}"
    order = "ORDER BY d.collection_id, d.path, d.id"
    found: dict[int, Picked] = {}
    for batch in batches(dict.fromkeys(documents), 400):
        rows = db.rows(f"{sql} WHERE d.id IN {values(len(batch))} AND {seen} {order}", [*batch, *own])
        found |= {row[0]: Picked(*row) for row in rows}
    if absent := [one for one in documents if one not in found]:
        raise NotFound(f"There is no document {absent[0]} in the library.")
    for collection in dict.fromkeys(collections):
        rows = db.rows(f"{sql} WHERE d.collection_id = ? AND {use} {order}", [collection, *own, *_OWN])
        if not rows:
            raise NotFound(f"Collection {collection} has no documents in use.")
        found |= {row[0]: Picked(*row) for row in rows}
    if concept is not None:
        rows = db.rows(
            f"{BELOW} {sql} WHERE d.id IN "
            "(SELECT t.document_id FROM library_tagging t JOIN below ON below.id = t.concept_id) "
            f"AND {use} {order}",
            [concept, *own, *_OWN],
        )
        if not rows:
            raise NotFound(f"No document is under concept {concept}.")
        found |= {row[0]: Picked(*row) for row in rows}
    return list(found.values())
