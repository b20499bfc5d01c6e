"""Which asset a path belongs to: the longest prefix wins, and a pattern on the file name beats the bare prefix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import translate
from re import Pattern
from re import compile as compiled
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOWHERE = -1


class Scope(NamedTuple):
    """A part of a source that belongs to an asset.

    prefix   a folder with a trailing slash, the whole path of a file, or empty for everything
    pattern  a shell pattern for the names of files that lie directly in that folder, or empty
    asset    the id of the asset, or -1 for what belongs to none
    """

    prefix: str
    pattern: str
    asset: int


class Map:
    """Answers for many paths. Folders repeat, so each is looked up once."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._prefixes: dict[str, int] = {}
        self._patterns: dict[str, list[tuple[Pattern[str], int]]] = {}
        # In the order of the patterns, so that overlapping ones give one answer whatever the order of rows.
        for scope in sorted(scopes, key=lambda scope: (scope.prefix, scope.pattern == "", scope.pattern)):
            if scope.pattern:
                self._patterns.setdefault(scope.prefix, []).append((compiled(translate(scope.pattern)), scope.asset))
            else:
                self._prefixes.setdefault(scope.prefix, scope.asset)
        self._folders: dict[str, int] = {}

    def asset_of(self, path: str) -> int:
        """The asset of a file path relative to the root of the source; -1 if none."""
        whole = self._prefixes.get(path)
        if whole is not None:
            return whole
        at = path.rfind("/") + 1
        folder = path[:at]
        for pattern, asset in self._patterns.get(folder, ()):
            if pattern.match(path[at:]):
                return asset
        return self._folder(folder)

    def assets_of(self, paths: Sequence[str]) -> NDArray[np.int32]:
        """The asset of each path, shape (len(paths),); -1 where there is none."""
        return np.fromiter(map(self.asset_of, paths), np.int32, len(paths))

    def _folder(self, folder: str) -> int:
        known = self._folders.get(folder)
        if known is None:
            own = self._prefixes.get(folder)
            if own is None:
                above = folder[: folder.rfind("/", 0, -1) + 1]
                own = self._folder(above) if folder else NOWHERE
            known = self._folders[folder] = own
        return known


def nearest(scopes: Iterable[Scope], path: str) -> int:
    """The asset of a path that no scope covers: the one whose scopes share the longest run of folders with it."""
    folders = path.split("/")[:-1]
    best: tuple[int, str, int] | None = None
    for scope in scopes:
        there = scope.prefix.split("/")[:-1]
        shared = 0
        while shared < min(len(there), len(folders)) and there[shared] == folders[shared]:
            shared += 1
        if best is None or (-shared, scope.prefix) < best[:2]:
            best = (-shared, scope.prefix, scope.asset)
    return best[2] if best else NOWHERE
