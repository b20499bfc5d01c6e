"""How evenly contact with an asset is spread over people, in the field's usual readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seci.spiral.familiarity import Floats


@dataclass(frozen=True, slots=True)
class Concentration:
    """absence_factor  fewest people who make half of the contact (CHAOSS Contributor Absence Factor)
    top_share       share of the person with most contact
    gini            0 even, towards 1 all with one person
    entropy         Shannon entropy over its maximum, 1 even; None for fewer than two people
    """

    absence_factor: int
    top_share: float
    gini: float
    entropy: float | None


def concentration(amounts: Floats) -> Concentration | None:
    """Readings over the positive `amounts`, one for each person; None where there are none."""
    amounts = np.sort(amounts[amounts > 0])[::-1]
    n = len(amounts)
    if not n:
        return None
    shares = amounts / amounts.sum()
    running = np.cumsum(shares)
    ranks = np.arange(n, 0, -1)
    return Concentration(
        absence_factor=int(np.searchsorted(running, 0.5 - 1e-12) + 1),
        top_share=float(shares[0]),
        gini=float(max(0.0, 2 * (ranks * shares).sum() / n - (n + 1) / n)),
        entropy=float(-(shares * np.log(shares)).sum() / np.log(n)) if n > 1 else None,
    )
