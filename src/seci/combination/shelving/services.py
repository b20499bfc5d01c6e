"""Artifacts written out as pages of the library, and written again when they have another revision."""

from __future__ import annotations

from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact, get_artifact
from seci.artifacts.body import DECIDING
from seci.artifacts.queries.texts import content
from seci.combination.access import need_member
from seci.combination.shelving import store
from seci.combination.shelving.page import Used, written
from seci.kit.clock import to_datetime
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.figures import share
from seci.library import services as library
from seci.library import store as answers
from seci.library.incoming import Page

NAME = "Artifacts"
MOST = 200


def shelve(actor: Actor, db: Database, artifacts: Sequence[int]) -> tuple[int, ...]:
    """The pages of these artifacts, in their order, as they are published; each is made or brought up to date.

    What came of using an artifact on real work stands on its page from five runs on. Raises BadInput, NotFound, and
    Conflict for a draft.
    """
    need_member(actor)
    wanted = list(dict.fromkeys(artifacts))
    if not 1 <= len(wanted) <= MOST:
        raise BadInput(f"Choose 1 to {MOST} artifacts, not {len(wanted)}.")
    found = [get_artifact(actor, db, one) for one in wanted]
    if draft := next((one for one in found if one.published is None or one.state == "retired"), None):
        raise Conflict(f"“{draft.title}” is not in use; publish it first, so that somebody stands behind what it says.")
    with db.transaction():
        shelf = library.collection(actor, db, NAME, *store.PLACE)
        library.put_all(actor, db, shelf, [_page(actor, db, one) for one in found])
        pages = store.shelved(db, shelf)
        for one in found:
            answers.change(db, "library_document", pages[one.id][0], owner_id=one.owner, asset_id=one.asset)
    return tuple(pages[one][0] for one in wanted)


def renew(actor: Actor, db: Database) -> int:
    """Writes the pages of artifacts again that have another published revision since; how many. Playbooks that cite
    such a page get their sentences back for review."""
    shelf = store.collection(db)
    if shelf is None:
        return 0
    pages = store.shelved(db, shelf)
    rows = db.rows("SELECT id, published FROM artifacts_artifact WHERE state = 'published'")
    moved = [id_ for id_, number in rows if id_ in pages and pages[id_][1] != _message(number)]
    for start in range(0, len(moved), MOST):
        shelve(actor, db, moved[start : start + MOST])
    return len(moved)


def _page(actor: Actor, db: Database, found: Artifact) -> Page:
    assert found.published is not None
    said = content(actor, db, found.id, found.published)
    return Page(
        store.place_of(found.id), said.title, written(said, _used(db, found)), message=_message(found.published),
        diataxis="how-to", reviewed_at=found.verified_at if found.verified_revision == found.published else None,
        expires_at=found.expires_at, links=(("derives", f"/artifacts/{found.id}/"),),
    )  # fmt: skip


def _message(number: int) -> str:
    return f"written from r{number} of the artifact"


def _used(db: Database, found: Artifact) -> Used | None:
    count, first, last = store.runs(db, found.id)
    if first is None or last is None:
        return None
    told, well = store.turned_out(db, found.id, decides=found.type in DECIDING)
    said = share(round(well), told, of="runs on real work of which somebody said how they turned out")
    return Used(count, to_datetime(first).date(), to_datetime(last).date(), said)
