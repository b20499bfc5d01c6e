"""The list of the library: documents and artifacts together, in as many statements however many there are."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.verification import verification
from seci.kit.clock import Micros, now
from seci.kit.database import CONTAINS, Database, containing
from seci.kit.errors import BadInput
from seci.kit.pager import Pager
from seci.library.access import readable
from seci.library.marks import contested, has_concepts, marks_of
from seci.library.queries.concepts import tree
from seci.library.views import KIND_WORDS, MARK_WORDS, Row, Shelf, Spot, Wanted
from seci.people import queries as people
from seci.people.views import PersonRef

PER_PAGE = 40
STATES = ("draft", "published", "retired")
TAGS_SHOWN = 30
# What can be asked of a row in SQL; what is challenged the rooms above know.
COUNTED = ("unverified", "earlier", "stale", "reopened", "isolated", "unfiled", "nobody")

_LINKED = (
    "EXISTS (SELECT 1 FROM library_link o WHERE o.document_id = d.id AND (o.to_document_id IS NOT NULL "
    "OR o.to_artifact_id IS NOT NULL OR o.to_asset_id IS NOT NULL)) "
    "OR EXISTS (SELECT 1 FROM library_link i WHERE i.to_document_id = d.id)"
)
_BOUND = "b.hash <> '' AND b.seen_at IS NOT NULL AND b.seen <> b.hash"
# An artifact does not know what it is bound to: verified after the change, it holds.
SINCE = f"{_BOUND} AND b.seen_at > COALESCE(a.verified_at, 0)"
_REOPENED = (
    f"d.reopened_at IS NOT NULL OR EXISTS (SELECT 1 FROM library_binding b WHERE b.document_id = d.id AND {_BOUND})"
)
_WOVEN = (
    "EXISTS (SELECT 1 FROM library_link i WHERE i.to_artifact_id = a.id) "
    "OR EXISTS (SELECT 1 FROM artifacts_parent l JOIN artifacts_revision p ON p.id = l.parent_id "
    "JOIN artifacts_revision c ON c.id = l.revision_id WHERE p.artifact_id <> c.artifact_id "
    "AND (p.artifact_id = a.id OR c.artifact_id = a.id))"
)


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _both(actor: Actor) -> tuple[str, list[object]]:
    """All that the actor may read as one table `s`, with its marks as columns of 0 and 1."""
    where, asked = readable(actor)
    seen = "1 = 1" if actor.is_at_least("member") else "a.state = 'published'"
    documents = (
        "SELECT 'library' AS room, d.id AS id, d.title AS title, d.kind AS kind, d.state AS state, d.head AS number, "
        "d.verified_revision AS verified_revision, d.verified_at AS verified_at, d.expires_at AS expires_at, "
        "d.changed_at AS changed_at, d.owner_id AS owner_id, d.diataxis AS diataxis, d.collection_id AS collection_id, "
        "d.vanished_at AS vanished_at, "
        f"{_flag(_LINKED)} AS linked, "
        f"{_flag(_REOPENED)} AS reopened, "
        f"{_flag('EXISTS (SELECT 1 FROM library_tagging t WHERE t.document_id = d.id)')} AS filed "
        f"FROM library_document d WHERE {where}"
    )
    artifacts = (
        "SELECT 'artifacts', a.id, a.title, a.type, a.state, "
        f"{'a.head' if actor.is_at_least('member') else 'a.published'}, "
        "a.verified_revision, a.verified_at, a.expires_at, a.changed_at, a.owner_id, '', NULL, NULL, "
        f"{_flag(_WOVEN)}, "
        f"{_flag(f'EXISTS (SELECT 1 FROM library_binding b WHERE b.artifact_id = a.id AND {SINCE})')}, "
        f"{_flag('EXISTS (SELECT 1 FROM library_tagging t WHERE t.artifact_id = a.id)')} "
        f"FROM artifacts_artifact a WHERE {seen}"
    )
    return f"({documents} UNION ALL {artifacts}) s", asked


_MARK = {
    "unverified": ("s.verified_revision IS NULL OR s.verified_at IS NULL", False),
    "earlier": (
        "s.verified_revision <> s.number AND s.verified_at IS NOT NULL AND (s.expires_at IS NULL OR s.expires_at > ?)",
        True,
    ),
    "stale": ("s.verified_at IS NOT NULL AND s.expires_at <= ?", True),
    "reopened": ("s.reopened = 1", False),
    "isolated": ("s.linked = 0", False),
    "unfiled": ("s.filed = 0", False),
    "nobody": ("s.owner_id IS NULL", False),
    "vanished": ("s.vanished_at IS NOT NULL", False),
}
_ROW = (
    "s.room, s.id, s.title, s.kind, s.state, s.number, s.verified_revision, s.verified_at, s.expires_at, s.changed_at, "
    "s.owner_id, s.diataxis, s.vanished_at, s.linked, s.reopened, s.filed, c.name"
)


def library(actor: Actor, db: Database, wanted: Wanted | None = None, *, page: int = 1, size: int = PER_PAGE) -> Shelf:
    """A page of the library in alphabetical order, with all that it can be browsed by. Guests see no people.

    Raises BadInput for a state or mark that does not exist.
    """
    wanted, at = wanted or Wanted(), now()
    table, seen = _both(actor)
    where, asked = _where(actor, db, wanted, at)
    found = db.rows(f"SELECT COUNT(*) FROM {table} WHERE {where}", [*seen, *asked])
    total = int(found[0][0])
    pager = Pager(min(max(page, 1), max(1, -(-total // size))), size, total)
    rows = db.rows(
        f"SELECT {_ROW} FROM {table} LEFT JOIN library_collection c ON c.id = s.collection_id WHERE {where} "
        "ORDER BY LOWER(s.title), s.room, s.id LIMIT ? OFFSET ?",
        [*seen, *asked, size, (pager.page - 1) * size],
    )
    is_member = actor.is_at_least("member")
    return Shelf(
        rows=_rows(actor, db, rows, at),
        pager=pager,
        wanted=wanted,
        tree=tree(actor, db),
        tags=_tags(actor, db),
        kinds=_kinds(db, table, seen),
        collections=_collections(actor, db),
        owners=_owners(actor, db, table, seen) if is_member else (),
        marks=_counts(db, table, seen, at),
        may_write=is_member,
    )


def linked(actor: Actor, db: Database, asset: int | None = None) -> list[tuple[Spot, bool]]:
    """All that is in use, with whether anything links it to something else; of one asset if it is named."""
    table, seen = _both(actor)
    about = (
        ""
        if asset is None
        else (
            " AND ((s.room = 'library' AND s.id IN (SELECT id FROM library_document WHERE asset_id = ?)) "
            "OR (s.room = 'artifacts' AND s.id IN (SELECT id FROM artifacts_artifact WHERE asset_id = ?)))"
        )
    )
    rows = db.rows(
        f"SELECT s.room, s.id, s.title, s.linked FROM {table} WHERE s.state <> 'retired'{about} "
        "ORDER BY LOWER(s.title), s.id",
        [*seen, *([] if asset is None else [asset, asset])],
    )
    return [(Spot(room, id_, title), bool(is_linked)) for room, id_, title, is_linked in rows]


def _where(actor: Actor, db: Database, wanted: Wanted, at: Micros) -> tuple[str, list[object]]:
    if wanted.state and wanted.state not in STATES:
        raise BadInput(f"{wanted.state[:40]!r} is no state of documents; choose one of {', '.join(STATES)}.")
    if wanted.mark and wanted.mark not in MARK_WORDS:
        raise BadInput(f"{wanted.mark[:40]!r} is no mark; choose one of {', '.join(MARK_WORDS)}.")
    asked: list[object] = [wanted.state] if wanted.state else []
    # What vanished is out of use, and asked for by its mark.
    parts = ["s.state = ?"] if wanted.state else ["1 = 1"] if wanted.mark == "vanished" else ["s.state <> 'retired'"]
    for column, value in (("kind", wanted.kind), ("diataxis", wanted.diataxis)):
        if value:
            parts.append(f"s.{column} = ?")
            asked.append(value)
    for column, number in (("owner_id", wanted.owner), ("collection_id", wanted.collection)):
        if number is not None:
            parts.append(f"s.{column} = ?")
            asked.append(number)
    for word in wanted.q.split():
        parts.append(f"LOWER(s.title) {CONTAINS}")
        asked.append(containing(word))
    if wanted.tag:
        parts.append("s.room = 'library' AND s.id IN (SELECT g.document_id FROM library_tag g WHERE g.word = ?)")
        asked.append(wanted.tag)
    if wanted.concept is not None:
        part, numbers = _under(wanted.concept)
        parts.append(part)
        asked += numbers
    if wanted.mark:
        part, more = _marked(db, wanted.mark, at)
        parts.append(part)
        asked += more
    return " AND ".join(f"({part})" for part in parts), asked


def _under(concept: int) -> tuple[str, list[object]]:
    below = (
        "WITH RECURSIVE below (id) AS (SELECT CAST(? AS INTEGER) UNION SELECT b.concept_id FROM library_broader b "
        "JOIN below ON below.id = b.broader_id)"
    )
    pick = "FROM library_tagging t JOIN below ON below.id = t.concept_id"
    part = (
        f"(s.room = 'library' AND s.id IN ({below} SELECT t.document_id {pick} WHERE t.document_id IS NOT NULL)) OR "
        f"(s.room = 'artifacts' AND s.id IN ({below} SELECT t.artifact_id {pick} WHERE t.artifact_id IS NOT NULL))"
    )
    return part, [concept, concept]


def _marked(db: Database, mark: str, at: Micros) -> tuple[str, list[object]]:
    if mark != "challenged":
        part, is_timed = _MARK[mark]
        return part, [at] if is_timed else []
    documents, artifacts = contested(db, [], [])
    parts = [
        f"(s.room = '{room}' AND s.id IN ({', '.join('?' * len(ids))}))"
        for room, ids in (("library", documents), ("artifacts", artifacts))
        if ids
    ]
    return " OR ".join(parts) or "1 = 0", [*sorted(documents), *sorted(artifacts)]


def _rows(actor: Actor, db: Database, rows: list[tuple[Any, ...]], at: Micros) -> tuple[Row, ...]:
    documents = [row[1] for row in rows if row[0] == "library"]
    artifacts = [row[1] for row in rows if row[0] == "artifacts"]
    against = dict(zip(("library", "artifacts"), contested(db, documents, artifacts), strict=True)) if rows else {}
    is_member = actor.is_at_least("member")
    named = people.names(actor, db, list({row[10] for row in rows if row[10]})) if is_member else {}
    filing = has_concepts(db)
    return tuple(_row(row, at, named, row[1] in against[row[0]], filing) for row in rows)


def _row(row: tuple[Any, ...], at: Micros, named: dict[int, PersonRef], is_challenged: bool, filing: bool) -> Row:
    room, id_, title, kind, state, number, revision, verified_at, expires, changed, owner = row[:11]
    diataxis, vanished, linked, reopened, filed, collection = row[11:]
    stands = verification(number, revision, verified_at, expires, at)
    marks = marks_of(
        stands.standing, reopened=bool(reopened), isolated=not linked, challenged=is_challenged,
        unfiled=filing and not filed, nobody=owner is None, vanished=vanished is not None,
    )  # fmt: skip
    return Row(
        Spot(room, id_, title), kind, state, stands, changed, named.get(owner) if owner else None, diataxis,
        collection or "", marks,
    )  # fmt: skip


def _counts(db: Database, table: str, seen: list[object], at: Micros) -> tuple[tuple[str, str, int], ...]:
    """How much in use has each mark."""
    sums = ", ".join(f"SUM({_flag(_MARK[mark][0])})" for mark in COUNTED)
    timed = [at for mark in COUNTED if _MARK[mark][1]]
    found = db.rows(f"SELECT {sums} FROM {table} WHERE s.state <> 'retired'", [*timed, *seen])[0]
    documents, artifacts = contested(db, [], [])
    counts = {"challenged": len(documents) + len(artifacts)} | dict(zip(COUNTED, found, strict=True))
    return tuple((mark, MARK_WORDS[mark], int(n or 0)) for mark, n in counts.items() if n)


def _tags(actor: Actor, db: Database) -> tuple[tuple[str, int], ...]:
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT g.word, COUNT(*) FROM library_tag g JOIN library_document d ON d.id = g.document_id "
        f"WHERE d.state <> 'retired' AND {where} GROUP BY g.word ORDER BY COUNT(*) DESC, g.word LIMIT ?",
        [*asked, TAGS_SHOWN],
    )
    return tuple(sorted((str(word), int(n)) for word, n in rows))


def _kinds(db: Database, table: str, seen: list[object]) -> tuple[tuple[str, str], ...]:
    rows = db.rows(f"SELECT DISTINCT s.kind FROM {table} WHERE s.state <> 'retired' ORDER BY s.kind", seen)
    return tuple((kind, KIND_WORDS.get(kind, kind)) for (kind,) in rows)


def _collections(actor: Actor, db: Database) -> tuple[tuple[int, str], ...]:
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT c.id, c.name FROM library_collection c WHERE EXISTS (SELECT 1 FROM library_document d "
        f"WHERE d.collection_id = c.id AND {where}) ORDER BY LOWER(c.name), c.id",
        asked,
    )
    return tuple((int(id_), str(name)) for id_, name in rows)


def _owners(actor: Actor, db: Database, table: str, seen: list[object]) -> tuple[PersonRef, ...]:
    rows = db.rows(f"SELECT DISTINCT s.owner_id FROM {table} WHERE s.owner_id IS NOT NULL", seen)
    found: Iterable[PersonRef] = people.names(actor, db, [row[0] for row in rows]).values()
    return tuple(sorted(set(found), key=lambda one: (one.name.casefold(), one.id)))
