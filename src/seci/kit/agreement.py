"""Agreement of several raters on the same things: Krippendorff's alpha.

Alpha is 1 − observed ÷ expected disagreement: 1 all agree, 0 no better than chance, below 0 worse. Missing ratings are
allowed. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); the interval is a percentile bootstrap over
the things rated. Rule of thumb of the author: rely on .800 and above, .667 and above for tentative conclusions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seci.kit.figures import Figure
from seci.kit.ids import seeded

Rating = str | float | bool | None
Ratings = Sequence[Sequence[Rating]]
Level = Literal["nominal", "ordinal"]
Floats = NDArray[np.float64]

DRAWS = 1000


def alpha(ratings: Ratings, level: Level = "nominal", order: Sequence[Rating] = ()) -> float | None:
    """Krippendorff's alpha of raters × things; None is a missing rating.

    order  the values from low to high for "ordinal"; without it, numbers by size and words by alphabet

    None where nothing can be said: no thing has two ratings, or all ratings are the same value.
    """
    counts, _ = _counted(ratings, order)
    return _alpha(counts, level)


def agreement(
    ratings: Ratings, level: Level = "nominal", order: Sequence[Rating] = (), *, seed: object = 0, sure: float = 0.8
) -> Figure:
    """Alpha with its interval; n counts the things that two or more have rated. Unknown where alpha is."""
    counts, _ = _counted(ratings, order)
    n = int((counts.sum(axis=1) >= 2).sum())
    value = _alpha(counts, level)
    if value is None:
        return Figure.unknown(n, of="things rated by two or more", unit="alpha")
    counts = counts[counts.sum(axis=1) >= 2]
    draw = seeded("agreement", seed, n)
    drawn = [found for _ in range(DRAWS) if (found := _alpha(counts[draw.choices(range(n), k=n)], level)) is not None]
    low, high = (
        np.quantile(drawn, [(1 - sure) / 2, (1 + sure) / 2]) if len(drawn) >= DRAWS / 2 and n >= 3 else (None, None)
    )
    return Figure(
        value, n, None if low is None else float(low), None if high is None else float(high), level=sure,
        of="things rated by two or more", unit="alpha", status="validated",
    )  # fmt: skip


def _counted(ratings: Ratings, order: Sequence[Rating]) -> tuple[Floats, list[Rating]]:
    """Things × values: how many raters gave that value."""
    found = {one for rater in ratings for one in rater if one is not None}
    values = [*order, *sorted(found - set(order), key=lambda one: (isinstance(one, str), one))]
    place = {value: at for at, value in enumerate(values)}
    counts = np.zeros((max((len(rater) for rater in ratings), default=0), len(values)))
    for rater in ratings:
        for thing, one in enumerate(rater):
            if one is not None:
                counts[thing, place[one]] += 1
    return counts, values


def _alpha(counts: Floats, level: Level) -> float | None:
    paired = counts[counts.sum(axis=1) >= 2]
    if not len(paired):
        return None
    raters = paired.sum(axis=1)
    weighted = paired / (raters - 1)[:, None]
    coincidences = weighted.T @ paired - np.diag(weighted.sum(axis=0))
    totals = coincidences.sum(axis=0)
    n = totals.sum()
    apart = _apart(totals, level)
    expected = float((np.outer(totals, totals) * apart).sum() / (n - 1))
    return 1 - float((coincidences * apart).sum()) / expected if expected > 0 else None


def _apart(totals: Floats, level: Level) -> Floats:
    """How far two values are apart, squared; on a scale by the ratings that lie between them."""
    if level == "nominal":
        return 1 - np.eye(len(totals))
    upto = np.cumsum(totals)
    middle = upto - totals / 2
    far: Floats = (middle[:, None] - middle[None, :]) ** 2
    return far
