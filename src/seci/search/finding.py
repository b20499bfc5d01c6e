"""The search itself: what somebody may see of what fits words, best first, on either database.

answer = finding.find(actor, db, "who approves a change", Filters(kind="document"))
answer.mode   "hybrid", or "words" where the model is not installed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Literal, Protocol

import numpy as np

from seci.kit.database import Database
from seci.search import memory, store
from seci.search.bm25 import unpacked
from seci.search.embedding import model
from seci.search.fusion import DEPTH
from seci.search.holding import Filters, Mask, State
from seci.search.ranking import Ranked, by_matrix, by_rows, by_words, ranked
from seci.search.shelf import LONGEST_QUERY, Role, Seeker
from seci.search.snippet import Piece, snippet

ROLES: tuple[Role, ...] = ("guest", "member", "facilitator", "lead", "admin")
# Vectors that are asked of a database: enough that a hundred subjects are among them.
NEAR = 400
# So few passages are compared one by one instead.
FEW = 20_000

Mode = Literal["hybrid", "words"]


class Reader(Seeker, Protocol):
    """Whoever searches, with the person they are (if any)."""

    @property
    def person(self) -> int | None: ...

    @property
    def account(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A document or an artifact that fits, and the passage that shows it.

    heading  the headings above the passage, outermost first
    score    sum over rankings of 1 / (60 + rank); only its order means something
    """

    kind: str
    number: int
    title: str
    url: str
    heading: tuple[str, ...]
    snippet: tuple[Piece, ...]
    state: str
    owner: int | None
    tags: tuple[str, ...]
    changed_at: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first.

    mode     "hybrid": by words and by meaning; "words": by words alone, because the model is not installed
    waiting  passages that are found by their words only so far, because the worker has not been there
    """

    text: str
    mode: Mode
    found: tuple[Found, ...]
    passages: int
    waiting: int


_addresses: dict[str, Callable[[int, str], str]] = {}
_shut: dict[str, Callable[[Reader, Database], Set[int]]] = {}


def leads(kind: str, url: Callable[[int, str], str]) -> None:
    """Says where subjects of a kind are: from their number and the place of a passage."""
    _addresses[kind] = url


def shut(kind: str, closed: Callable[[Reader, Database], Set[int]]) -> None:
    """Says which subjects of a kind are kept from somebody for now, such as an artifact during a test on it."""
    _shut[kind] = closed


def keys(reader: Reader) -> frozenset[str]:
    """The audiences that somebody belongs to."""
    roles = {role for role in ROLES if reader.is_at_least(role)}
    own = {f"person:{reader.person}", f"account:{reader.account}"} - {"person:None", "account:None"}
    return frozenset(roles | own)


def find(reader: Reader, db: Database, text: str, filters: Filters | None = None, *, limit: int = 20) -> Answer:
    """What fits `text`; an empty text finds nothing. Rights and filters cut every ranking before they are fused."""
    text = " ".join(text.replace("\0", " ").split())[:LONGEST_QUERY]
    state = memory.state(db)
    mask = state.visible(keys(reader), filters or Filters())
    vector = model.of_query(text) if text else None
    order = rank(db, state, mask, text, vector) if text else []
    closed = {(kind, number) for kind, shut_ in _shut.items() for number in shut_(reader, db)} if order else set()
    order = list(islice((one for one in order if _key(state, one) not in closed), limit))
    shown = shown_(db, state, order, text)
    waiting = 0 if vector is None else store.waiting(db)
    return Answer(text, "words" if vector is None else "hybrid", shown, int(mask.sum()), waiting)


def _key(state: State, one: Ranked) -> tuple[str, int]:
    of = state.subjects[one.subject]
    return of.kind, of.number


def rank(db: Database, state: State, mask: Mask, text: str, vector: bytes | None, depth: int = DEPTH) -> list[Ranked]:
    """Subjects best first, without a vector by their words alone."""
    rankings = by_words(state, mask, text, _words_of(db), depth)
    if vector is not None and mask.any():
        rankings |= by_meaning(db, state, mask, vector, depth)
    return ranked(state, rankings, depth)


def by_meaning(db: Database, state: State, mask: Mask, vector: bytes, depth: int = DEPTH) -> dict[str, list[int]]:
    if not store.compares(db):
        return by_matrix(state, mask, np.frombuffer(vector, np.float32), depth)
    open_ = int(mask.sum())
    hidden = open_ < len(mask) - state.dead
    only = state.passages[mask].tolist() if hidden and open_ <= FEW else None
    # The index knows nothing of rights: the more is hidden, the more must be asked for.
    limit = NEAR if only is not None else min(1000, NEAR * len(mask) // max(open_, 1))
    return by_rows(
        state, mask, [(int(one), int(part), float(near)) for one, part, near in store.nearest(db, vector, limit, only)]
    )


def _words_of(db: Database) -> Callable[[Sequence[int]], dict[int, np.ndarray]]:
    return lambda passages: {one: unpacked(words) for one, words in store.stored_words(db, passages).items()}


def shown_(db: Database, state: State, order: Sequence[Ranked], text: str) -> tuple[Found, ...]:
    texts = store.texts(db, [int(state.passages[one.slot]) for one in order])
    found = []
    for one in order:
        row = texts.get(int(state.passages[one.slot]))
        if row is None:
            continue  # taken out while we looked
        place, heading, words = row
        of = state.subjects[one.subject]
        url = _addresses[of.kind](of.number, str(place)) if of.kind in _addresses else ""
        found.append(
            Found(
                of.kind, of.number, of.title, url, tuple(str(heading).splitlines()), snippet(str(words), text),
                of.state, of.owner, tuple(sorted(of.tags)), of.changed_at, one.score,
            )
        )  # fmt: skip
    return tuple(found)
