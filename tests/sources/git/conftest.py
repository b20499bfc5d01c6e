"""What the tests of reading a history share: a repository read into evidence, and evidence as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from seci.kit import clock
from seci.sources.git.codes import Reason, Role, Status
from seci.sources.git.evidence import Evidence, Reading, read
from tests.repositories import Commit, write_repository

NOON = clock.from_datetime(clock.to_datetime(0).replace(year=2026, month=1, day=1))


@dataclass(frozen=True)
class Told:
    """What evidence says, in words: no numbers of files or people."""

    evidence: Evidence

    def subjects(self) -> list[str]:
        return [self.evidence.sha(self.evidence.first + row) for row in range(len(self.evidence.commits))]

    def touches(self) -> list[tuple[int, str, str]]:
        e = self.evidence
        return [
            (int(commit), e.files.path[file], Status(status).name)
            for commit, file, status in zip(e.touches.commit, e.touches.file, e.touches.status, strict=True)
        ]

    def roles(self, commit: int | None = None) -> set[tuple[int, str, str]]:
        e = self.evidence
        rows = zip(e.roles.commit, e.roles.alias, e.roles.role, strict=True)
        told = {(int(c), e.aliases.name[alias], Role(role).name) for c, alias, role in rows}
        return {row for row in told if commit is None or row[0] == commit}

    def who(self, commit: int, role: Role) -> set[str]:
        return {name for _, name, played in self.roles(commit) if played == role.name}

    def worth(self, path: str) -> list[tuple[int, Reason]]:
        e = self.evidence
        rows = zip(e.touches.file, e.touches.worth, e.touches.reason, strict=True)
        return [(int(worth), Reason(reason)) for file, worth, reason in rows if e.files.path[file] == path]

    def live(self) -> set[str]:
        e = self.evidence
        return {path for path, live in zip(e.files.path, e.files.live, strict=True) if live}

    def everything(self) -> dict[str, Any]:
        """All of it, so that two ways of reading can be compared."""
        e = self.evidence
        c = e.commits
        columns = ("commit", "authored", "committed", "landed", "files", "flags", "worth", "reason")
        return {
            "sha": self.subjects(),
            "change": [e.changes[n] if n >= 0 else "" for n in c.change],
            "author": [e.aliases.raw_email[n] for n in c.author],
            "touches": self.touches(),
            "files": list(map(int, e.touches.file)),
            "worth": list(map(int, e.touches.worth)),
            "roles": sorted(self.roles()),
            "live": sorted(self.live()),
            "nature": list(map(int, e.files.nature)),
            "names": list(zip(e.aliases.name, e.aliases.email, strict=True)),
            **{column: list(map(int, getattr(c, column))) for column in columns},
        }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def scan(tmp_path: Path, store: Path) -> Callable[..., Told]:
    """scan([Commit(...)]) or scan(path of a repository) -> what its evidence says."""

    def scan(what: Sequence[Commit] | Path, **options: Any) -> Told:
        path = what if isinstance(what, Path) else write_repository(tmp_path / "repository", what, **options)
        read(path, store, now=lambda: NOON)
        return Told(Evidence.load(store))

    return scan


@pytest.fixture
def reading(store: Path) -> Callable[[Path], Reading]:
    return lambda path: read(path, store, now=lambda: NOON)
