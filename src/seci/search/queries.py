"""What is wanted and not found; what there is to narrow a search by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.search import finding, memory, store
from seci.search.wish import ENOUGH

MOST_TAGS = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that were searched for and led nowhere.

    asked, unanswered, unfollowed  how often asked, answered by nothing, left without opening anything; None while
                                   fewer than five people asked
    """

    id: int
    words: str
    asked: int | None
    unanswered: int | None
    unfollowed: int | None
    last_at: Micros


def wanted(actor: Actor, db: Database, limit: int = 200) -> list[Wanted]:
    """Wishes that are open, those first that most people have. What one person alone asked, facilitators see."""
    least = 1 if actor.is_at_least("facilitator") else 2
    found = []
    for id_, words, asked, askers, unanswered, followed, last_at in store.wants(db, least, limit):
        enough = askers >= ENOUGH
        found.append(
            Wanted(
                id_, words, asked if enough else None, unanswered if enough else None,
                max(asked - unanswered - followed, 0) if enough else None, last_at,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader may narrow a search by, each with how many subjects it leaves."""

    kinds: Sequence[tuple[str, int]]
    states: Sequence[tuple[str, int]]
    tags: Sequence[tuple[str, int]]
    owners: Sequence[tuple[int, int]]


def choices(reader: finding.Reader, db: Database) -> Choices:
    state = memory.state(db)
    held = finding.keys(reader)
    seen = [one for one in state.subjects if held.intersection(one.audience.split())]
    kinds, states = Counter(one.kind for one in seen), Counter(one.state for one in seen if one.state)
    tags = Counter(tag for one in seen for tag in one.tags)
    owners = Counter(one.owner for one in seen if one.owner is not None)
    return Choices(
        sorted(kinds.items()),
        sorted(states.items()),
        sorted(tags.most_common(MOST_TAGS)),
        owners.most_common(MOST_TAGS),
    )
