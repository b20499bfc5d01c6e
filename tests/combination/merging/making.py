"""Three short guides that overlap: two rules that say the same, two that contradict, and something each has alone."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.access import Merge
from seci.combination.services import reading, starting
from seci.kit.database import Database
from seci.library import services as library
from seci.library.incoming import Page

OWNER = Actor.owner_of_the_machine()
BOB = Actor(account=4, person=2, role="member", door="page")
DAN = Actor(account=5, person=4, role="member", door="page")
GUEST = Actor(account=7, person=None, role="guest", door="page")

NORTH = """# Reviewing code

## Size of changes

A change should have fewer than 100 lines so that a reviewer can read it in one sitting.
A small change is easier to understand and easier to undo.

## Tests

Every change must come with tests that would fail without it.

## Names

Write the summary of a ticket before its window is opened.
Write the plan of a sprint before its gate is passed.
"""
SOUTH = """# How we review

## Size of a change

A change should have fewer than 300 lines so that a reviewer can read it.
Small changes are easier to understand and easier to undo than large changes.

## Tests of a change

Every change must come with tests that would fail without it.
The rollback of a change is rehearsed before it goes out.

## People

Ask the owner for the key when the train is late.
Ask the team for the budget when the invoice is due.
"""
EAST = """# Notes on incidents

## Logs

Read the logs of the last hour before anything is restarted.
"""


@dataclass(frozen=True)
class Guides:
    """Documents of the three guides, by number."""

    north: int
    south: int
    east: int


def guides(db: Database, licences: tuple[str, str, str] = ("CC-BY-4.0", "CC-BY-3.0", "MIT")) -> Guides:
    made = []
    texts = (("North", "Reviewing code", NORTH), ("South", "How we review", SOUTH), ("East", "Notes", EAST))
    for (name, title, text), licence in zip(texts, licences, strict=True):
        shelf = library.collection(OWNER, db, name, "folder", name.lower(), licence)
        library.put(OWNER, db, shelf, Page(f"{name.lower()}.md", title, text, at=1_700_000_000_000_000))
        made.append(int(db.rows("SELECT id FROM library_document WHERE collection_id = ?", [shelf])[0][0]))
    return Guides(*made)


def merged(db: Database, there: Guides, **more: object) -> Merge:
    """A merge of the three guides, read."""
    made = starting.start(
        OWNER, db, "Code review", documents=[there.north, there.south, there.east], later=False,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return reading.read_sources(OWNER, db, made.id)


def edit(db: Database, document: int, old: str, new: str) -> None:
    """The next revision of a document, with one passage said otherwise."""
    number, text = db.rows(
        "SELECT number, text FROM library_revision WHERE document_id = ? ORDER BY number DESC", [document]
    )[0]
    assert old in text
    library.revise(OWNER, db, document, text.replace(old, new, 1), base=number)
