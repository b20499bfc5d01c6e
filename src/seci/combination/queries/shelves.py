"""The library as combination sees it: what can be picked, what stands twice, contradicts, is missing, stale, or not
linked."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.assets.access import in_use
from seci.combination.access import FINDING, LibraryFinding, finding_of, need_member, seen_by
from seci.combination.merge.conflicts import conflicts
from seci.combination.merge.duplicates import duplicates
from seci.combination.merge.findings import fingerprint
from seci.combination.merge.source import Embed, Source, read
from seci.combination.queries.texts import embedding
from seci.combination.queries.weaving import LIBRARY, around, missing_links
from seci.kit.clock import Micros, now, to_datetime
from seci.kit.database import CONTAINS, Database, containing
from seci.kit.pager import Pager
from seci.library.access import readable
from seci.people import queries as people
from seci.people.views import PersonRef

SHOWN = 200
"""Findings of one kind that a look keeps at most, the likeliest first."""

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class CollectionRow:
    id: int
    name: str
    kind: str
    licence: str
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: int
    title: str
    guide: str
    licence: str


@dataclass(frozen=True, slots=True)
class Pickable:
    """What a merge can be made of. `documents` are those whose title fits what was asked for."""

    collections: tuple[CollectionRow, ...]
    concepts: tuple[tuple[int, str], ...]
    documents: tuple[DocumentRow, ...]
    assets: tuple[tuple[int, str], ...]
    q: str


@dataclass(frozen=True, slots=True)
class LookRow:
    """A look through the library."""

    id: int
    state: str
    step: str
    done: int
    total: int
    found: int | None
    sentence: str
    at: Micros
    ended_at: Micros | None

    @property
    def is_on(self) -> bool:
        return self.state in ("waiting", "running")


@dataclass(frozen=True, slots=True)
class FindingRow:
    finding: LibraryFinding
    document_title: str
    other_title: str
    decided_by: PersonRef | None

    @property
    def quote(self) -> tuple[str, str, str] | None:
        """Of a proposed link the sentence that it would stand in: before its words, they, after them."""
        return around(self.finding.data) if self.finding.kind == "link" else None


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """combination/findings.html"""

    rows: tuple[FindingRow, ...]
    counts: Mapping[str, int]
    kind: str
    state: str
    look: LookRow | None
    pager: Pager


def pickable(actor: Actor, db: Database, q: str = "") -> Pickable:
    """Collections, concepts and, by a part of their title, documents; of all of it what the actor may read."""
    need_member(actor)
    seen, own = readable(actor)
    collections = db.rows(
        "SELECT c.id, c.name, c.kind, c.licence, COUNT(d.id) FROM library_collection c "
        f"JOIN library_document d ON d.collection_id = c.id AND {LIBRARY} AND {seen} "
        "GROUP BY c.id, c.name, c.kind, c.licence ORDER BY LOWER(c.name), c.id",
        own,
    )
    concepts = db.rows(
        "SELECT DISTINCT c.id, c.label FROM library_concept c JOIN library_tagging t ON t.concept_id = c.id "
        "WHERE t.document_id IS NOT NULL ORDER BY c.label"
    )
    documents = db.rows(
        "SELECT d.id, d.title, COALESCE(c.name, ''), COALESCE(NULLIF(d.licence, ''), c.licence, '') "
        f"FROM library_document d LEFT JOIN library_collection c ON c.id = d.collection_id WHERE {LIBRARY} "
        f"AND {seen} AND LOWER(d.title) {CONTAINS} ORDER BY d.title, d.id LIMIT 40",
        [*own, containing(q.strip()[:200])],
    )
    return Pickable(
        tuple(CollectionRow(*row) for row in collections), tuple((row[0], row[1]) for row in concepts),
        tuple(DocumentRow(*row) for row in documents), tuple((one.id, one.name) for one in in_use(db)), q.strip()[:200],
    )  # fmt: skip


def last_look(actor: Actor, db: Database) -> LookRow | None:
    """The latest look through the library."""
    need_member(actor)
    rows = db.rows(
        "SELECT id, state, step, done, total, found, sentence, at, ended_at FROM combination_look "
        "ORDER BY id DESC LIMIT 1"
    )
    return LookRow(*rows[0]) if rows else None


def findings(
    actor: Actor,
    db: Database,
    *,
    kind: str = "",
    state: str = "open",
    document: int | None = None,
    page: int = 1,
    size: int = 30,
) -> FindingsPage:
    """Findings of a kind, or of all, the likeliest on top; of one document those that it is the first page of. What is
    about pages that the actor may not read is left out."""
    need_member(actor)
    wanted = state if state in ("open", "decided", "gone") else "open"
    seen, asked = seen_by(actor)
    parts, given = ["f.state = ?", seen], list[object]([wanted, *asked])
    if document is not None:
        parts, given = [*parts, "f.document_id = ?"], [*given, document]
    by_kind = " AND ".join(parts), list(given)
    if kind:
        parts, given = [*parts, "f.kind = ?"], [*given, kind]
    where = " AND ".join(parts)
    total = int(db.rows(f"SELECT COUNT(*) FROM combination_finding f WHERE {where}", given)[0][0])
    pager = Pager(max(1, page), size, total)
    rows = db.rows(
        f"SELECT {FINDING} WHERE {where} ORDER BY f.score DESC, f.id LIMIT ? OFFSET ?",
        [*given, size, (pager.page - 1) * size],
    )
    found = [finding_of(row) for row in rows]
    titles = _titles(db, {id_ for one in found for id_ in (one.document, one.other) if id_ is not None})
    named = people.names(actor, db, sorted({one.decided_by for one in found if one.decided_by is not None}))
    listed = tuple(
        FindingRow(
            one, titles.get(one.document or 0, ""), titles.get(one.other or 0, ""),
            named.get(one.decided_by) if one.decided_by else None,
        )
        for one in found
    )  # fmt: skip
    counts: dict[str, int] = dict(
        db.rows(f"SELECT f.kind, COUNT(*) FROM combination_finding f WHERE {by_kind[0]} GROUP BY f.kind", by_kind[1])
    )
    return FindingsPage(listed, counts, kind, wanted, last_look(actor, db), pager)


def found_in_library(actor: Actor, db: Database, tell: Tell) -> list[dict[str, Any]]:
    """Everything that a look through the library finds, as rows to be written."""
    steps = (
        "reading", "what stands twice", "what contradicts", "what is missing", "what has gone stale",
        "what could be linked",
    )  # fmt: skip
    tell(steps[0], 0, len(steps))
    shelf, embed = _shelf(db), embedding()
    tell(steps[1], 1, len(steps))
    found = list(_duplicates(shelf, embed))
    tell(steps[2], 2, len(steps))
    found += [
        {
            "kind": "conflict", "fingerprint": one.fingerprint, "sentence": one.why, "score": float(one.score),
            "document_id": one.a.said.source, "other_id": one.b.said.source,
            "data": {"one": one.a.text, "two": one.b.text},
        }
        for one in conflicts(shelf, embed)[:SHOWN]
    ]  # fmt: skip
    tell(steps[3], 3, len(steps))
    found += list(_gaps(db))
    tell(steps[4], 4, len(steps))
    found += list(_stale(db))
    tell(steps[5], 5, len(steps))
    return found + list(missing_links(db))


def _shelf(db: Database) -> list[Source]:
    rows = db.rows(
        "SELECT d.id, d.title, r.text, COALESCE(NULLIF(d.licence, ''), c.licence, ''), r.number, r.at, d.expires_at, "
        f"COALESCE(c.name, '') FROM library_document d LEFT JOIN library_collection c ON c.id = d.collection_id "
        f"JOIN library_revision r ON r.document_id = d.id AND r.number = d.head WHERE {LIBRARY} ORDER BY d.id"
    )
    return [
        read(
            id_, title, text, licence=licence, revision=number, date=to_datetime(at),
            verified=None if expires is None else to_datetime(expires), guide=guide,
        )
        for id_, title, text, licence, number, at, expires, guide in rows
    ]  # fmt: skip


def _duplicates(shelf: list[Source], embed: Embed | None) -> Iterator[dict[str, Any]]:
    by = {one.id: one for one in shelf}
    for one in duplicates(shelf, embed)[:SHOWN]:
        a, b = by[one.a.source], by[one.b.source]
        where = [f"{page.title} ({page.guide})" if a.title == b.title and page.guide else page.title for page in (a, b)]
        yield {
            "kind": "duplicate", "fingerprint": one.fingerprint, "score": one.shared,
            "sentence": f"“{one.a.heading}” in {where[0]} and “{one.b.heading}” in {where[1]} say nearly the same.",
            "document_id": a.id, "other_id": b.id,
            "data": {"one": one.a.text[:600], "two": one.b.text[:600], "shared": one.shared},
        }  # fmt: skip


def _gaps(db: Database) -> Iterator[dict[str, Any]]:
    """Links to pages that there are not."""
    rows = db.rows(
        "SELECT l.document_id, d.title, l.target, l.wanted FROM library_link l "
        f"JOIN library_document d ON d.id = l.document_id WHERE {LIBRARY} AND l.wanted <> '' "
        "AND l.to_document_id IS NULL AND l.to_artifact_id IS NULL AND l.to_asset_id IS NULL ORDER BY l.id LIMIT ?",
        [SHOWN],
    )
    for document, title, target, wanted in rows:
        yield {
            "kind": "gap",
            "fingerprint": fingerprint("gap", title, wanted),
            "document_id": document,
            "score": 0.5,
            "sentence": f"{title} leads to “{target}”, and there is no such page.",
            "data": {"target": target},
        }


def _stale(db: Database) -> Iterator[dict[str, Any]]:
    at = now()
    rows = db.rows(
        "SELECT d.id, d.title, d.expires_at, d.reopened_at, d.reopened_because FROM library_document d "
        f"WHERE {LIBRARY} AND (d.expires_at < ? OR d.reopened_at IS NOT NULL) ORDER BY d.id LIMIT ?",
        [at, SHOWN],
    )
    for document, title, expires, reopened, because in rows:
        since = reopened if reopened is not None else expires
        why = because or "what it rests on has changed" if reopened is not None else "its verification has run out"
        yield {
            "kind": "stale",
            "fingerprint": fingerprint("stale", title, str(since)),
            "document_id": document,
            "score": 0.6,
            "sentence": f"{title}: {why}.",
            "data": {"since": since},
        }


def _titles(db: Database, ids: set[int]) -> dict[int, str]:
    wanted = sorted(ids)
    marks = ", ".join("?" for _ in wanted)
    return dict(db.rows(f"SELECT id, title FROM library_document WHERE id IN ({marks})", wanted)) if wanted else {}
