"""Which files would be left with nobody, or only one person, who has worked on them or reviewed them.

Files at risk as in Mirsaeedi and Rigby (Mitigating Turnover with Code Review Recommendation, ICSE 2020): files
with fewer than two knowing people who are here. Concentrating knowledge in a few long-serving people makes that
number look better than it is, so the loss when the worst one or two leave stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.spiral.presence import STEADY

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

LEVELS = ("orphan", "single", "thin", "held")
"""No knowing person here, one, two, more."""

AT_RISK = 2
"""A file with fewer knowing people who are here is at risk."""


@dataclass(frozen=True, slots=True)
class Knowers:
    """Who has touched or reviewed which file: one row for each pair, sorted by file, then person.

    last  instant of the latest touch or review, microseconds
    """

    file: Ints
    person: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.file)


@dataclass(frozen=True, slots=True)
class FilesAtRisk:
    """One row for each file asked for, in sorted order.

    knowers    knowing people who are here
    all_leave  Π p_leave over them, the chance that the next year leaves the file with nobody; 1 for an orphan
    """

    file: Ints
    knowers: Ints
    all_leave: Floats

    def __len__(self) -> int:
        return len(self.file)

    @property
    def level(self) -> Ints:
        """Index into `LEVELS`."""
        level: Ints = np.minimum(self.knowers, len(LEVELS) - 1)
        return level

    @property
    def at_risk(self) -> Ints:
        """The files with fewer than two knowing people who are here."""
        return self.file[self.knowers < AT_RISK]

    def counts(self) -> dict[str, int]:
        """Number of files at each level."""
        return dict(zip(LEVELS, np.bincount(self.level, minlength=len(LEVELS)).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class DepartureLoss:
    """Files that nobody here would know any more if the one, or the two, people they depend on most left.

    Files that are orphans already are not counted. `worst_pair` is for computing and for the what-if view of an
    asset; it is never shown as a list of people.
    """

    worst_one: int
    worst_two: int
    worst_pair: tuple[int, ...]


def leaving(stay: Floats) -> Floats:
    """p_leave = 1 − 0.9·stay, where stay = months active of the last twelve / 12."""
    chance: Floats = 1.0 - STEADY * stay
    return chance


def knowers(file: Ints, person: Ints, when: Ints, until: int | None = None, since: int | None = None) -> Knowers:
    """Who knows which file, from touches and reviews in any order, columns of equal length.

    Knowing does not fade by default: no offline truth is known for how fast it does. `since` forgets what is
    older, `until` (inclusive) ignores what came later, both instants in microseconds.
    """
    mask = np.ones(len(file), np.bool_)
    if until is not None:
        mask &= when <= until
    if since is not None:
        mask &= when >= since
    file, person, when = file[mask].astype(np.int64), person[mask].astype(np.int64), when[mask]
    order = np.lexsort((when, person, file))
    file, person, when = file[order], person[order], when[order]
    ends = np.ones(len(file), np.bool_)
    ends[:-1] = (file[1:] != file[:-1]) | (person[1:] != person[:-1])
    return Knowers(file[ends], person[ends], when[ends].astype(np.int64))


def files_at_risk(known: Knowers, files: Ints, here: Ints, leave: Floats | None = None) -> FilesAtRisk:
    """How many people who are here know each of `files`.

    here   people who are here
    leave  (len(here),) chance of each to leave within a year; 0.1, that of the steadiest, where not given
    """
    files = np.unique(files)
    pairs = present(known, files, here)
    chance = np.full(len(here), 1.0 - STEADY) if leave is None else np.asarray(leave, np.float64)
    order = np.argsort(here, kind="stable")
    row = np.searchsorted(files, pairs.file)
    staying = order[np.searchsorted(here[order], pairs.person)]
    # A sum of logarithms would lose a chance of exactly zero.
    all_leave = np.ones(len(files))
    np.multiply.at(all_leave, row, chance[staying])
    return FilesAtRisk(files, np.bincount(row, minlength=len(files)), all_leave)


def departure_loss(known: Knowers, files: Ints, here: Ints) -> DepartureLoss:
    """The exact largest loss over all people and over all pairs of people who are here.

    Only files known to exactly one or two of them can be lost; two leavers lose what each holds alone and what
    only the two hold together.
    """
    pairs = present(known, files, here)
    people, index = np.unique(pairs.person, return_inverse=True)
    if not len(people):
        return DepartureLoss(0, 0, ())
    begin = np.flatnonzero(np.append(True, pairs.file[1:] != pairs.file[:-1]))
    count = np.diff(np.append(begin, len(pairs)))
    alone = np.bincount(index[begin[count == 1]], minlength=len(people))
    order = np.argsort(-alone, kind="stable")
    worst, best = (people[order[:2]]), int(alone[order[:2]].sum())
    shared = begin[count == 2]
    if len(shared):
        low, high = index[shared], index[shared + 1]
        couple, together = np.unique(low * len(people) + high, return_counts=True)
        low, high = couple // len(people), couple % len(people)
        loss = alone[low] + alone[high] + together
        top = int(np.argmax(loss))
        if loss[top] > best:
            worst, best = people[[low[top], high[top]]], int(loss[top])
    return DepartureLoss(int(alone.max()), best, tuple(int(p) for p in worst))


def present(known: Knowers, files: Ints, here: Ints) -> Knowers:
    """The rows of `files` and of people who are here."""
    mask = np.isin(known.file, files) & np.isin(known.person, here)
    return Knowers(known.file[mask], known.person[mask], known.last[mask])
