"""On which days waiting patterns are taken up: a backlog is spread, easy days get half. Pure.

After an absence everything is due at once; a round holds only so much. What is least remembered and most at stake
comes first, which is what users of spaced repetition ask for (open-spaced-repetition/fsrs4anki-helper 346, 383).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from seci.internalization.round import LENGTH
from seci.kit.clock import EPOCH

# A round chooses half of its cases by need.
PATTERNS_A_DAY = LENGTH // 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pattern, the day (since the epoch) from which it is due, and how much it presses: stake × (1 - recall)."""

    pattern: int
    due: int
    pressing: float


def weekday(day: int) -> int:
    """0 is Monday."""
    return (EPOCH + timedelta(days=day)).weekday()


def length_of(day: int, easy: Iterable[int], whole: int = LENGTH) -> int:
    """How many cases a round of that day has."""
    return whole // 2 if weekday(day) in set(easy) else whole


def spread(waiting: Sequence[Waiting], today: int, easy: Iterable[int] = ()) -> dict[int, int]:
    """{pattern: the day on which it is taken up}: never before it is due, never more on a day than it holds."""
    quiet, planned, day = frozenset(easy), dict[int, int](), today
    left = sorted(waiting, key=lambda one: (-one.pressing, one.due, one.pattern))
    while left:
        holds = length_of(day, quiet, PATTERNS_A_DAY)
        now = [one for one in left if one.due <= day][:holds]
        planned |= {one.pattern: day for one in now}
        taken = {one.pattern for one in now}
        left = [one for one in left if one.pattern not in taken]
        soonest = min((one.due for one in left), default=day)
        day = max(day + 1, soonest)
    return planned
