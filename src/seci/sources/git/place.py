"""Which repository somebody means, however the way to it is written: one repository is one source."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from seci.sources.git.history import told
from seci.sources.git.store import RepositoryRow


def place(path: Path) -> str:
    """The absolute path without `.` and `..`, so that `../one` and `/srv/one` are one place; links stay links.

    Behind a link `..` may lead elsewhere than it reads; there the path is left as it was written.
    """
    written, plain = path.absolute(), Path(os.path.normpath(path.absolute()))
    try:
        same = plain.samefile(written)
    except OSError:
        same = not written.exists()
    return str(plain if same else written)


def home(path: Path) -> str:
    """Where the repository around a path lies: a folder within it means all of it; its root is left as written."""
    root = told(path, "--show-toplevel") or told(path, "--absolute-git-dir")
    return place(path) if root is None or os.path.realpath(root) == os.path.realpath(path) else root


def source_of(repositories: Iterable[RepositoryRow], path: Path) -> int | None:
    """The source of the repository at `path`, or of the one around it; None where it has not been read.

    Links, folders within it, its linked work trees and its git folder all lead to it.
    """
    homes, here = [(each.source, each.path) for each in repositories], place(path)
    for source, lies in homes:
        if here in (lies, place(Path(lies))):
            return source
    wanted = _store(path)
    return next((source for source, lies in homes if _store(Path(lies)) == wanted), None) if wanted else None


def _store(path: Path) -> str | None:
    """The folder in which the repository at `path` keeps its objects, which all its work trees share."""
    shared = told(path, "--git-common-dir")
    return None if shared is None else os.path.realpath(path / shared)
