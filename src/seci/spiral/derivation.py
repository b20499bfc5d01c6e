"""From contact cells to everything that is shown about assets: pure, so that a replay gives what a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from seci.kit.clock import Micros
from seci.spiral import coverage, demand
from seci.spiral.coverage import Readings
from seci.spiral.familiarity import Cells, Floats, Holdings, Ints, hold
from seci.spiral.horizon import Horizon
from seci.spiral.presence import Presence, presence


@dataclass(frozen=True, slots=True)
class State:
    """The house at one instant; `files` and `demand` have one row for each of `assets`."""

    at: Micros
    assets: Ints
    files: Ints
    demand: Floats
    holdings: Holdings
    presence: Presence

    def held(self) -> Floats:
        """For each holding, familiarity on the 0 to 1 scale of its asset."""
        k0 = coverage.half_contact(self.files)[np.searchsorted(self.assets, self.holdings.asset)]
        return coverage.held(self.holdings.familiarity, k0)

    def readings(self, draws: int = coverage.DRAWS) -> Readings:
        return coverage.read(self.holdings, self.presence, self.assets, self.files, self.demand, self.at, draws=draws)


def derive(
    cells: Cells, live_files: Mapping[int, int], exits: Mapping[int, Micros], at: Micros, horizon: Horizon
) -> State:
    """Everything known at `at`. `live_files` by asset (missing means none were read), `exits` by person."""
    assets = np.unique(cells.asset)
    return State(
        at=at,
        assets=assets,
        files=np.array([live_files.get(int(asset), 0) for asset in assets], np.int64),
        demand=demand.weekly(cells, assets, at, horizon),
        holdings=hold(cells, at),
        presence=presence(cells, at, horizon, exits),
    )
