"""Puts slices together: one number per person, path, file and change over the whole history.

Numbers are given in order of appearance, so that they do not depend on how the history was cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from seci.kit import clock
from seci.sources.git.codes import Flag, Role
from seci.sources.git.landing import Landing
from seci.sources.git.parse import Slice
from seci.sources.git.shelf import Names
from seci.sources.git.tables import Batch

WELL_READ = 300  # commits; whoever merges more at once has not looked at each of them

_CARRIED = (int(Role.REVIEWER), int(Role.ACKED), int(Role.TESTED))
_BOT, _PULL, _MERGE, _ODD_TIME = int(Flag.BOT), int(Flag.PULL), int(Flag.MERGE), int(Flag.ODD_TIME)


class Assembly:
    """The batch that grows, and what its merges still have to say."""

    def __init__(self, names: Names, batch: Batch) -> None:
        self.batch = batch
        self._names = names
        self._brought: dict[bytes, list[int]] = {}

    @property
    def open(self) -> bool:
        """Whether a merge is still to come that brought in some of the batch."""
        return bool(self._brought)

    def add(self, landed: Sequence[Landing], rows: Slice) -> int:
        """Adds the commits of a slice; returns the flags that any of them has."""
        first = self.batch.first + len(self.batch)
        # Columns are arrays, but for sha; naming each of their types would say nothing more.
        c: dict[str, Any] = self.batch.columns
        aliases = _numbers(self._names.aliases, rows.aliases)
        changes = [*map(self._names.changes.number, rows.changes), -1]
        c["commits.commit"].fromlist(list(range(first, first + len(rows))))
        c["commits.sha"] += rows.sha
        c["commits.landed"].fromlist([each.at * clock.SECOND for each in landed])
        for name in ("authored", "committed"):
            c[f"commits.{name}"].fromlist([time * clock.SECOND for time in getattr(rows, name)])
        for name in ("author", "committer"):
            c[f"commits.{name}"].fromlist([aliases[alias] for alias in getattr(rows, name)])
        odd = [_ODD_TIME if each.odd else 0 for each in landed]
        c["commits.flags"].fromlist([flags | more for flags, more in zip(rows.flags, odd, strict=True)])
        for name in ("files", "worth", "reason"):
            c[f"commits.{name}"] += getattr(rows, name)
        c["commits.change"].fromlist([changes[change] for change in rows.change])
        self._touch(first, rows)
        self._roles(first, landed, rows, aliases)
        flags = 0
        for flag in set(rows.flags):
            flags |= flag
        return flags

    def _touch(self, first: int, rows: Slice) -> None:
        c: dict[str, Any] = self.batch.columns
        files = self._names.files
        number = [files.intern(path) for path in rows.paths]
        olds = {touch: number[path] for touch, path in zip(rows.old_touch, rows.old_path, strict=True)}
        c["touches.commit"].fromlist([first + commit for commit in rows.touch_commit])
        c["touches.file"] += files.follow([number[path] for path in rows.touch_path], rows.touch_status, olds)
        c["touches.status"] += rows.touch_status

    def _roles(self, first: int, landed: Sequence[Landing], rows: Slice, aliases: Sequence[int]) -> None:
        c: dict[str, Any] = self.batch.columns
        merges = {i for i, flags in enumerate(rows.flags) if flags & _MERGE}
        said: dict[int, list[tuple[int, int]]] = {}
        for commit, alias, role in zip(rows.role_commit, rows.role_alias, rows.role, strict=True):
            if commit in merges and role in _CARRIED:
                said.setdefault(commit, []).append((aliases[alias], role))
        c["roles.commit"].fromlist([first + commit for commit in rows.role_commit])
        c["roles.alias"].fromlist([aliases[alias] for alias in rows.role_alias])
        c["roles.role"] += rows.role
        if not merges and not self._brought:
            return
        for i, each in enumerate(landed):
            if each.merge is not None:
                self._brought.setdefault(each.merge, []).append(first + i)
            if i in merges:
                self._close(each.commit, first + i, rows.flags[i], said.get(i, []))

    def _close(self, merge: bytes, ordinal: int, flags: int, reviewed: list[tuple[int, int]]) -> None:
        """What a merge says about the commits it brought in: who merged, who reviewed, which request it was."""
        brought = self._brought.pop(merge, [])
        if flags & _PULL or len(brought) > WELL_READ:
            return
        c: dict[str, Any] = self.batch.columns
        base = self.batch.first
        author, change = c["commits.author"], c["commits.change"]
        merger = author[ordinal - base]
        more = reviewed if flags & _BOT else [(merger, int(Role.MERGER)), *reviewed]
        for commit in brought:
            if change[commit - base] < 0:
                change[commit - base] = change[ordinal - base]
            for alias, role in more:
                if alias != author[commit - base]:
                    c["roles.commit"].append(commit)
                    c["roles.alias"].append(alias)
                    c["roles.role"].append(role)


def _numbers(known: dict[bytes, int], names: Iterable[bytes]) -> list[int]:
    """Numbers of the names, given in order to those that are new."""
    return [known.setdefault(name, len(known)) for name in names]
