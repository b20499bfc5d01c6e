"""How many people would have to leave before half of the files have no author left.

The truck factor of Avelino, Passos, Hora and Valente (A Novel Approach for Estimating Truck Factors, ICPC 2016)
over the degree of authorship of Fritz, Murphy, Murphy-Hill, Ou and Hill (TOSEM 2014). It says how concentrated
authorship is; it says nothing on how well anyone works, and shares of persons are for computing only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

BASE, CREATED, DELIVERY, OTHERS = 3.293, 1.098, 0.164, 0.321
"""Coefficients of the degree of authorship (Fritz et al.)."""

NORMALISED = 0.75
"""An author has more than this share of the file's largest degree (Avelino et al.)."""

COVERED = 0.5
"""Leavers are counted while at least this share of the files still has an author (Avelino et al.)."""


@dataclass(frozen=True, slots=True)
class Authorship:
    """One row for each file × person with any addition or change, sorted by file, then person.

    created     added the file, as the first or again later (a secondary author)
    deliveries  the person's later changes and renames of the file
    others      changes and renames of the file by everybody else
    degree      DOA = 3.293 + 1.098·created + 0.164·deliveries − 0.321·ln(1 + others)
    author      degree above 0.75 of the file's largest, and at least 3.293
    """

    file: Ints
    person: Ints
    created: Flags
    deliveries: Ints
    others: Ints
    degree: Floats
    author: Flags

    def __len__(self) -> int:
        return len(self.file)

    def of_files(self, files: Ints) -> Authorship:
        """The rows of `files` alone: one asset's, or those that are still there."""
        mask = np.isin(self.file, files)
        return Authorship(*(getattr(self, name)[mask] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class TruckFactor:
    """The truck factor of a set of files.

    n         people who leave, those with most authored files first, until fewer than half of the files are
              covered; 0 where fewer than half are covered to begin with; None where there are no files
    leavers   these people in the order of leaving
    coverage  (n + 1,) share of files with an author: before anyone leaves, then after each leaver
    files     number of files
    shares    for internal use only, never shown: person → share of the files that the person authors
    """

    n: int | None
    leavers: tuple[int, ...]
    coverage: tuple[float, ...]
    files: int
    shares: dict[int, float] = field(repr=False)

    @property
    def without_author(self) -> float | None:
        """Share of files with no author among the people counted; None where there are no files."""
        return 1.0 - self.coverage[0] if self.files else None


def degree_of_authorship(
    file: Ints, person: Ints, added: Flags, changed: Flags, *, creators_exempt: bool = False
) -> Authorship:
    """Degrees of authorship from touches in any order, columns of equal length.

    added    the touch adds the file
    changed  the touch changes or renames it; a touch that does neither (a deletion) counts for nothing
    creators_exempt  whoever added a file need not reach 3.293: what the authors' published tool does, beyond the paper
    """
    kept = np.flatnonzero(added | changed)
    file, person = file[kept].astype(np.int64), person[kept].astype(np.int64)
    order = np.lexsort((person, file))
    file, person, added, changed = file[order], person[order], added[kept][order], changed[kept][order]
    if not len(file):
        none = np.zeros(0, np.int64)
        flags = np.zeros(0, np.bool_)
        return Authorship(none, none, flags, none, none, np.zeros(0), flags)
    of_file = starts(file)
    of_pair = np.union1d(of_file, starts(person))
    deliveries = np.add.reduceat(changed.astype(np.int64), of_pair)
    created = np.logical_or.reduceat(added, of_pair)
    file, person = file[of_pair], person[of_pair]
    of_file = starts(file)
    pairs = np.diff(np.append(of_file, len(file)))
    others = np.repeat(np.add.reduceat(deliveries, of_file), pairs) - deliveries
    degree = BASE + CREATED * created + DELIVERY * deliveries - OTHERS * np.log1p(others)
    largest = np.repeat(np.maximum.reduceat(degree, of_file), pairs)
    author = (degree > NORMALISED * largest) & ((degree >= BASE) | (created & creators_exempt))
    return Authorship(file, person, created, deliveries, others, degree, author)


def truck_factor(authorship: Authorship, files: Ints | None = None, active: Ints | None = None) -> TruckFactor:
    """The truck factor of `files` (default: every file with authorship), removing the largest author first.

    active  people who are still here; where given, the others count as gone already. Who is an author is decided
            among all, so that a departed expert does not make a passer-by the expert.

    Of two people with equally many files the one with the smaller number leaves first. Files without any
    authorship row count as uncovered.
    """
    total = np.unique(authorship.file if files is None else files)
    mask = authorship.author & np.isin(authorship.file, total)
    if active is not None:
        mask &= np.isin(authorship.person, active)
    file, person = authorship.file[mask], authorship.person[mask]
    if not len(total):
        return TruckFactor(None, (), (), 0, {})
    people, index, authored = np.unique(person, return_inverse=True, return_counts=True)
    order = np.lexsort((people, -authored))
    rank = np.empty(len(people), np.int64)
    rank[order] = np.arange(len(people))
    # A file is covered until the last of its authors has gone.
    last = np.maximum.reduceat(rank[index], starts(file)) if len(file) else np.zeros(0, np.int64)
    gone = np.concatenate([[0], np.cumsum(np.bincount(last, minlength=len(people)))])
    covered = (len(last) - gone) / len(total)
    n = int(np.argmax(covered < COVERED))
    return TruckFactor(
        n=n,
        leavers=tuple(int(p) for p in people[order[:n]]),
        coverage=tuple(float(c) for c in covered[: n + 1]),
        files=len(total),
        shares={int(p): float(a) / len(total) for p, a in zip(people, authored, strict=True)},
    )


def starts(key: Ints) -> Ints:
    """Where a new value of a sorted or grouped `key` begins."""
    changed = np.ones(len(key), np.bool_)
    changed[1:] = key[1:] != key[:-1]
    return np.flatnonzero(changed)
