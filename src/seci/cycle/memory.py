"""What landed in one source, kept ready for questions: who should review, who could take over.

Reading it and counting who did what takes most of such a question and gives the same until the next scan; the states
that were counted are kept, so that the next question only reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from seci.cycle.learners import COMPARED, Budget, Candidates, best, gains, matrix
from seci.cycle.reviewers import LARGE, Ints, ReviewerState, Unit, observed
from seci.kit.clock import DAY, Micros
from seci.spiral.familiarity import MONTH
from seci.spiral.files_at_risk import Knowers
from seci.spiral.presence import WINDOW

YEAR = 365 * DAY
PAST = 3
"""States of past instants that are kept beside that of now."""


@dataclass(frozen=True)
class Landed:
    """What landed in one source, as persons and paths.

    units        of the last years, in landing order
    known        who has worked on or reviewed which file
    since        for each row of `known`, the instant of the first time
    live, asset  live files that count, sorted, and the asset of each
    """

    units: list[Unit]
    bots: frozenset[int]
    known: Knowers
    since: Ints
    live: Ints
    asset: Ints


class Memory:
    """States of what landed before an instant, each counted once. Several threads may ask at a time."""

    def __init__(self, found: Landed) -> None:
        self.found = found
        self._newest = max((unit.at for unit in found.units), default=-1)
        self._states: dict[int, ReviewerState] = {}
        self._turn = Lock()

    def told_of(self, at: Micros) -> Micros:
        """`at`, or the end of what this source tells of where that is earlier: nobody idles while a clone grows old."""
        return min(at, self._newest + 1) if self.found.units else at

    def before(self, at: Micros) -> tuple[ReviewerState, int]:
        """The state of all that landed before `at`, to be asked and not to be added to, and how many units it holds."""
        units = self.found.units
        if at <= self._newest:
            units = [unit for unit in units if unit.at < at]
        # What landed before one instant holds what landed before an earlier one: the number says which it is.
        with self._turn:
            state = self._states.pop(len(units), None) or observed(units, self.found.bots)
            self._states[len(units)] = state
            for number in [n for n in self._states if n != len(self.found.units)][:-PAST]:
                del self._states[number]
        return state, len(units)

    def known_at(self, at: Micros) -> Knowers:
        """Who had worked on or reviewed which file before `at`."""
        known, then = self.found.known, self.found.since < at
        return Knowers(known.file[then], known.person[then], known.last[then])

    def candidates(self, at: Micros) -> Candidates:
        """Who can be asked at `at`: who has been active in the last half year."""
        past = [unit for unit in self.found.units if at - YEAR < unit.at <= at]
        lately = {who for unit in past if unit.at > at - YEAR // 2 for who in (*unit.authors, *unit.reviewers)}
        months: dict[int, set[int]] = {}
        events, load = Counter[int](), Counter[int]()
        for unit in past:
            for who in {*unit.authors, *unit.reviewers}:
                months.setdefault(who, set()).add(unit.at // MONTH)
                events[who] += 1
            if unit.at > at - 7 * DAY:
                load.update(unit.reviewers)
        asked = sorted(lately - self.found.bots)
        return Candidates(
            person=np.array(asked, np.int64),
            months=np.array([min(WINDOW, len(months[who])) for who in asked], np.int64),
            events=np.array([events[who] for who in asked], np.int64),
            load=np.array([load[who] for who in asked], np.int64),
        )

    def least_gain(self, files_of: Callable[[Sequence[str]], Ints]) -> float:
        """The gain for which one more reviewer is worth asking for, from the latest reviewed changes of this source.

        files_of  numbers of the files that paths name
        """
        budget, month = Budget(), -1
        candidates, known = self.candidates(0), self.found.known
        reviewed = [unit for unit in self.found.units if unit.reviewers and len(unit.paths) <= LARGE]
        for unit in reviewed[-COMPARED:]:
            if unit.at // MONTH != month:
                # Who is here and who knows what changes slowly; asking once a month is enough to compare by.
                month, candidates, known = unit.at // MONTH, self.candidates(unit.at), self.known_at(unit.at)
            files = np.unique(files_of(unit.paths))
            if not len(candidates.person) or not len(files):
                continue
            taking_part = np.unique([*unit.authors, *unit.reviewers])
            gain, _ = gains(matrix(known, files, candidates.person), candidates, taking_part)
            budget.note(float(gain[best(gain, candidates)]))
        return budget.least

    def files_of(self, people: Collection[int], asset: int) -> Ints:
        """The live files of an asset that any of these people has worked on or reviewed, last touched first."""
        known = self.found.known
        theirs = np.isin(known.person, list(people)) & np.isin(known.file, self.found.live[self.found.asset == asset])
        files, last = known.file[theirs], known.last[theirs]
        found: Ints = files[np.lexsort((files, -last))]
        return found[np.sort(np.unique(found, return_index=True)[1])]
