"""A document as it is read: rendered, with its links leading through the door that counts them."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from urllib.parse import quote, unquote

from seci.accounts.actor import Actor
from seci.kit.database import Database, values
from seci.library.access import Document
from seci.library.markdown.links import is_outside, joined, references
from seci.library.markdown.reading import blocks
from seci.library.markdown.rendering import Rendered, render
from seci.library.queries.one import one
from seci.library.views import DocumentPage, PassagesPage

_BATCH = 400


def rendered(actor: Actor, db: Database, page: DocumentPage) -> Rendered:
    """The page as HTML that holds nothing that runs. Links inside the library go by /library/follow/."""
    found, text = page.document, page.revision.text
    there = {one.target for one in page.onward if one.spot is not None}
    pictures = _pictures(db, found, text)

    def leads(target: str) -> str | None:
        if is_outside(target):
            return target
        path, _, place = target.partition("#")
        if path not in there:
            return pictures.get(path)
        onward = f"/library/{found.id}/follow/?to={quote(path, safe='')}"
        return f"{onward}&at={quote(place, safe='')}" if place else onward

    return render(
        text,
        title=page.revision.title,
        leads=leads,
        pictures=lambda target: pictures.get(target) or (target if is_outside(target) else None),
    )


def _pictures(db: Database, found: Document, text: str) -> dict[str, str]:
    """Where the files lie that a text names: by its own attachments' names, by path in its collection."""
    every = dict.fromkeys(one.target for one in references(text) if one.target and not is_outside(one.target))
    named = list(every)[:_BATCH]
    if not named:
        return {}
    asked = {target: joined(target, found.path) for target in named}
    own = {
        name: id_
        for id_, name in db.rows(
            "SELECT id, name FROM library_attachment WHERE document_id = ? AND removed_at IS NULL ORDER BY id",
            [found.id],
        )
    }
    paths = [path for path in asked.values() if path]
    there: dict[str, int] = {}
    if paths and found.collection is not None:
        rows = db.rows(
            "SELECT path, id FROM library_attachment WHERE collection_id = ? AND removed_at IS NULL "
            f"AND path IN {values(len(paths))}",
            [found.collection, *paths],
        )
        there = {str(path): int(id_) for path, id_ in rows}
    places: dict[str, str] = {}
    for target, path in asked.items():
        number = there.get(path or "") or own.get(unquote(target).rpartition("/")[2])
        if number is not None:
            places[target] = f"/library/attachments/{number}/"
    return places


def passages(actor: Actor, db: Database, document: int) -> PassagesPage:
    """A document block by block, each with its headings and place, and how it stands."""
    page = one(actor, db, document)
    return PassagesPage(
        page.document.id, page.revision.title, page.revision.number, page.verification, page.marks, page.licence,
        blocks(page.revision.text),
    )  # fmt: skip
