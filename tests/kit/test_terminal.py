"""What commands share in print."""

from __future__ import annotations

import pytest

from seci.kit.figures import Figure
from seci.kit.terminal import interval


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.41, 0.79, " [41%, 79%]"), (0.41, None, " [at least 41%]"), (None, 0.79, " [at most 79%]"), (None, None, "")],
)
def test_an_interval_says_the_ends_it_has(low: float | None, high: float | None, said: str) -> None:
    assert interval(Figure(0.6, 12, low, high), ".0%") == said
