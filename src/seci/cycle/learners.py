"""Whom to add to a change so that knowledge spreads.

Adding one learner where it counts spreads knowledge; replacing the reviewers that people chose hardly does
(Mirsaeedi and Rigby, ICSE 2020; "The Cost vs the Benefit of Adding an Extra Code Reviewer", ICSE 2026; our replay
in `python -m benchmarks.spread`). The learner is somebody who is here, will probably stay and does not know the
files yet; one is proposed only where the expected gain is worth an extra review.

    here(p)          0.9 · stay · n / (n + 10)           stay: months active of the last 12 / 12;
                                                         n: changes and reviews in the last year
    need(f)          P(1 stays) + ½ · P(nobody stays)    over the people who know f once the change has landed
    gain(p, change)  here(p) · Σ need(f) over the files f that p does not know

The gain is the expected number of files that p takes out of risk (a file is at risk with fewer than two knowing
people), with half a file for a first step away from nobody. It is the learner score stay · effort · share of
unknown files of the same literature, with effort bounded and files weighted by what they need.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.spiral.files_at_risk import Knowers
from seci.spiral.presence import STEADY, WINDOW

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SETTLED = 10.0
"""Changes and reviews in a year at which somebody counts as half settled. Chosen on zfs, kafka and golang/tools."""

FIRST_STEP = 0.5
"""What it is worth to bring a file from nobody to somebody, in files taken out of risk."""

WORTH = 0.5
"""The least expected gain, in files, for which one extra review is proposed."""

SHARE = 0.065
"""Changes of a hundred that may ask for one more reviewer: a little below seven, so that chance stays below it."""

COMPARED = 500
"""Changes before this one that its gain is compared with."""

STRANGER = 0.05
"""The chance to stay of somebody with no activity in the last half year: a first-time contributor."""

LOAD = 0.1
"""Each review of the last week above twice the usual divides a candidate's score by e^0.1."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be asked: people active in the last half year, in ascending order.

    months  months active of the last twelve
    events  changes and reviews in the last year
    load    reviews in the last seven days
    """

    person: Ints
    months: Ints
    events: Ints
    load: Ints

    @property
    def here(self) -> Floats:
        """The chance to be here next year, below 0.9."""
        chance: Floats = STEADY * self.months / WINDOW * self.events / (self.events + SETTLED)
        return chance

    @property
    def overload(self) -> Floats:
        """Reviews of the last seven days above twice the usual week's changes and reviews."""
        above: Floats = np.maximum(0.0, self.load - 2.0 * self.events / 52.0)
        return above

    def rows(self, people: Ints) -> tuple[Ints, int]:
        """The rows of `people`, and how many of them are not candidates."""
        at = np.searchsorted(self.person, people)
        found = at < len(self.person)
        found[found] = self.person[at[found]] == people[found]
        return at[found], int((~found).sum())


class Budget:
    """Asks for as much gain as keeps extra reviews to a share of the changes.

    How many changes would gain half a file differs between projects, from one in twenty to one in six. So a learner is
    proposed where the gain is above `WORTH`, while less than a `share` of the changes has had one; when that is used
    up, where the gain is also among the largest of the changes before.
    """

    def __init__(self, share: float = SHARE, changes: int = COMPARED) -> None:
        self.share = share
        self._gains: deque[float] = deque(maxlen=changes)
        self._most = self._left = share * changes

    @property
    def least(self) -> float:
        """The gain above which an extra review is worth its time now, in files."""
        if self._left >= 1.0 or not self._gains:
            return WORTH
        return max(WORTH, float(np.quantile(self._gains, 1.0 - self.share)))

    def note(self, gain: float) -> None:
        """What adding the best learner to the next change would gain; it is added where that is worth it."""
        self._left = min(self._most, self._left + self.share - (gain > self.least))
        self._gains.append(gain)


