"""Comments on passages, and other words proposed for them. Whoever may read a page may say something about it."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.combination.live import access, passage, store
from seci.combination.live.patch import plain
from seci.combination.live.services.journal import Journal
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library.marking import Mark, record

LONGEST = 4_000


def comment(
    actor: Actor, db: Database, document: int, text: str, *, quote: str = "", before: str = "", after: str = ""
) -> int:
    """Says something about the passage that reads `quote`, about the whole page without one; the comment's id.

    before, after  what stands around the passage, where its words alone are not unique

    Raises BadInput where the words do not stand in the text, or stand there more than once.
    """
    words = _words(text, "Say something first: the comment is empty.")
    _up_to_date(db, document)
    page = access.get_page(actor, db, document)
    spot = passage.quoted(page.text, plain(quote), plain(before), plain(after)) if quote.strip() else None
    with db.transaction():
        made = store.insert_comment(db, page, spot, words, actor, now())
        record(actor, db, Kind.REVIEW, f"document {document} commented on", [_mark(page)])
    return made


def answer(actor: Actor, db: Database, comment: int, text: str) -> int:
    """Answers a comment; the answer's id."""
    words = _words(text, "Say something first: the answer is empty.")
    held = access.get_comment(actor, db, comment)
    page = access.get_page(actor, db, held.document)
    with db.transaction():
        made = store.insert_comment(db, page, None, words, actor, now(), parent=held.parent or held.id)
        record(actor, db, Kind.ANSWER, f"comment {comment} answered", [_mark(page)])
    return made


def settle(actor: Actor, db: Database, comment: int) -> None:
    """Says that a comment is dealt with; its author and whoever may change the page can."""
    held = access.get_comment(actor, db, comment)
    page = access.get_page(actor, db, held.document)
    if not (page.may_decide or access.is_own(actor, held)):
        raise Refused("Only its author and whoever answers for the page can settle a comment.")
    if held.settled:
        raise Conflict("This comment is settled already.")
    with db.transaction():
        store.settle_comment(db, comment, actor.person, now())
        record(actor, db, Kind.DECIDE, f"comment {comment} settled", [_mark(page)])


def suggest(
    actor: Actor, db: Database, document: int, text: str, *, quote: str, before: str = "", after: str = "",
    message: str = "",
) -> int:  # fmt: skip
    """Proposes other words for the passage that reads `quote`; the suggestion's id. No words: the passage should go."""
    _up_to_date(db, document)
    page = access.get_page(actor, db, document)
    spot = passage.quoted(page.text, plain(quote), plain(before), plain(after))
    words = clean(plain(text))
    if words == spot.quote:
        raise BadInput("This is what the passage says already; change the words first.")
    if max(len(words), len(message)) > LONGEST:
        raise BadInput(f"A suggestion has at most {LONGEST:,} characters; propose a shorter passage.")
    with db.transaction():
        made = store.insert_suggestion(db, page, spot, words, clean(message.strip()), actor, now())
        record(actor, db, Kind.REVIEW, f"change of document {document} suggested", [_mark(page)])
    return made


def take(actor: Actor, db: Database, suggestion: int) -> int:
    """Puts the proposed words in the place of the passage, as a revision; its number.

    Raises Conflict where the passage is gone, Refused for whoever does not answer for the page.
    """
    held = access.get_suggestion(actor, db, suggestion)
    need_open(held)
    _up_to_date(db, held.document)
    page = access.need_decidable(actor, db, held.document)
    place = passage.find(held.passage, page.text)
    if place is None:
        raise Conflict("The passage is not in the text any more; decline the suggestion or ask for a new one.")
    text = page.text[: place.start] + held.text + page.text[place.end :]
    name = held.author_name or "a reader"
    with db.transaction():
        message = f"as {name} suggested" + (f": {held.message}" if held.message else "")
        library.revise(
            actor, db, held.document, text, base=page.head, author=held.author, message=message, cause="suggestion"
        )  # fmt: skip
        store.decide_suggestion(db, suggestion, "taken", actor.person, now())
        record(actor, db, Kind.DECIDE, f"suggestion {suggestion} taken", [_mark(page)])
    return access.get_page(actor, db, held.document).head


def decline(actor: Actor, db: Database, suggestion: int) -> None:
    """The text stays as it is."""
    held = access.get_suggestion(actor, db, suggestion)
    need_open(held)
    page = access.need_decidable(actor, db, held.document)
    with db.transaction():
        store.decide_suggestion(db, suggestion, "declined", actor.person, now())
        record(actor, db, Kind.DECIDE, f"suggestion {suggestion} declined", [_mark(page)])


def withdraw(actor: Actor, db: Database, suggestion: int) -> None:
    """Takes back what one has suggested oneself."""
    held = access.get_suggestion(actor, db, suggestion)
    need_open(held)
    if not access.is_own(actor, held):
        raise Refused("Only whoever made a suggestion can take it back.")
    with db.transaction():
        store.decide_suggestion(db, suggestion, "withdrawn", actor.person, now())
        page = access.get_page(actor, db, held.document)
        record(actor, db, Kind.DECIDE, f"suggestion {suggestion} taken back", [_mark(page)])


def _mark(page: access.Page) -> Mark:
    return Mark(page.document, page.head, page.asset)


def need_open(held: access.HeldSuggestion) -> None:
    if held.state != "open":
        raise Conflict(f"This suggestion is {held.state} already.")


def _up_to_date(db: Database, document: int) -> None:
    """What is being typed becomes a revision first, so that a passage is looked for in the text people see."""
    if store.standings(db, [document]):
        Journal(lambda: db).revise(document)


def _words(text: str, empty: str) -> str:
    words = clean(text.strip())
    if not words:
        raise BadInput(empty)
    if len(words) > LONGEST:
        raise BadInput(f"A comment has at most {LONGEST:,} characters; this one has {len(words):,}.")
    return words
