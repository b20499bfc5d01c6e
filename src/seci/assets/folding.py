"""Tests put with what they test, where the history shows what that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seci.assets.cochange import Touches, share
from seci.assets.drafts import Draft

FOLDED = 0.5
"""Tests belong to an asset that at least this part of their changes touch as well."""
CLEARLY = 1.5
"""And to no other asset nearly as much."""
FEWEST = 4
"""Commits below which nothing is concluded."""
LOOSE = 150
"""Up to so many files lying in one folder are looked at one by one."""


def fold_tests(drafts: list[Draft], paths: Sequence[str], touches: Touches, least: int) -> list[Draft]:
    """Drafts with the folders (or single files) of tests moved to the code they change with.

    least   a draft of tests with fewer files than this left goes wholly to what it changes with most
    """
    code = [draft for draft in drafts if draft.topic == "code"]
    if not code:
        return drafts
    for draft in [draft for draft in drafts if draft.topic == "tests"]:
        units = _units(draft, paths)
        homes = _homes([files for _, files in units], [each.files for each in code], len(paths), touches)
        for (scope, files), home in zip(units, homes, strict=True):
            if home is not None:
                _move(draft, code[home], scope, files)
        if draft.files and len(draft.files) < least:
            home = _homes([draft.files], [each.files for each in code], len(paths), touches)[0]
            if home is not None:
                for scope in draft.scopes:
                    _move(draft, code[home], scope, list(draft.files))
    return [draft for draft in drafts if draft.files or draft.topic != "tests"]


def _units(draft: Draft, paths: Sequence[str]) -> list[tuple[tuple[str, str], list[int]]]:
    """What can be moved at once: the folders directly below, and loose files."""
    folder = draft.folder
    if folder is None:
        return []
    mine = set(draft.files)
    while not folder.files and len(folder.below) == 1:
        folder = folder.below[0]
    units = []
    for child in folder.below:
        files = [at for at in child.everything() if at in mine]
        prefixes = child.prefixes()
        if files and len(files) == len(child.everything()) and len(prefixes) == 1:
            units.append(((prefixes[0], ""), files))
    if len(folder.files) <= LOOSE:
        units += [((paths[at], ""), [at]) for at in folder.files if at in mine]
    return units


def _homes(units: list[list[int]], code: list[list[int]], files: int, touches: Touches) -> list[int | None]:
    """For each unit the index of the code it clearly changes with, or None."""
    group = np.full(files, -1, np.int64)
    for number, unit in enumerate(units):
        group[unit] = number
    for number, asset in enumerate(code, len(units)):
        group[asset] = number
    part, commits = share(touches.groups(group), len(units) + len(code))
    return [_home(part[number, len(units) :], int(commits[number])) for number in range(len(units))]


def _home(part: NDArray[np.float64], commits: int) -> int | None:
    order = np.argsort(-part, kind="stable")
    best = int(order[0])
    second = part[order[1]] if len(order) > 1 else 0.0
    clear = commits >= FEWEST and part[best] >= FOLDED and part[best] >= CLEARLY * second
    return best if clear else None


def _move(draft: Draft, home: Draft, scope: tuple[str, str], files: list[int]) -> None:
    gone = set(files)
    draft.files = [at for at in draft.files if at not in gone]
    home.files += files
    home.scopes.append(scope)
    home.folded.append(scope[0])
