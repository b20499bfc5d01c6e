"""All of the library, for exports."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.database import Database, values
from seci.library.access import Collection, file_of, is_recording, readable
from seci.library.gitting import Enclosed, State, path_of, steps
from seci.library.markdown.links import is_outside, joined
from seci.library.markdown.redirecting import redirected

SAYING = (".vtt", ".srt")
BESIDE = (*SAYING, ".txt", ".md", ".pdf", ".docx")
"""What a recording's words are read in, where it has the recording's name."""


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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that does not go along, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that goes into a repository."""

    states: tuple[State, ...]
    files: tuple[Enclosed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def documents(self) -> int:
        return len({one.path for one in self.states})


@dataclass(frozen=True, slots=True)
class _Lying:
    """A document as it lies in its collection and in the repository. `own`: its files, name -> path in there."""

    path: str
    collection: int | None
    place: str
    is_retired: bool
    own: dict[str, str]


def whole(actor: Actor, db: Database, collection: int | None = None) -> Whole:
    """Every revision of what the actor may read, of one collection or of all, with the files that pages show; guests
    get the latest revisions alone.

    With several collections each has a folder of its own. A file of a page lies in a folder `attachments` beside it,
    under the name of the page, and its links lead there; a file that came with its collection lies where it came from.
    Recordings stay, and what is said in them.
    """
    where, asked = readable(actor)
    inside = "" if collection is None else " AND d.collection_id = ?"
    latest = "" if actor.is_at_least("member") else " AND r.number = d.head"
    rows = db.rows(
        "SELECT d.id, d.path, d.title, d.state, d.changed_at, c.name, r.number, d.head, r.text, r.author_name, p.name, "
        "r.at, r.message, d.collection_id FROM library_document d JOIN library_revision r ON r.document_id = d.id "
        "LEFT JOIN library_collection c ON c.id = d.collection_id LEFT JOIN people_person p ON p.id = r.author_id "
        f"WHERE {where}{inside}{latest} ORDER BY r.at, d.id, r.number",
        [*asked, *([] if collection is None else [collection])],
    )
    folders = {row[13]: _folder(row[5]) if collection is None else "" for row in rows}
    documents = {row[0]: (row[1], row[2], folders[row[13]], row[3] == "retired") for row in rows}
    places = _places(documents)
    lying = {row[0]: _Lying(row[1], row[13], places[row[0]], row[3] == "retired", {}) for row in rows}
    files, left_out = _files(db, lying, folders)
    states = list[State]()
    shown = {one.path for one in files}
    for id_, _, _, state, changed, _, number, head, text, author, person, at, message, _ in rows:
        one, by = lying[id_], author or person or ""
        led = redirected(text, _elsewhere(one, folders[one.collection], shown)) if one.own else text
        states.append(State(one.place, led, by, at, message))
        if state == "retired" and number == head:
            states.append(State(one.place, None, by, max(changed, at), "out of use"))
    return Whole(tuple(states), files, left_out)


def _folder(collection: str | None) -> str:
    """The folder of a collection, with its slash; "" for what was written here."""
    return f"{collection.replace('/', '-').strip('. ') or 'collection'}/" if collection else ""


def _files(
    db: Database, lying: dict[int, _Lying], folders: dict[int | None, str]
) -> tuple[tuple[Enclosed, ...], tuple[LeftOut, ...]]:
    """What is attached to these documents and came with these collections; the paths of a document's own files are
    noted with it."""
    rows = db.rows(
        "SELECT document_id, collection_id, path, name, mime, sha256, at, removed_at FROM library_attachment "
        "ORDER BY id DESC"
    )
    found, left_out = list[Enclosed](), list[LeftOut]()
    taken = {one.place for one in lying.values()}
    played = {(row[0], row[1], _stem(row)) for row in rows if is_recording(row[4])}
    for row in rows:
        document, collection, path, name, mime, sha256, at, removed_at = row
        page = lying.get(document)
        is_elsewhere = collection not in folders if document is None else page is None or page.is_retired
        if is_elsewhere or removed_at is not None:
            continue
        if why := _kept_back(row, is_recording(mime), (document, collection, _stem(row)) in played):
            left_out.append(LeftOut(name, why))
            continue
        if page is not None:
            place = _beside(page.place, name)
            page.own[name] = place
        else:
            place = folders[collection] + "/".join(steps(path or name))
        if place in taken:
            left_out.append(LeftOut(name, "A page or a later file of its name lies at its place."))
            continue
        taken.add(place)
        found.append(Enclosed(place, file_of(sha256), at))
    return tuple(reversed(found)), tuple(reversed(left_out))


def _stem(row: Sequence[object]) -> str:
    return (str(row[2]) or str(row[3])).rpartition(".")[0].casefold()


def _kept_back(row: Sequence[object], is_played: bool, is_beside: bool) -> str:
    """Why a file stays here; empty where it goes along."""
    name = str(row[3])
    if is_played:
        return "People can be seen or heard in it, and they agreed to be so here; ask them, and hand it over yourself."
    if name.lower().endswith(SAYING) or (is_beside and name.lower().endswith(BESIDE)):
        return "It has the words of a recording, which stays here."
    return "" if file_of(str(row[5])).exists() else "It is not in the folder of evidence; bring it back from a backup."


def _beside(place: str, name: str) -> str:
    """Where the own file of a page lies."""
    folder, _, page = place.rpartition("/")
    own = f"attachments/{page.rpartition('.')[0] or page}/{'/'.join(steps(name)) or 'file'}"
    return f"{folder}/{own}" if folder else own


def _elsewhere(one: _Lying, folder: str, shown: set[str]) -> Callable[[str], str | None]:
    """Where links of a page that name a file of its own lead; what lies where a link says, it means."""

    def elsewhere(target: str) -> str | None:
        own = one.own.get(target.rpartition("/")[2])
        if own is None or is_outside(target) or f"{folder}{joined(target, one.path)}" in shown:
            return None
        here = one.place.rpartition("/")[0]
        return own.removeprefix(f"{here}/") if here else own

    return elsewhere


def _places(documents: dict[int, tuple[str, str, str, bool]]) -> dict[int, str]:
    """Where each document lies, from (path, title, folder, whether it is out of use). Of several that would lie at
    one place, one in use does, and the others have their number in the name."""
    found: dict[int, str] = {}
    taken = set[str]()
    for id_, (path, title, folder, _) in sorted(documents.items(), key=lambda pair: (pair[1][3], pair[0])):
        place = folder + path_of(path, title, id_)
        if place in taken:
            stem, _, ending = place.rpartition(".")
            place = f"{stem}-{id_}.{ending}"
        taken.add(place)
        found[id_] = place
    return found
