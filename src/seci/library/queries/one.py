"""One document with all that stands around it."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.verification import verification
from seci.assets.access import asset_link
from seci.kit.clock import Micros, now
from seci.kit.database import Database
from seci.library.access import (
    Collection,
    Document,
    Revision,
    is_recording,
    may_change,
    may_write,
    read,
    readable,
)
from seci.library.marks import challenged, has_concepts, marks_of
from seci.library.views import AttachmentRow, Backlink, BindingRow, ConceptRef, DocumentPage, Onward, Shared, Spot
from seci.people import queries as people
from seci.people.views import PersonRef


def text_of(db: Database, document: int, revision: int | None = None) -> str:
    """The Markdown of a revision, "" where there is none; for rooms that have checked who asks."""
    rows = db.rows(
        "SELECT r.text FROM library_revision r JOIN library_document d ON d.id = r.document_id "
        "WHERE d.id = ? AND r.number = COALESCE(?, d.head)",
        [document, revision],
    )
    return str(rows[0][0]) if rows else ""


def one(actor: Actor, db: Database, document: int, number: int | None = None) -> DocumentPage:
    """A document at one revision, without a number the latest. Guests see no people, and the latest alone."""
    found, shown = read(actor, db, document, number)
    collection = _collection(db, found.collection)
    is_member = actor.is_at_least("member")
    named = _named(actor, db, found, shown) if is_member else {}
    concepts, backlinks, onward = _concepts(db, document), _backlinks(actor, db, document), _onward(actor, db, document)
    bindings = _bindings(db, document)
    at, changes = now(), may_change(actor, db, found)
    stands = verification(shown.number, found.verified_revision, found.verified_at, found.expires_at, at)
    return DocumentPage(
        document=found,
        revision=shown,
        verification=stands,
        marks=marks_of(
            stands.standing,
            reopened=found.reopened_at is not None or any(row.standing in ("changed", "gone") for row in bindings),
            isolated=not backlinks and not any(link.spot for link in onward),
            challenged=document in challenged(db, [document], []),
            unfiled=not concepts and has_concepts(db),
            nobody=found.owner is None,
            vanished=found.vanished_at is not None,
        ),
        collection=collection,
        licence=found.licence or (collection.licence if collection else ""),
        asset=asset_link(db, found.asset),
        owner=named.get(found.owner) if found.owner else None,
        author=named.get(shown.author) if shown.author else None,
        verified_by=named.get(found.verified_by) if found.verified_by else None,
        concepts=concepts,
        tags=tuple(
            row[0] for row in db.rows("SELECT word FROM library_tag WHERE document_id = ? ORDER BY word", [document])
        ),
        backlinks=backlinks,
        onward=onward,
        attachments=tuple(one for one in _attachments(db, document) if is_member or not is_recording(one.mime)),
        bindings=bindings if is_member else (),
        revisions=found.head,
        may_edit=found.state != "retired" and may_write(actor, db, found),
        may_change=changes,
        shares=_shares(actor, db, document) if changes and found.state == "draft" else (),
    )


def _named(actor: Actor, db: Database, found: Document, shown: Revision) -> dict[int, PersonRef]:
    wanted = {found.owner, found.verified_by, shown.author} - {None}
    return people.names(actor, db, [one for one in wanted if one is not None])


def _collection(db: Database, collection: int | None) -> Collection | None:
    rows = db.rows(
        "SELECT id, name, kind, address, licence, attribution FROM library_collection WHERE id = ?", [collection]
    )
    return Collection(*rows[0]) if rows else None


def _concepts(db: Database, document: int) -> tuple[ConceptRef, ...]:
    rows = db.rows(
        "SELECT c.id, c.label FROM library_tagging t JOIN library_concept c ON c.id = t.concept_id "
        "WHERE t.document_id = ? ORDER BY c.folded",
        [document],
    )
    return tuple(ConceptRef(*row) for row in rows)


def _backlinks(actor: Actor, db: Database, document: int) -> tuple[Backlink, ...]:
    """Documents in use that lead here, each once."""
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT d.id, d.title, l.kind, MIN(l.label) FROM library_link l "
        "JOIN library_document d ON d.id = l.document_id "
        f"WHERE l.to_document_id = ? AND d.state <> 'retired' AND {where} "
        "GROUP BY d.id, d.title, l.kind ORDER BY LOWER(d.title), d.id LIMIT 200",
        [document, *asked],
    )
    return tuple(Backlink(Spot("library", id_, title), kind, label) for id_, title, kind, label in rows)


def _onward(actor: Actor, db: Database, document: int) -> tuple[Onward, ...]:
    """Where the latest revision leads, each place once. What the reader may not read is not named."""
    where, asked = readable(actor)
    seen = "1 = 1" if actor.is_at_least("member") else "a.state = 'published'"
    rows = db.rows(
        "SELECT l.kind, l.target, l.anchor, l.label, d.id, d.title, a.id, a.title, s.id, s.name, "
        "l.to_document_id, l.to_artifact_id FROM library_link l "
        f"LEFT JOIN library_document d ON d.id = l.to_document_id AND {where} "
        f"LEFT JOIN artifacts_artifact a ON a.id = l.to_artifact_id AND {seen} "
        "LEFT JOIN assets_asset s ON s.id = l.to_asset_id WHERE l.document_id = ? ORDER BY l.start, l.id",
        [*asked, document],
    )
    found: dict[tuple[object, ...], Onward] = {}
    for kind, target, anchor, label, d, d_title, a, a_title, s, s_name, to_d, to_a in rows:
        if (to_d and not d) or (to_a and not a):
            continue
        places = (("library", d, d_title), ("artifacts", a, a_title), ("assets", s, s_name))
        spot = next((Spot(room, id_, title) for room, id_, title in places if id_), None)
        found.setdefault((kind, spot or target), Onward(kind, target, anchor, label, spot))
    return tuple(found.values())


def _attachments(db: Database, document: int) -> tuple[AttachmentRow, ...]:
    rows = db.rows(
        "SELECT id, name, mime, size, at, consent FROM library_attachment WHERE document_id = ? AND removed_at IS NULL "
        "ORDER BY LOWER(name), id",
        [document],
    )
    return tuple(AttachmentRow(*row) for row in rows)


def _shares(actor: Actor, db: Database, document: int) -> tuple[Shared, ...]:
    rows = db.rows("SELECT person_id, may_write FROM library_share WHERE document_id = ? ORDER BY id", [document])
    named = people.names(actor, db, [person for person, _ in rows])
    return tuple(Shared(named[person], bool(write)) for person, write in rows if person in named)


def _bindings(db: Database, document: int) -> tuple[BindingRow, ...]:
    rows = db.rows(
        "SELECT id, path, symbol, hash, seen, seen_at FROM library_binding WHERE document_id = ? ORDER BY path, symbol",
        [document],
    )
    return tuple(
        BindingRow(id_, path, symbol, standing(hash_, seen, at), at) for id_, path, symbol, hash_, seen, at in rows
    )


def standing(hash_: str, seen: str, seen_at: Micros | None) -> str:
    """How a bound place stands: same, changed, gone, or unseen."""
    if seen_at is None or not hash_:
        return "unseen"
    return "gone" if not seen else "same" if seen == hash_ else "changed"


def repositories(actor: Actor, db: Database) -> tuple[tuple[int, str], ...]:
    """(number, title) of the repositories that are read, to bind pages to places in them."""
    rows = db.rows("SELECT id, title FROM ledger_source WHERE kind = 'git' ORDER BY LOWER(title), id")
    return tuple((int(id_), str(title)) for id_, title in rows)
