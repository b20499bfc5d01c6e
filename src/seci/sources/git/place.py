"""Where a repository lies, however somebody wrote the way to it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from seci.sources.git.store import RepositoryRow


def place(path: Path) -> str:
    """The absolute path without `.` and `..`, so that `../one` and `/srv/one` are one repository; links stay links.

    Behind a link `..` may lead elsewhere than it reads; there the path is left as it was written.
    """
    written, plain = path.absolute(), Path(os.path.normpath(path.absolute()))
    try:
        same = plain.samefile(written)
    except OSError:
        same = not written.exists()
    return str(plain if same else written)


def source_of(repositories: Iterable[RepositoryRow], path: Path) -> int | None:
    """The source of the repository at `path`, or of the one around it; None where it has not been read."""
    here = place(path)
    homes = ((each.source, place(Path(each.path))) for each in repositories)
    return next((source for source, home in homes if here == home or here.startswith(f"{home}/")), None)
