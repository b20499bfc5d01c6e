"""What pages, REST and the terminal read of a page that several people write."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.live import room, store
from seci.combination.live.access import HeldComment, HeldSuggestion, Page, get_page, is_own
from seci.combination.live.passage import Passage, Place, find, take
from seci.combination.live.patch import plain
from seci.combination.live.remark import Comment, Suggestion
from seci.kit.database import Database, Row
from seci.kit.errors import BadInput, NotFound, Refused
from seci.library.access import get_document, may_write, read
from seci.people.views import PersonRef

TERMINAL = "the terminal"


@dataclass(frozen=True, slots=True)
class LivePage:
    """live/live.html. `text` is what has been typed so far, `is_ahead` whether no revision holds all of it yet."""

    page: Page
    text: str
    is_ahead: bool
    remarks: Remarks


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said about a page. `decided` are suggestions that are no longer open, the latest first."""

    document: int
    title: str
    head: int
    may_decide: bool
    comments: tuple[Comment, ...]
    settled: tuple[Comment, ...]
    suggestions: tuple[Suggestion, ...]
    decided: tuple[Suggestion, ...]


def standing(actor: Actor, db: Database, document: int) -> tuple[str, bool]:
    """(the name that others see, whether the actor may write) for a line to a page. Raises NotFound and Refused."""
    if actor.account is None:
        raise Refused("A line is opened from a browser, signed in.")
    found = get_document(actor, db, document)
    return store.names(db, [actor.account])[actor.account], may_write(actor, db, found)


def live(actor: Actor, db: Database, document: int) -> LivePage:
    """A page as it stands in this moment, what is being typed included."""
    read(actor, db, document)
    page = get_page(actor, db, document)
    text, is_ahead = now(db, document) or (page.text, False)
    return LivePage(page, text, is_ahead, remarks(actor, db, document, text))


def now(db: Database, document: int) -> tuple[str, bool] | None:
    """(the shared text, whether it is ahead of the latest revision); None where nobody has begun to share it."""
    with db.transaction():
        kept = store.text(db, document)
        updates = store.updates(db, document, kept.saved) if kept else []
    if kept is None:
        return None
    return room.words_of([kept.state, *updates]), bool(updates)


def left_over(actor: Actor, db: Database, document: int) -> str:
    """What was typed in a page that is no more: for facilitators. Raises NotFound."""
    found = now(db, document) if actor.is_at_least("facilitator") else None
    if found is None:
        raise NotFound(f"There is no page {document} in the library.")
    return found[0]


def remarks(actor: Actor, db: Database, document: int, text: str | None = None) -> Remarks:
    """Comments and suggestions, each with where its passage stands in the text now."""
    page = get_page(actor, db, document)
    said, proposed = store.comments(db, document), store.suggestions(db, document)
    if text is None:
        text = (now(db, document) or (page.text, False))[0]
    was = store.texts(db, document, sorted({row[2] for row in said} | {row[1] for row in proposed}))
    answers: dict[int, list[Comment]] = {}
    for row in said:
        if row[1] is not None:
            answers.setdefault(row[1], []).append(_comment(actor, page, row, None, text, ()))
    comments = [
        _comment(actor, page, row, was.get(row[2]), text, answers.get(row[0], ())) for row in said if row[1] is None
    ]
    suggestions = [_suggestion(actor, page, row, was[row[1]], text) for row in proposed if row[1] in was]
    return Remarks(
        document, page.title, page.head, page.may_decide,
        tuple(each for each in comments if not each.settled),
        tuple(each for each in comments if each.settled),
        tuple(each for each in suggestions if each.state == "open"),
        tuple(each for each in reversed(suggestions) if each.state != "open"),
    )  # fmt: skip


def _comment(
    actor: Actor, page: Page, row: Row, was: str | None, text: str, answers: list[Comment] | tuple[Comment, ...]
) -> Comment:
    id_, parent, _, start, stop, words, author, name, by, at, settled = row
    passage = _passage(was, start, stop)
    own = is_own(actor, HeldComment(id_, page.document, parent, author, by, settled))
    return Comment(
        id_, passage, find(passage, text) if passage else None, words, _ref(author, name), name or TERMINAL, at,
        settled, tuple(answers), settled is None and (own or page.may_decide),
    )  # fmt: skip


def _suggestion(actor: Actor, page: Page, row: Row, was: str, text: str) -> Suggestion:
    id_, _, start, stop, words, message, author, name, by, at, state, decider, decider_name, decided_at = row
    passage = _plain(take(was, start, stop))
    place: Place | None = find(passage, text) if state == "open" else None
    own = is_own(actor, HeldSuggestion(id_, page.document, passage, words, message, state, author, name or "", by))
    return Suggestion(
        id_, passage, place, text[place.start : place.end] if place else None, words, message, _ref(author, name),
        name or TERMINAL, at, state, _ref(decider, decider_name), decided_at, own and state == "open",
    )  # fmt: skip


def _passage(was: str | None, start: int | None, stop: int | None) -> Passage | None:
    if was is None or start is None or stop is None:
        return None
    try:
        return _plain(take(was, start, stop))
    except BadInput:
        return None


def _plain(passage: Passage) -> Passage:
    """As it reads in the shared text."""
    return Passage(plain(passage.quote), plain(passage.before), plain(passage.after), passage.start)


def _ref(person: int | None, name: str | None) -> PersonRef | None:
    return PersonRef(person, name) if person is not None and name else None
