"""A number that may be shown: its value, what it rests on, how sure it is, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
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
