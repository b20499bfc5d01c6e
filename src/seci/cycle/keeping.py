"""After a scan: pages that speak of places in the code, where those places are different now."""

from __future__ import annotations

from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.library import store as library
from seci.library.places import hash_of
from seci.sources.git import store as git_store
from seci.sources.git.history import History


def looked(actor: Actor, db: Database, source: int) -> list[int]:
    """Compares what pages are bound to with the tip of the repository; the documents that are re-opened by it."""
    bound = library.bindings_of(db, source)
    if not bound:
        return []
    # What reads Markdown is not needed by a scan that has no page to look at.
    from seci.library.services import look_again

    history = History.open(Path(git_store.repository(db, source).path))
    contents = history.contents(sorted({one.path for one in bound if "\n" not in one.path}))

    def look(path: str, symbol: str) -> str | None:
        return hash_of(contents[path], path, symbol) if path in contents else None

    return look_again(actor, db, source, look)
