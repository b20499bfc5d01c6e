"""One change as git has it: its files, its author, when it was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seci.kit.clock import SECOND, Micros
from seci.kit.errors import BadInput, NotFound, SeciError
from seci.sources.git.history import History
from seci.sources.git.tables import text


@dataclass(frozen=True, slots=True)
class Change:
    sha: str
    paths: tuple[str, ...]
    author: tuple[str, str]
    authored: Micros


def change(repository: Path, commit: str) -> Change:
    """The commit called `commit` (a sha, branch or tag) in a repository.

    Raises NotFound when there is none, BadInput for one that touches no file.
    """
    history = History.open(repository)
    try:
        if commit.startswith("-"):
            raise NotFound("")
        sha = history.ask("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").decode().strip()
    except SeciError as error:
        raise NotFound(f"There is no commit {commit!r} in this repository; name one that it has.") from error
    fields = history.ask("log", "-1", "--format=%H%x00%aN%x00%aE%x00%at", sha)
    head, name, email, when = fields.rstrip(b"\n").split(b"\0")
    listed = history.ask("log", "-1", "--format=", "--name-only", "-z", "--diff-merges=first-parent", sha)
    paths = tuple(dict.fromkeys(text(path) for path in listed.strip(b"\n").split(b"\0") if path))
    if not paths:
        raise BadInput(f"Commit {sha[:10]} touches no file; name the paths of the change instead.")
    return Change(head.decode(), paths, (text(name), text(email)), int(when) * SECOND)
