"""Links that pages of the library lack: where each would stand, and why. Worked out by a job, never for a page."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seci.accounts.actor import Actor
from seci.combination.crossrefs import Page, Shelf, Suggestion
from seci.combination.merge.findings import fingerprint
from seci.combination.placing import Passage, naming, speaking, telling
from seci.kit.database import Database, batches, from_json, values
from seci.library.access import readable
from seci.library.markdown.reading import blocks
from seci.search import passages

LIBRARY = "d.vanished_at IS NULL AND d.state <> 'retired' AND d.kind NOT IN ('adr', 'attribution', 'playbook')"
TOGETHER = 4000
"""Pages that are compared with each other; of a larger library those that lie together."""
LOOKED_AT, SHOWN, UNNAMED = 10, 3, 1
"""Of the likeliest pages so many are looked at; of a page so many links are proposed; one that no words of the page
name, or a single common word, has to be among the first so many."""
PASSAGES, TOPICS = 12, 25
AROUND = 160
"""Characters of a sentence that are shown before the words that name a page."""
BECAUSE: Mapping[str, str] = {
    "words": "both speak of the same things",
    "title": "words of its title stand here",
    "meaning": "as a whole they mean much the same",
    "passages": "a passage of each means much the same",
    "linked": "pages like this one lead there",
    "siblings": "the pages beside this one lead there",
    "leads here": "it leads here already",
    "front page": "it lies below this page",
}
"""Reasons in words. That two pages lie in one folder is none that a reader has use for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page as the library has it: `name` is where it lies among all collections."""

    id: int
    key: str
    title: str
    published: bool
    name: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A link that a page lacks, as the page shows it.

    before, words, after  the sentence that speaks of the other page; `words` name it, "" where none do
    """

    finding: int
    target: int
    title: str
    heading: str
    before: str
    words: str
    after: str
    because: str


def proposed_links(actor: Actor, db: Database, document: int) -> tuple[Proposed, ...]:
    """What the last look found that a document should lead to, without what it leads to by now."""
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT f.id, d.id, d.title, f.data FROM combination_finding f JOIN library_document d ON d.id = f.other_id "
        f"WHERE f.document_id = ? AND f.kind = 'link' AND f.state = 'open' AND d.state = 'published' AND {where} "
        "AND NOT EXISTS (SELECT 1 FROM library_link l WHERE l.document_id = f.document_id "
        "AND l.to_document_id = d.id) ORDER BY f.score DESC, f.id",
        [document, *asked],
    )
    return tuple(_proposed(finding, target, title, from_json(data)) for finding, target, title, data in rows)


def _proposed(finding: int, target: int, title: str, data: Mapping[str, Any]) -> Proposed:
    before, named, after = around(data)
    return Proposed(finding, target, title, data["heading"], before, named, after, "; ".join(data["because"]))


def around(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """The sentence of a proposed link, cut where it is long: what stands before the words that name the page, these
    words, what comes after them."""
    words = " ".join(data["words"].split())
    before, named, after = data["said"].partition(words) if words else ("", "", data["said"])
    before = f"…{before[-AROUND:]}" if len(before) > AROUND else before
    after = f"{after[: 2 * AROUND]}…" if len(after) > 2 * AROUND else after
    return before, named, after


def missing_links(db: Database) -> Iterator[dict[str, Any]]:
    """The links that pages lack, as rows of findings: from every page in use to what is published."""
    every = sorted(_standing(db), key=lambda one: one.name)
    for start in range(0, len(every), TOGETHER):
        yield from _missing(db, every[start : start + TOGETHER])


def _missing(db: Database, part: Sequence[Standing]) -> Iterator[dict[str, Any]]:
    texts = _texts(db, part)
    shelf, by = Shelf(_pages(db, part, texts)), {one.name: one for one in part}
    least = shelf.rarity(max(2.0, len(part) / 20))
    for source in part:
        count = 0
        for rank, one in enumerate(shelf.suggest(source.name, limit=LOOKED_AT), 1):
            target = by[one.path]
            if count == SHOWN or not target.published or target.title.casefold() == source.title.casefold():
                continue
            passage = _passage(shelf, texts[source.id], one, least, rank)
            if passage is not None:
                count += 1
                yield _finding(source, target, one, passage, rank)


def _passage(shelf: Shelf, text: str, one: Suggestion, least: float, rank: int) -> Passage | None:
    """Where the page speaks of the other one."""
    if rank > UNNAMED and len(shelf.titles[shelf.place[one.path]]) < 2:
        return None
    named = naming(text, one.title) if telling(one.title, shelf.rare, least) else None
    if named is not None or rank > UNNAMED:
        return named
    return speaking(text, shelf.topics(one.path, TOPICS), shelf.rare)


def _finding(source: Standing, target: Standing, one: Suggestion, passage: Passage, rank: int) -> dict[str, Any]:
    because = [BECAUSE[name] for name in one.because if name in BECAUSE]
    if passage.words:
        because = ["it is named here", *(why for why in because if why != BECAUSE["title"])]
    elif passage.shared:
        because.insert(0, f"both speak of {', '.join(passage.shared)}")
        because = [why for why in because if why != BECAUSE["words"]]
    return {
        "kind": "link",
        # The pair alone, one way: it is the same proposal whatever becomes of the words.
        "fingerprint": fingerprint("link", f"from {source.key}", f"to {target.key}"),
        "sentence": f"“{source.title}” could lead to “{target.title}”: {'; '.join(because[:3])}.",
        "document_id": source.id, "other_id": target.id, "score": (0.3 if passage.words else 0.1) + 0.1 / rank,
        "data": {
            "heading": passage.heading, "said": passage.sentence, "words": passage.words, "because": because[:3],
        },
    }  # fmt: skip


def _standing(db: Database) -> list[Standing]:
    rows = db.rows(
        "SELECT d.id, d.key, d.title, d.state, d.collection_id, d.path FROM library_document d "
        f"WHERE {LIBRARY} ORDER BY d.id"
    )
    return [
        Standing(id_, key, title, state == "published", f"{collection or ''}/{path or f'by-number/{id_}'}")
        for id_, key, title, state, collection, path in rows
    ]


def _texts(db: Database, part: Sequence[Standing]) -> dict[int, str]:
    found: dict[int, str] = {}
    for ids in batches([one.id for one in part], 500):
        found |= dict(
            db.rows(
                "SELECT d.id, r.text FROM library_document d JOIN library_revision r ON r.document_id = d.id "
                f"AND r.number = d.head WHERE d.id IN {values(len(ids))}",
                ids,
            )
        )
    return found


def _pages(db: Database, part: Sequence[Standing], texts: Mapping[int, str]) -> list[Page]:
    names = {one.id: one.name for one in part}
    links: dict[int, set[str]] = {one.id: set() for one in part}
    for ids in batches([one.id for one in part], 500):
        for source, target in db.rows(
            "SELECT document_id, to_document_id FROM library_link WHERE to_document_id IS NOT NULL "
            f"AND document_id IN {values(len(ids))}",
            ids,
        ):
            if target in names:
                links[source].add(names[target])
    vectors = passages.vectors(db, "document", [one.id for one in part], PASSAGES)
    pages = [Page(one.name, one.title, _words(texts[one.id]), frozenset(links[one.id])) for one in part]
    return [replace(page, vectors=vectors.get(one.id)) for page, one in zip(pages, part, strict=True)]


def _words(text: str) -> str:
    return "\n".join(one.text for one in blocks(text) if one.kind not in ("code", "html"))
