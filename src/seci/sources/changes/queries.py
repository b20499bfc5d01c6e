"""Which repositories changes can be taken from."""

from __future__ import annotations

from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.sources.git import store as git
from seci.sources.git.place import source_of
from seci.sources.git.store import RepositoryRow


def repositories(actor: Actor, db: Database) -> list[RepositoryRow]:
    """All repositories that are read, by title."""
    return git.repositories(db)


def source_at(actor: Actor, db: Database, path: Path) -> int:
    """The source of the repository at `path`. Raises NotFound when it has not been scanned."""
    found = source_of(git.repositories(db), path)
    if found is None:
        raise NotFound(f"{path} has not been scanned yet; run `seci scan {path}` first.")
    return found
