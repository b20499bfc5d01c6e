"""Who is here, as far as a history of work can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral.familiarity import MONTH, Cells, Floats, Ints, pair_starts
from seci.spiral.horizon import NEVER, Horizon

WINDOW = 12
"""Months looked back upon."""

STEADY = 0.9
"""The chance to be here next year of someone active in every month; turnover keeps it below one. An assumption."""


@dataclass(frozen=True, slots=True)
class Presence:
    """For each person (sorted): months active of the last twelve that are told of, and until when they stay.

    leaves  instant of an announced or known exit; the largest int64 where none is known
    until   until when we would know of them; the twelve months end there
    """

    person: Ints
    months: Ints
    leaves: Ints
    until: Ints

    def rows(self, people: Ints) -> Ints:
        """The row of each of `people`, all of whom must be present in the table."""
        return np.searchsorted(self.person, people)

    def stay(self, at: Micros) -> Floats:
        """Months active of the last twelve as a share, 0 from the exit on (Mirsaeedi and Rigby, ICSE 2020)."""
        share: Floats = np.where(self.leaves <= at, 0.0, self.months / WINDOW)
        return share

    def here(self, at: Micros) -> Floats:
        """1 − h: the chance that the person is here over the coming year."""
        return STEADY * self.stay(at)


def presence(cells: Cells, at: Micros, horizon: Horizon, exits: Mapping[int, Micros] | None = None) -> Presence:
    """Months active within the last twelve that are told of, for everyone with any contact up to `at`.

    Nobody is gone for a time of which no repository tells that they have worked in.
    """
    cells = cells.until(at)
    person, until = horizon.of_people(cells, at)
    recent = cells.month > until[np.searchsorted(person, cells.person)] // MONTH - WINDOW
    order = np.lexsort((cells.month[recent], cells.person[recent]))
    who, month = cells.person[recent][order], cells.month[recent][order]
    active = who[pair_starts(who, month)] if len(who) else who
    months = np.bincount(np.searchsorted(person, active), minlength=len(person)).astype(np.int64)
    leaves = np.array([(exits or {}).get(int(p), NEVER) for p in person], np.int64)
    return Presence(person, months, leaves, until)
