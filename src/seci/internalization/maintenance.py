"""What keeps alive what has passed: three spaced checks in the first month, then as memory says. Pure."""

from __future__ import annotations

from seci.kit.clock import DAY, Micros

AFTER_DAYS = (7, 14, 28)
# A check is short, and presses twice as much as what is merely due.
LENGTH = 6
WEIGHT = 2.0


def next_check(passed: Micros, last: Micros | None) -> Micros | None:
    """When the next check after passing is due; None once all three lie behind.

    passed  when the last gate was met
    last    when the pattern was last practised; None: never since
    """
    return next((day for after in AFTER_DAYS if (last or 0) < (day := passed + after * DAY)), None)


def due(by_memory: Micros, passed: Micros | None, last: Micros) -> Micros:
    """When a pattern is due: by memory, or earlier where a check is."""
    check = None if passed is None else next_check(passed, last)
    return by_memory if check is None else min(by_memory, check)


def is_check(passed: Micros | None, last: Micros | None, at: Micros) -> bool:
    """Whether a check is due now."""
    check = None if passed is None else next_check(passed, last)
    return check is not None and check <= at
