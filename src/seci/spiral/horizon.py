"""Until when a history tells: a clone that ends in May says of nobody, and of nothing, what came after May."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral.familiarity import Cells, Ints

NEVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Horizon:
    """For each asset that lies in repositories (sorted), the newest event of all of them.

    What lies in none is told by people here and now: it has no end.
    """

    asset: Ints
    until: Ints

    @classmethod
    def of(cls, sources_of: Mapping[int, Collection[int]], ends: Mapping[int, Micros]) -> Horizon:
        """From the repositories of each asset and the newest event of each repository."""
        until = {
            asset: max(told)
            for asset, sources in sorted(sources_of.items())
            if (told := [ends[source] for source in sources if source in ends])
        }
        return cls(np.array(list(until), np.int64), np.array(list(until.values()), np.int64))

    @classmethod
    def none(cls) -> Horizon:
        """Everything is told of until now."""
        return cls.of({}, {})

    def of_assets(self, assets: Ints, at: Micros) -> Ints:
        """Until when the history of each of `assets` tells, at most `at`."""
        until = np.full(len(assets), at, np.int64)
        if len(self.asset):
            row = np.minimum(np.searchsorted(self.asset, assets), len(self.asset) - 1)
            known = self.asset[row] == assets
            until[known] = np.minimum(self.until[row[known]], at)
        return until

    def of_people(self, cells: Cells, at: Micros) -> tuple[Ints, Ints]:
        """(person sorted, until when we would know of them): the newest event of any repository they worked in.

        Somebody who was seen later than that, in what is said and written here, is known of until then.
        """
        person, row = np.unique(cells.person, return_inverse=True)
        until = np.zeros(len(person), np.int64)
        np.maximum.at(until, row, np.maximum(self.of_assets(cells.asset, at), np.minimum(cells.last_t, at)))
        return person, until
