"""What the search knows of a document: its blocks under their headings."""

from __future__ import annotations

from collections.abc import Iterator

from seci.kit.database import Database
from seci.library.markdown.cleaning import anchor
from seci.library.markdown.reading import blocks
from seci.search import passages
from seci.search.passage import NOBODY, Subject, gather

_WORDS = ("paragraph", "item", "quote", "table", "code")


def let_find(db: Database, document: int) -> None:
    """Lets a document be found as it is now, in the transaction that changed it: what is published by all, a draft by
    its owner (by facilitators where nobody owns it), what is retired by nobody."""
    title, state, owner, kind, diataxis, changed_at, text = db.rows(
        "SELECT d.title, d.state, d.owner_id, d.kind, d.diataxis, d.changed_at, r.text FROM library_document d "
        "JOIN library_revision r ON r.document_id = d.id AND r.number = d.head WHERE d.id = ?",
        [document],
    )[0]
    draft = "facilitator" if owner is None else f"person:{owner}"
    audience = {"published": "guest", "draft": draft}.get(state, NOBODY)
    words = db.rows("SELECT word FROM library_tag WHERE document_id = ?", [document])
    labels = db.rows(
        "SELECT c.label FROM library_tagging t JOIN library_concept c ON c.id = t.concept_id WHERE t.document_id = ?",
        [document],
    )
    tags = tuple(sorted({kind, *([diataxis] if diataxis else []), *(word for (word,) in [*words, *labels])}))
    subject = Subject("document", document, title, audience, state, owner, tags, changed_at)
    passages.put(db, subject, () if audience == NOBODY else gather(_parts(title, text)))


def _parts(title: str, text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for one in blocks(text):
        if one.kind in _WORDS and one.text:
            path = one.path[1:] if one.path and one.path[0].casefold() == title.casefold() else one.path
            yield anchor(path[-1]) if path else "", path, one.text
