"""What the files of assets say: truck factor, files at risk, and which files those are.

Files are what the code has; an asset is as safe as the files that nobody but one person knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.spiral.files_at_risk import AT_RISK, files_at_risk, knowers
from seci.spiral.truck_factor import Authorship, degree_of_authorship, truck_factor

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LARGEST_SET = 5
NAMED_FILES = 30
"""Files at risk that are kept by name for each asset: those changed most."""


@dataclass(frozen=True, slots=True)
class Work:
    """Touches of files by their authors, and of the same files by whoever reviewed the commit.

    file, person, when, added, changed  one row for each touch by an author or co-author
    seen_file, seen_by, seen_when       one row for each reviewer × touched file
    """

    file: Ints
    person: Ints
    when: Ints
    added: Flags
    changed: Flags
    seen_file: Ints
    seen_by: Ints
    seen_when: Ints


@dataclass(frozen=True, slots=True)
class RiskyFile:
    """A live file that fewer than two people here know; `knows` is -1 where nobody does."""

    file: int
    knows: int
    changes: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The live files of one asset: how many, how many at risk or orphaned, and the truck factor over them.

    known_by  number of files by the set of people here who know them, for sets of one to five: what is lost if
              all of a set leave
    """

    asset: int
    files: int
    at_risk: int
    orphaned: int
    bus_factor: int | None
    bus_factor_active: int | None
    risky: tuple[RiskyFile, ...]
    known_by: dict[tuple[int, ...], int]


def read(work: Work, live: Ints, asset: Ints, here: Ints) -> Iterator[Reading]:
    """One reading for each asset, in order of assets.

    live, asset  live files (sorted) and the asset of each;  here  people who are here
    """
    authorship = degree_of_authorship(work.file, work.person, work.added, work.changed)
    authorship = authorship.of_files(live)
    known = knowers(
        np.concatenate([work.file, work.seen_file]),
        np.concatenate([work.person, work.seen_by]),
        np.concatenate([work.when, work.seen_when]),
    )
    risk = files_at_risk(known, live, here)
    here_now = np.isin(known.person, here)
    present = known.file[here_now], known.person[here_now]
    changes = np.bincount(np.searchsorted(live, work.file[np.isin(work.file, live)]), minlength=len(live))
    last = np.zeros(len(live), np.int64)
    touched = np.isin(work.file, live)
    np.maximum.at(last, np.searchsorted(live, work.file[touched]), work.when[touched])
    asset_of_row = asset[np.searchsorted(live, authorship.file)]
    for number in np.unique(asset):
        mine = asset == number
        files = live[mine]
        count = risk.knowers[mine]
        rows = Authorship(*(getattr(authorship, name)[asset_of_row == number] for name in Authorship.__slots__))
        exposed = np.flatnonzero(mine & (risk.knowers < AT_RISK))
        exposed = exposed[np.lexsort((live[exposed], -changes[exposed]))][:NAMED_FILES]
        yield Reading(
            asset=int(number),
            files=len(files),
            at_risk=int((count < AT_RISK).sum()),
            orphaned=int((count == 0).sum()),
            bus_factor=truck_factor(rows, files).n,
            bus_factor_active=truck_factor(rows, files, here).n,
            known_by=knower_sets(present, files[(count > 0) & (count <= LARGEST_SET)]),
            risky=tuple(
                RiskyFile(int(live[row]), only_knower(present, int(live[row])), int(changes[row]), int(last[row]))
                for row in exposed
            ),
        )


def knower_sets(present: tuple[Ints, Ints], files: Ints) -> dict[tuple[int, ...], int]:
    """Files counted by the exact set of people here who know them. `present` is sorted by file, then person."""
    first, last = np.searchsorted(present[0], files, "left"), np.searchsorted(present[0], files, "right")
    return Counter(tuple(present[1][a:b].tolist()) for a, b in zip(first, last, strict=True))


def only_knower(present: tuple[Ints, Ints], file: int) -> int:
    """The person here who alone knows a file at risk; -1 for an orphan. `present` is sorted by file."""
    place = int(np.searchsorted(present[0], file))
    return int(present[1][place]) if place < len(present[0]) and present[0][place] == file else -1
