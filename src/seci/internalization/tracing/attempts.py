"""A log of attempts, a column at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.kit.errors import BadInput
from seci.kit.ids import seeded

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Attempts:
    """Attempts of learners on items; each item exercises one skill (here: a case and its pattern).

    Columns of one length, in the order of the attempts of each learner; learners stand one after the other.
    user, item, skill   numbers from 0
    correct             0 or 1
    """

    user: Ints
    item: Ints
    skill: Ints
    correct: Ints

    def __len__(self) -> int:
        return len(self.user)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Attempts:
        return Attempts(self.user[chosen], self.item[chosen], self.skill[chosen], self.correct[chosen])

    def rows(self) -> list[tuple[int, int, int, int]]:
        """(user, item, skill, correct) as plain integers: twice as fast to walk through as arrays."""
        columns = (self.user, self.item, self.skill, self.correct)
        return list(zip(*(column.tolist() for column in columns), strict=True))


def attempts(
    user: Sequence[int] | Ints,
    item: Sequence[int] | Ints,
    skill: Sequence[int] | Ints,
    correct: Sequence[int] | Ints,
    timestamp: Sequence[int] | Ints | None = None,
) -> Attempts:
    """Attempts in any order; sorted by learner and time, those of one moment stay as they came.

    Raises BadInput for columns of different length, numbers below 0, and verdicts that are neither 0 nor 1.
    """
    columns = [np.asarray(column, dtype=np.int64) for column in (user, item, skill, correct)]
    if len({len(column) for column in columns}) != 1 or (timestamp is not None and len(timestamp) != len(columns[0])):
        raise BadInput("The columns of a log of attempts have different lengths; each attempt needs every column.")
    if any((column < 0).any() for column in columns):
        raise BadInput("A log of attempts has a number below 0; users, items and skills are numbered from 0.")
    if (columns[3] > 1).any():
        raise BadInput("A log of attempts says neither 0 nor 1 in `correct`; a verdict is right (1) or wrong (0).")
    times = np.zeros(len(columns[0]), dtype=np.int64) if timestamp is None else np.asarray(timestamp, dtype=np.int64)
    order = np.lexsort((times, columns[0]))
    return Attempts(*(column[order] for column in columns))


def folds(log: Attempts, count: int, seed: int) -> Ints:
    """A fold for each attempt, so that all attempts of one learner are in the same fold."""
    learners, place = np.unique(log.user, return_inverse=True)
    drawn = [number % count for number in range(len(learners))]
    seeded("folds", seed).shuffle(drawn)
    return np.array(drawn, dtype=np.int64)[place]
