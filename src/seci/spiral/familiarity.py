"""Decayed contact of people with assets: what a history of work can say about who knows what.

Familiarity is evidence of contact, not proof of skill. Contact is kept in monthly cells of whole numbers
(`Cells`), so that cells are additive and independent of the order of events; decay is applied when read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.kit.clock import DAY, Micros

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MONTH: Micros = 2_629_800 * 1_000_000
"""One twelfth of a Julian year in microseconds: months of equal length, so that they are whole-number arithmetic
on every database."""

HALF_LIFE_DAYS = 365.0
"""After a year without contact half of the familiarity is left. An assumption; no offline truth is known for it."""

AUTHORING, REVIEWING, PAIRING, DOCUMENTS, COMBINING = WAYS = range(5)


@dataclass(frozen=True, slots=True)
class Cells:
    """Monthly contact, columns of equal length. `weight` is in thousandths of one change."""

    asset: Ints
    person: Ints
    month: Ints
    way: Ints
    events: Ints
    weight: Ints
    last_t: Ints

    def __len__(self) -> int:
        return len(self.asset)

    def until(self, instant: Micros) -> Cells:
        """The cells of the months that had begun at `instant`."""
        return self.where(self.month <= instant // MONTH)

    def where(self, rows: npt.NDArray[np.bool_] | Ints) -> Cells:
        """The cells picked by a mask, or by their positions in a new order."""
        return Cells(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Holdings:
    """One row for each person × asset with any contact, sorted by asset, then person.

    familiarity  decayed weight in changes, at the instant asked for
    ways         (rows, 5) number of events by authoring, reviewing, pairing, writing documents, combining them
    first_month, last_t  when contact began and when it was last seen
    """

    asset: Ints
    person: Ints
    familiarity: Floats
    ways: Ints
    first_month: Ints
    last_t: Ints

    def __len__(self) -> int:
        return len(self.asset)

    @property
    def events(self) -> Ints:
        total: Ints = self.ways.sum(axis=1)
        return total


def decay(cells: Cells, at: Micros, half_life_days: float = HALF_LIFE_DAYS) -> Floats:
    """The share of each cell's weight that is left at `at`; work counts from the middle of its month."""
    middle = cells.month * MONTH + MONTH // 2
    age_days = np.maximum(at - middle, 0) / DAY
    left: Floats = np.exp2(-age_days / half_life_days)
    return left


def hold(cells: Cells, at: Micros, half_life_days: float = HALF_LIFE_DAYS) -> Holdings:
    """Familiarity of every person with every asset at `at`, from the cells up to then.

    K(p, a) = Σ weight / 1000 · 2^(−age / half-life), exponential decay of evidence as in the expertise model of
    JetBrains' Bus Factor Explorer (Jabrayilzade et al., ICSE-SEIP 2022).
    """
    cells = cells.until(at)
    if not len(cells):
        empty = np.zeros(0, np.int64)
        return Holdings(empty, empty, np.zeros(0), np.zeros((0, len(WAYS)), np.int64), empty, empty)
    cells = in_order(cells)
    starts = pair_starts(cells.asset, cells.person)
    left = cells.weight / 1000.0 * decay(cells, at, half_life_days)
    ways = np.zeros((len(cells), len(WAYS)), np.int64)
    ways[np.arange(len(cells)), cells.way] = cells.events
    return Holdings(
        asset=cells.asset[starts],
        person=cells.person[starts],
        familiarity=np.add.reduceat(left, starts),
        ways=np.add.reduceat(ways, starts, axis=0),
        first_month=np.minimum.reduceat(cells.month, starts),
        last_t=np.maximum.reduceat(cells.last_t, starts),
    )


def in_order(cells: Cells) -> Cells:
    """The cells by asset, then person, then everything else; the same object when they are in order already.

    The order is complete, so that sums of floats come out alike whatever order the rows were read in.
    """
    keys = (cells.asset, cells.person, cells.month, cells.way, cells.weight, cells.last_t)
    before = np.zeros(max(len(cells) - 1, 0), np.bool_)
    equal = ~before
    for key in keys:
        before |= equal & (key[:-1] < key[1:])
        equal &= key[:-1] == key[1:]
    return cells if (before | equal).all() else cells.where(np.lexsort(keys[::-1]))


def pair_starts(*keys: Ints) -> Ints:
    """Where a new combination of the sorted `keys` begins."""
    changed = np.zeros(len(keys[0]), np.bool_)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(changed)
