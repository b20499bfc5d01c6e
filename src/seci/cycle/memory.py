"""What landed in one source, kept ready for questions: who should review, who could take over.

Reading it and counting who did what takes most of such a question and gives the same until the next scan; the states
that were counted are kept, so that the next question only reads them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

import numpy as np

from seci.cycle.reviewers import Ints, ReviewerState, Unit, observed
from seci.kit.clock import Micros
from seci.spiral.files_at_risk import Knowers

PAST = 3
"""States of past instants that are kept beside that of now."""


@dataclass(frozen=True)
class Landed:
    """What landed in one source, as persons and paths.

    units        of the last years, in landing order
    known        who has worked on or reviewed which file
    live, asset  live files that count, sorted, and the asset of each
    """

    units: list[Unit]
    bots: frozenset[int]
    known: Knowers
    live: Ints
    asset: Ints


class Memory:
    """States of what landed before an instant, each counted once. Several threads may ask at a time."""

    def __init__(self, found: Landed) -> None:
        self.found = found
        self._newest = max((unit.at for unit in found.units), default=-1)
        self._states: dict[int, ReviewerState] = {}
        self._turn = Lock()

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

    def files_of(self, people: Collection[int], asset: int) -> Ints:
        """The live files of an asset that any of these people has worked on or reviewed, last touched first."""
        known = self.found.known
        theirs = np.isin(known.person, list(people)) & np.isin(known.file, self.found.live[self.found.asset == asset])
        files, last = known.file[theirs], known.last[theirs]
        found: Ints = files[np.lexsort((files, -last))]
        return found[np.sort(np.unique(found, return_index=True)[1])]
