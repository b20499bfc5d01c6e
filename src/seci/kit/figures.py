"""A number that may be shown: its value, what it rests on, how sure it is, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

Status = Literal["validated", "established part", "proposal"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its sample size, interval and validation status.

    value     None means unknown; it never means zero.
    n         how many events (or other units, as `of` says) it rests on
    low, high the ends of the interval at `level`; None where no interval is defined
    of        what n counts
    unit      unit of value, low and high
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    level: float = 0.8
    of: str = "events"
    unit: str = ""
    status: Status = "proposal"

    @property
    def known(self) -> bool:
        return self.value is not None

    @classmethod
    def unknown(cls, n: int = 0, *, of: str = "events", unit: str = "", status: Status = "proposal") -> Figure:
        return cls(None, n, of=of, unit=unit, status=status)


def share(successes: int, n: int, *, of: str, status: Status = "proposal", level: float = 0.8) -> Figure:
    """A share with its Wilson score interval (E. B. Wilson, JASA 1927); unknown for n = 0."""
    if n == 0:
        return Figure.unknown(of=of, unit="share", status=status)
    z = NormalDist().inv_cdf((1 + level) / 2)
    p = successes / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = max(0.0, min(p, middle - reach)), min(1.0, max(p, middle + reach))
    return Figure(p, n, low, high, level=level, of=of, unit="share", status=status)
