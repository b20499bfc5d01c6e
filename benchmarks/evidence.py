"""The evidence of a repository for benchmarks: read into a temporary folder, people resolved as the product does."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from seci.kit.errors import BadInput
from seci.people.evidence import Alias
from seci.people.identity import resolve
from seci.sources.git.evidence import Evidence, read

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@contextmanager
def evidence(repo: Path, commit: str = "") -> Iterator[Evidence]:
    """The evidence of `repo`, or of the history up to `commit` as if nothing had happened since."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "evidence"
        read(as_of(repo, commit, Path(folder) / "past") if commit else repo, store)
        yield Evidence.load(store)


def git(repo: Path, *arguments: str) -> str:
    """What a git command prints. Raises BadInput with git's own complaint."""
    done = subprocess.run(["git", "-C", str(repo), *arguments], capture_output=True)
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip()
        raise BadInput(f"git {arguments[0]} in {repo} failed ({complaint}); give the folder of a git repository.")
    return done.stdout.decode(errors="replace")


def as_of(repo: Path, commit: str, past: Path) -> Path:
    """A bare repository at `past` that ends with `commit` and borrows the objects of `repo`."""
    objects = Path(repo, git(repo, "rev-parse", "--git-path", "objects").strip()).absolute()
    form = git(repo, "rev-parse", "--show-object-format").strip()
    subprocess.run(["git", "init", "-q", "--bare", f"--object-format={form}", str(past)], check=True)
    (past / "objects" / "info" / "alternates").write_text(f"{objects}\n")
    git(past, "update-ref", "HEAD", commit)
    return past


def people(found: Evidence) -> tuple[Ints, Flags]:
    """The person of each alias, numbered from 0, and which of them are people: no bots, agents, shared mailboxes."""
    aliases = [Alias(*both) for both in zip(found.aliases.name, found.aliases.email, strict=True)]
    resolution = resolve(aliases)
    group = {place.alias: place.group for place in resolution.places}
    human = np.array([one.nature == "person" for one in resolution.groups], np.bool_)
    return np.array([group[alias] for alias in aliases], np.int64), human
