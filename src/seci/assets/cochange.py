"""What changes together: the trace that shared knowledge leaves in a history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LARGE = 40
"""A commit with more files than this (a rename, a reformat, an import) says little on what belongs together."""


@dataclass(frozen=True, slots=True)
class Touches:
    """Which commit touched which file: two arrays of one length, a row per touch, no row twice.

    commit   any numbers, equal for equal commits
    file     index into the list of files
    """

    commit: Ints
    file: Ints

    @classmethod
    def of(cls, commit: NDArray[np.integer], file: NDArray[np.integer], keep: NDArray[np.bool_]) -> Touches:
        """The touches of kept files, commits numbered from 0."""
        inside = keep[file]
        _, number = np.unique(np.asarray(commit, np.int64)[inside], return_inverse=True)
        return cls(number.astype(np.int64), np.asarray(file, np.int64)[inside])

    @property
    def commits(self) -> int:
        return int(self.commit.max()) + 1 if len(self.commit) else 0

    def small(self) -> Touches:
        """Without the touches of large commits."""
        few = (np.bincount(self.commit, minlength=1) <= LARGE)[self.commit] if len(self.commit) else slice(0)
        return Touches(self.commit[few], self.file[few])

    def per_file(self, files: int) -> Ints:
        return np.bincount(self.file, minlength=files)

    def groups(self, group: Ints) -> Touches:
        """The same with files put together: `group[file]` instead of the file, -1 left out."""
        label = group[self.file]
        inside = label >= 0
        width = int(group.max(initial=0)) + 1
        pairs = np.unique(self.commit[inside] * width + label[inside])
        return Touches(pairs // width, pairs % width)


def together(touches: Touches, things: int) -> Floats:
    """How much things change together, shape (things, things), symmetric with an empty diagonal.

    A commit with k things adds 1 / (k - 1) to each of its pairs, so that every commit gives each thing in it one
    unit whatever its size (the weighting of Beyer and Noack 2005 for co-change graphs).
    """
    size = np.bincount(touches.commit, minlength=1)
    paired = size[touches.commit] > 1 if len(touches.commit) else np.zeros(0, bool)
    commit, thing = touches.commit[paired], touches.file[paired]
    order = np.argsort(commit, kind="stable")
    commit, thing = commit[order], thing[order]
    found = np.zeros((things, things))
    starts = np.flatnonzero(np.r_[True, commit[1:] != commit[:-1]]) if len(commit) else np.zeros(0, np.int64)
    counts = np.diff(np.r_[starts, len(commit)])
    for count in np.unique(counts):
        rows = thing[starts[counts == count][:, None] + np.arange(count)]
        for shift in range(1, count):
            np.add.at(found, (rows.ravel(), np.roll(rows, shift, axis=1).ravel()), 1 / (count - 1))
    return found


def share(touches: Touches, things: int) -> tuple[Floats, Ints]:
    """For each pair (i, j) the part of i's commits that touch j as well, shape (things, things); and i's commits."""
    alone = np.bincount(touches.file, minlength=things)
    both = np.zeros((things, things))
    order = np.argsort(touches.commit, kind="stable")
    commit, thing = touches.commit[order], touches.file[order]
    starts = np.flatnonzero(np.r_[True, commit[1:] != commit[:-1]]) if len(commit) else np.zeros(0, np.int64)
    counts = np.diff(np.r_[starts, len(commit)])
    for count in np.unique(counts[counts > 1]):
        rows = thing[starts[counts == count][:, None] + np.arange(count)]
        for shift in range(1, count):
            np.add.at(both, (rows.ravel(), np.roll(rows, shift, axis=1).ravel()), 1)
    return both / np.maximum(alone, 1)[:, None], alone


def communities(ties: Floats) -> tuple[Ints, float]:
    """Groups of things with more ties inside than chance would give; and the modularity of the grouping.

    Greedy merging by the gain in modularity (Clauset, Newman and Moore 2004); equal gains go to the lowest
    indices, so that the result is the same everywhere. Returns labels from 0, in order of first appearance.
    """
    n = len(ties)
    total = ties.sum()
    label = np.arange(n)
    if total <= 0:
        return label, 0.0
    inside = ties / total
    degree = inside.sum(axis=1)
    gain = 2 * (inside - np.outer(degree, degree))
    np.fill_diagonal(gain, -np.inf)
    gain[inside == 0] = -np.inf
    quality = float(np.diag(inside).sum() - (degree**2).sum())
    while n > 1:
        best = int(np.argmax(gain))
        one, two = divmod(best, len(ties))
        if gain[one, two] <= 1e-12:
            break
        quality += float(gain[one, two])
        inside[one] += inside[two]
        inside[:, one] += inside[:, two]
        inside[two] = inside[:, two] = 0
        degree[one] += degree[two]
        degree[two] = 0
        label[label == two] = one
        gain[two] = gain[:, two] = -np.inf
        fresh = np.where(inside[one] > 0, 2 * (inside[one] - degree[one] * degree), -np.inf)
        fresh[one] = -np.inf
        gain[one] = gain[:, one] = fresh
        n -= 1
    _, first, numbered = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbered], quality
