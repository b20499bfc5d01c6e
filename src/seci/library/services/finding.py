"""What the search knows of a document: its passages under their headings, as it is read by now."""

from __future__ import annotations

from collections.abc import Iterator

from seci.kit.database import Database
from seci.library.markdown.cleaning import anchor
from seci.library.markdown.reading import blocks
from seci.search import passages
from seci.search.passage import NOBODY, Subject, gather

Part = tuple[str, tuple[str, ...], str]
_SILENT = frozenset({"heading", "html", "rule", "image"})


# allow actor: shows what is there to the search; whoever changed it has asked who may
def let_find(db: Database, document: int) -> None:
    """Lets a document be found as it is now, in the transaction that changed it: what is published by all, a draft
    by those who may read it, what is retired by nobody."""
    title, kind, state, owner, head, changed_at = db.rows(
        "SELECT title, kind, state, owner_id, head, changed_at FROM library_document WHERE id = ?", [document]
    )[0]
    audience = {"published": "guest", "draft": _readers(db, document, owner)}.get(state, NOBODY)
    subject = Subject("document", document, title, audience, state, owner, (kind, *_words(db, document)), changed_at)
    text = ""
    if audience != NOBODY:
        (text,) = db.rows("SELECT text FROM library_revision WHERE document_id = ? AND number = ?", [document, head])[0]
    passages.put(db, subject, gather(_parts(text, title)))


def _readers(db: Database, document: int, owner: int | None) -> str:
    """Who may read a draft (`access.readable`)."""
    rows = db.rows("SELECT by, author_id FROM library_revision WHERE document_id = ? AND number = 1", [document])
    shared = db.rows("SELECT person_id FROM library_share WHERE document_id = ?", [document])
    people = {one for one in (owner, *(row[-1] for row in (*rows, *shared))) if one is not None}
    accounts = {by for by, _ in rows if by is not None}
    return " ".join(
        ["facilitator", *(f"person:{one}" for one in sorted(people)), *(f"account:{one}" for one in sorted(accounts))]
    )


def _words(db: Database, document: int) -> list[str]:
    """Its tags and the concepts it is about, by their names."""
    tags = db.rows("SELECT word FROM library_tag WHERE document_id = ?", [document])
    concepts = db.rows(
        "SELECT concept.label FROM library_tagging tagging JOIN library_concept concept "
        "ON concept.id = tagging.concept_id WHERE tagging.document_id = ?",
        [document],
    )
    return sorted({str(word) for (word,) in (*tags, *concepts)})


def _parts(text: str, title: str) -> Iterator[Part]:
    for block in blocks(text):
        if block.kind not in _SILENT and block.text.strip():
            above = block.path[1:] if block.path[:1] == (title,) else block.path
            yield (anchor(block.path[-1]) if above else "", above, block.text)
