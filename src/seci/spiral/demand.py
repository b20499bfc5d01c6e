"""How often an asset is needed, read off how often it is changed."""

from __future__ import annotations

import numpy as np

from seci.kit.clock import Micros
from seci.spiral.familiarity import AUTHORING, DOCUMENTS, MONTH, Cells, Floats, Ints
from seci.spiral.horizon import Horizon

WEEKS_PER_YEAR = 365.25 / 7


def weekly(cells: Cells, assets: Ints, at: Micros, horizon: Horizon) -> Floats:
    """λ: changes a week to each of `assets` (sorted) over the last twelve months up to `at` that are told of."""
    now = horizon.of_assets(cells.asset, at) // MONTH
    recent = (
        (cells.month > now - 12)
        & (cells.month <= at // MONTH)
        & ((cells.way == AUTHORING) | (cells.way == DOCUMENTS))
        & np.isin(cells.asset, assets)
    )
    changes = np.bincount(np.searchsorted(assets, cells.asset[recent]), cells.events[recent], minlength=len(assets))
    rate: Floats = changes / WEEKS_PER_YEAR
    return rate