@dataclass(frozen=True, slots=True)
class Learner:
    """One proposal for one change.

    gain     expected number of files taken out of risk
    files    the files that the learner would come to know, most needy first
    thin     files of the change with fewer than three people here who know them once it has landed
    reasons  facts in sentences
    """

    person: int
    gain: float
    files: tuple[int, ...]
    thin: int
    reasons: tuple[str, ...]


def need(knows: Flags, here: Floats, strangers: int = 0) -> Floats:
    """What each file gains by one more person who stays: P(one stays) + ½ · P(nobody stays).

    knows      (files, people) who knows the file once the change has landed
    here       (people,) chance of each to stay, below 1
    strangers  people taking part who know every file and are not among `people`
    """
    left = np.exp(knows @ np.log1p(-here))
    odds = knows @ (here / (1.0 - here))
    left, odds = left * (1.0 - STRANGER) ** strangers, odds + strangers * STRANGER / (1.0 - STRANGER)
    needed: Floats = left * odds + FIRST_STEP * left
    return needed


def gains(knows: Flags, candidates: Candidates, taking_part: Ints) -> tuple[Floats, Floats]:
    """The gain of adding each candidate, and the need of each file.

    knows        (files, candidates) who knows which file of the change before it lands
    taking_part  authors and reviewers of the change; they will know all of it, and gain nothing by being added
    """
    rows, strangers = candidates.rows(taking_part)
    after = knows.copy()
    after[:, rows] = True
    needed = need(after, candidates.here, strangers)
    gain: Floats = candidates.here * (needed @ ~knows)
    gain[rows] = 0.0
    return gain, needed


def best(gain: Floats, candidates: Candidates) -> int:
    """The row of the candidate to ask: the largest gain, less for somebody with an unusually full week."""
    return int(np.argmax(gain * np.exp(-LOAD * candidates.overload)))


def learner(
    known: Knowers, files: Ints, candidates: Candidates, taking_part: Ints, least: float = WORTH
) -> Learner | None:
    """Whom to add to a change of `files`; None where nobody's gain is above `least`.

    known        who knows which file now
    taking_part  the authors, and the reviewers asked already
    least        a project that can spare fewer reviews asks for more: 1.5 costs about a third of 0.5
    """
    files = np.unique(files)
    if not len(candidates.person) or not len(files):
        return None
    knows = matrix(known, files, candidates.person)
    gain, needed = gains(knows, candidates, np.unique(taking_part))
    chosen = best(gain, candidates)
    if gain[chosen] <= least:
        return None
    rows, strangers = candidates.rows(np.unique(taking_part))
    after = knows.copy()
    after[:, rows] = True
    thin = int((after.sum(axis=1) + strangers < 3).sum())
    new = np.flatnonzero(~knows[:, chosen])
    new = new[np.argsort(-needed[new], kind="stable")]
    return Learner(
        person=int(candidates.person[chosen]),
        gain=float(gain[chosen]),
        files=tuple(int(f) for f in files[new]),
        thin=thin,
        reasons=(
            f"{thin} of {len(files)} files would have fewer than three people here who know them",
            f"has not yet worked on or reviewed {len(new)} of {len(files)} files",
            f"active in {int(candidates.months[chosen])} of the last {WINDOW} months, "
            f"{int(candidates.events[chosen])} changes and reviews",
            f"expected to take {gain[chosen]:.1f} files out of risk for one extra review",
        ),
    )


def matrix(known: Knowers, files: Ints, people: Ints) -> Flags:
    """(files, people) who knows which file; both in ascending order."""
    first, end = np.searchsorted(known.file, files, "left"), np.searchsorted(known.file, files, "right")
    row = np.repeat(np.arange(len(files)), end - first)
    theirs = known.person[np.arange(len(row)) + np.repeat(end - np.cumsum(end - first), end - first)]
    asked = np.isin(theirs, people)
    knows = np.zeros((len(files), len(people)), np.bool_)
    knows[row[asked], np.searchsorted(people, theirs[asked])] = True
    return knows
