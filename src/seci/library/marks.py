"""What somebody should look at: how a page stands, in one word each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seci.accounts.actor import Actor
from seci.kit.database import Database

CHALLENGED_BY: list[Callable[[Database, Sequence[int], Sequence[int]], tuple[set[int], set[int]]]] = []
"""(documents, artifacts) -> those of them that something speaks against, of nothing all; rooms above add theirs."""

PROPOSED_BY: list[Callable[[Actor, Database, int], Sequence[object]]] = []
"""Links that a document lacks, as rooms above see them, for those who may write in it."""

_STANDING = {"unverified": "unverified", "earlier": "earlier", "expired": "stale"}


def challenged(db: Database, documents: Sequence[int], artifacts: Sequence[int]) -> set[int]:
    """The documents among these that something open speaks against."""
    return contested(db, documents, artifacts)[0]


def contested(db: Database, documents: Sequence[int], artifacts: Sequence[int]) -> tuple[set[int], set[int]]:
    """The documents and the artifacts among these that something open speaks against."""
    found: tuple[set[int], set[int]] = (set(), set())
    for ask in CHALLENGED_BY:
        for whole, part in zip(found, ask(db, documents, artifacts), strict=True):
            whole |= part
    return found


def has_concepts(db: Database) -> bool:
    """Whether pages are filed at all: where there is no concept yet, a mark on every page would say nothing."""
    return bool(db.rows("SELECT 1 FROM library_concept LIMIT 1"))


def marks_of(
    standing: str, *, reopened: bool = False, isolated: bool = False, challenged: bool = False, unfiled: bool = False,
    nobody: bool = False, vanished: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """The marks of a page, the gravest first."""
    said = {
        "challenged": challenged,
        "vanished": vanished,
        "reopened": reopened,
        **{mark: standing == name for name, mark in _STANDING.items()},
        "isolated": isolated,
        "unfiled": unfiled,
        "nobody": nobody,
    }
    return tuple(mark for mark, holds in said.items() if holds)
