"""Which repositories changes can be taken from."""

from __future__ import annotations

from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.sources.git import store as git
from seci.sources.git.store import RepositoryRow


def repositories(actor: Actor, db: Database) -> list[RepositoryRow]:
    """All repositories that are read, by title."""
    return git.repositories(db)


def source_at(actor: Actor, db: Database, path: Path) -> int:
    """The source of the repository at `path`. Raises NotFound when it has not been scanned."""
    here = str(path.absolute())
    for each in git.repositories(db):
        if here == each.path or here.startswith(f"{each.path}/"):
            return each.source
    raise NotFound(f"{path} has not been scanned yet; run `seci scan {path}` first.")
