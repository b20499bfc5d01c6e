"""All of the library, for exports."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.database import Database, values
from seci.library.access import Collection, readable
from seci.library.gitting import State, path_of


@dataclass(frozen=True, slots=True)
class CollectionRow:
    collection: Collection
    n: int


def collections(actor: Actor, db: Database) -> list[CollectionRow]:
    """The collections with what of them is in use."""
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT c.id, c.name, c.kind, c.address, c.licence, c.attribution, (SELECT COUNT(*) FROM library_document d "
        f"WHERE d.collection_id = c.id AND d.state <> 'retired' AND {where}) FROM library_collection c "
        "ORDER BY LOWER(c.name), c.id",
        asked,
    )
    return [CollectionRow(Collection(*row[:6]), int(row[6])) for row in rows]


def origins(actor: Actor, db: Database, documents: Sequence[int]) -> dict[int, str]:
    """The collections that documents came with, by their names; those that were written here have none."""
    if not documents:
        return {}
    where, asked = readable(actor)
    rows = db.rows(
        "SELECT d.id, c.name FROM library_document d JOIN library_collection c ON c.id = d.collection_id "
        f"WHERE d.id IN {values(len(documents))} AND {where}",
        [*documents, *asked],
    )
    return {int(id_): str(name) for id_, name in rows}


def states(actor: Actor, db: Database, collection: int | None = None) -> Iterator[State]:
    """Every revision of what the actor may read, of one collection or of all; guests get the latest ones alone.

    With several collections each has a folder of its own.
    """
    where, asked = readable(actor)
    inside = "" if collection is None else " AND d.collection_id = ?"
    latest = "" if actor.is_at_least("member") else " AND r.number = d.head"
    rows = db.rows(
        "SELECT d.id, d.path, d.title, d.state, d.changed_at, c.name, r.number, d.head, r.text, r.author_name, p.name, "
        "r.at, r.message FROM library_document d JOIN library_revision r ON r.document_id = d.id "
        "LEFT JOIN library_collection c ON c.id = d.collection_id LEFT JOIN people_person p ON p.id = r.author_id "
        f"WHERE {where}{inside}{latest} ORDER BY r.at, d.id, r.number",
        [*asked, *([] if collection is None else [collection])],
    )
    documents = {row[0]: (row[1], row[2], row[5] if collection is None else "", row[3] == "retired") for row in rows}
    places = _places(documents)
    for id_, _, _, state, changed, _, number, head, text, author, person, at, message in rows:
        yield State(places[id_], text, author or person or "", at, message)
        if state == "retired" and number == head:
            yield State(places[id_], None, author or person or "", max(changed, at), "out of use")


def _places(documents: dict[int, tuple[str, str, str, bool]]) -> dict[int, str]:
    """Where each document lies, from (path, title, collection, whether it is out of use). Of several that would lie at
    one place, one in use does, and the others have their number in the name."""
    found: dict[int, str] = {}
    taken = set[str]()
    for id_, (path, title, collection, _) in sorted(documents.items(), key=lambda pair: (pair[1][3], pair[0])):
        folder = f"{collection.replace('/', '-').strip('. ') or 'collection'}/" if collection else ""
        place = folder + path_of(path, title, id_)
        if place in taken:
            stem, _, ending = place.rpartition(".")
            place = f"{stem}-{id_}.{ending}"
        taken.add(place)
        found[id_] = place
    return found
