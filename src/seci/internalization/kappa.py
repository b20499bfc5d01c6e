"""Agreement with the panel beyond chance, with a lower bound that can be trusted at small n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# One-sided 95 %.
Z = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa (1960) of two sequences of verdicts on the same cases.

    n          cases
    agreement  share of cases with the same verdict
    chance     share that margins alone would make agree
    kappa      (agreement - chance) / (1 - chance); None when chance is 1: nothing could be told apart
    lower      one-sided 95 % lower bound, None like kappa
    """

    n: int
    agreement: float
    chance: float
    kappa: float | None
    lower: float | None

    def is_above(self, threshold: float) -> bool:
        return self.lower is not None and self.lower > threshold


def kappa(given: Sequence[str], key: Sequence[str]) -> Kappa | None:
    """Kappa with a Wilson-type bound: the Wilson lower bound of the agreement put in place of the agreement.

    The usual (asymptotic) interval of kappa is right only 77 % of the time at kappa .9 and 20 cases; this one kept
    at least 94 % at 15 to 100 cases (`python -m benchmarks.kappa`). None without a case. Pairs beyond the shorter
    sequence are an error of the caller: ValueError.
    """
    pairs = list(zip(given, key, strict=True))
    if not pairs:
        return None
    n = len(pairs)
    agreement = sum(one == other for one, other in pairs) / n
    mine, theirs = Counter(given), Counter(key)
    chance = sum(mine[verdict] * theirs[verdict] for verdict in mine) / n**2
    if chance >= 1:
        return Kappa(n, agreement, chance, None, None)
    low = wilson_lower(agreement, n)
    return Kappa(n, agreement, chance, (agreement - chance) / (1 - chance), (low - chance) / (1 - chance))


def wilson_lower(share: float, n: int) -> float:
    """One-sided 95 % lower bound of a share (E. B. Wilson, JASA 1927)."""
    middle = share + Z * Z / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, (middle - reach) / (1 + Z * Z / n))
