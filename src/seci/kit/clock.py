"""The one clock. Instants are whole microseconds since the epoch, UTC; days are whole days since the epoch."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

Micros = int
SECOND: Micros = 1_000_000
DAY: Micros = 86_400 * SECOND
EPOCH = date(1970, 1, 1)


def now() -> Micros:
    return time.time_ns() // 1_000


def today() -> date:
    return to_datetime(now()).date()


def stopwatch() -> float:
    """Seconds on a clock that never runs backwards; only differences mean anything."""
    return time.perf_counter()


def to_datetime(instant: Micros) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)


def from_datetime(moment: datetime) -> Micros:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed on the time line")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def from_date(day: date) -> Micros:
    return (day - EPOCH).days * DAY


def to_date(instant: Micros) -> date:
    return EPOCH + timedelta(days=instant // DAY)
