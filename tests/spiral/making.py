"""Cells and moments for tests of pure arithmetic."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from seci.spiral.familiarity import MONTH, Cells

NOW = 660 * MONTH + MONTH // 2

Row = tuple[int, int, int, int, int, int]
"""asset, person, months ago, way, events, weight in thousandths"""


def cells(rows: list[Row]) -> Cells:
    table = np.array(
        [
            (asset, person, NOW // MONTH - ago, way, events, weight, (NOW // MONTH - ago) * MONTH + 1)
            for asset, person, ago, way, events, weight in rows
        ],
        np.int64,
    ).reshape(-1, 7)
    return Cells(*table.T.copy())


row = st.tuples(
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(0, 40),
    st.integers(0, 4),
    st.integers(1, 9),
    st.integers(100, 9000),
)
rows = st.lists(row, min_size=1, max_size=40)
