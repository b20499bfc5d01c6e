"""The only way to hold a page as it is written together, a comment, a suggestion."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.live.passage import Passage, take
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import Conflict, NotFound, Refused
from seci.library import store as library
from seci.library.access import get_document, get_editable, may_change, may_write


@dataclass(frozen=True, slots=True)
class Page:
    """A document with the text of its latest revision.

    may_write   whoever may write in the document, unless it is retired
    may_decide  about suggestions: whoever answers for the page
    """

    document: int
    title: str
    head: int
    text: str
    state: str
    owner: int | None
    asset: int | None
    may_write: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class HeldComment:
    """`parent` is the comment it answers."""

    id: int
    document: int
    parent: int | None
    author: int | None
    by: int | None
    settled: Micros | None


@dataclass(frozen=True, slots=True)
class HeldSuggestion:
    id: int
    document: int
    passage: Passage
    text: str
    message: str
    state: str
    author: int | None
    author_name: str
    by: int | None


def get_page(actor: Actor, db: Database, document: int) -> Page:
    """A page that the actor may read. Raises NotFound."""
    found, head = get_document(actor, db, document), library.head(db, document)
    if head is None:
        raise NotFound(f"There is no page {document} in the library.")
    in_use = found.state != "retired"
    return Page(
        document, found.title, head.number, head.text, found.state, found.owner, found.asset,
        in_use and may_write(actor, db, found), in_use and may_change(actor, db, found),
    )  # fmt: skip


def need_writable(actor: Actor, db: Database, document: int) -> Page:
    """A page that the actor may write in. Raises Refused, and Conflict for one that is retired."""
    page = get_page(actor, db, document)
    if not page.may_write:
        get_editable(actor, db, document)  # says why somebody may not; whoever may is stopped by the state alone
        raise Conflict(f"{page.title} is retired; restore it first.")
    return page


def may_still_write(actor: Actor, db: Database, document: int) -> bool:
    """Whether what somebody has typed can be a revision of theirs: a draft may be shared with them no longer."""
    try:
        get_editable(actor, db, document)
    except (NotFound, Refused, Conflict):
        return False
    return True


def need_decidable(actor: Actor, db: Database, document: int) -> Page:
    """A page whose suggestions the actor decides. Raises Refused, and Conflict for one that is retired."""
    page = need_writable(actor, db, document)
    if not page.may_decide:
        raise Refused("Whoever answers for the page decides about suggestions: its owner, facilitators, leads, admins.")
    return page


def get_comment(actor: Actor, db: Database, comment: int) -> HeldComment:
    rows = db.rows(
        "SELECT id, document_id, parent_id, author_id, by, settled_at FROM library_comment WHERE id = ?", [comment]
    )
    if not rows:
        raise NotFound(f"There is no comment {comment}.")
    get_document(actor, db, rows[0][1])
    return HeldComment(*rows[0])


def get_suggestion(actor: Actor, db: Database, suggestion: int) -> HeldSuggestion:
    rows = db.rows(
        "SELECT s.id, s.document_id, r.text, s.start, s.stop, s.text, s.message, s.state, s.author_id, "
        "COALESCE(p.name, u.username, ''), s.by FROM library_suggestion s LEFT JOIN auth_user u ON u.id = s.by "
        "JOIN library_revision r ON r.document_id = s.document_id AND r.number = s.revision "
        "LEFT JOIN people_person p ON p.id = s.author_id WHERE s.id = ?",
        [suggestion],
    )
    if not rows:
        raise NotFound(f"There is no suggestion {suggestion}.")
    id_, document, text, start, stop, *rest = rows[0]
    get_document(actor, db, document)
    return HeldSuggestion(id_, document, take(text, start, stop), *rest)


def is_own(actor: Actor, held: HeldComment | HeldSuggestion) -> bool:
    """Whether the actor has said it: by person, or by account where there is none."""
    if held.author is not None:
        return held.author == actor.person
    return held.by == actor.account
