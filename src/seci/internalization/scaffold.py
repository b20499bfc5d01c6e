"""How much help a learner has on a pattern, and when it is taken away or given back.

Levels fade from the worked case to real work (Barbieri et al. 2023; expertise reversal, Tetzlaff et al. 2025). The
rules for going up and down are a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from seci.internalization.calibration import GREATEST_BIAS, calibration

LAST = 5
RIGHT_OF_LAST = 4
FEWEST_DAYS = 2
MISSES_DOWN = 2
DOWNS_TO_COACH = 2
BEGINS = "This is where everybody begins."


class Level(IntEnum):
    """WORKED: solved before one's eyes. COMPLETION: the last step is blank. ON_REQUEST: the artifact may be opened,
    each look is counted. CLOSED: unaided, untimed. PRESSURE: unaided, timed, loaded. REAL: on real work."""

    WORKED = 0
    COMPLETION = 1
    ON_REQUEST = 2
    CLOSED = 3
    PRESSURE = 4
    REAL = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One attempt at a pattern, as the rules see it. `day` counts whole days; `confidence` is 0 to 1 or None."""

    level: Level
    right: bool
    day: int
    looked_up: bool = False
    confidence: float | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands on a pattern.

    why      the rule that put them there, in a sentence for the learner
    coach    two falls from one level: a person should help, and the node of the artifact is suspect
    missing  what is still needed to go up, in a sentence; "" at the top
    """

    level: Level
    why: str
    coach: bool = False
    missing: str = ""


def standing(steps: Sequence[Step], start: Level = Level.WORKED) -> Standing:
    """The level after a history of attempts, oldest first; only attempts at the level of the time move it.

    L5 is reached from L4 and is left only by a miss on real work.
    """
    level, why, since = start, BEGINS, list[Step]()
    falls: dict[Level, int] = {}
    for step in steps:
        if step.level is not level:
            continue
        since.append(step)
        if fallen := _falls(since):
            falls[level] = falls.get(level, 0) + 1
            level, why, since = Level(max(level - 1, 0)), fallen, []
        elif level < Level.REAL and not _lacks(since):
            level, why, since = Level(level + 1), _risen(since), []
    coach = any(count >= DOWNS_TO_COACH for count in falls.values())
    return Standing(level, why, coach, "" if level is Level.REAL else _lacks(since))


def _falls(since: Sequence[Step]) -> str:
    last = since[-1]
    if last.level is Level.WORKED or last.right:
        return ""
    if last.critical:
        return "A critical case was missed, so there is more help again."
    if len(since) >= MISSES_DOWN and not any(step.right for step in since[-MISSES_DOWN:]):
        return "Two in a row were missed, so there is more help again."
    return ""


def _lacks(since: Sequence[Step]) -> str:
    """What keeps a learner at a level, "" when nothing does."""
    recent = since[-LAST:]
    right = sum(step.right for step in recent)
    if right < RIGHT_OF_LAST:
        return f"{RIGHT_OF_LAST - right} more right of the last {LAST}"
    if len({step.day for step in recent}) < FEWEST_DAYS:
        return "the same on another day"
    if any(step.looked_up for step in recent):
        return f"the last {LAST} without looking anything up"
    sure = calibration([(step.confidence, step.right) for step in recent if step.confidence is not None])
    if sure is not None and sure.bias > GREATEST_BIAS:
        return "confidence nearer to how often it is right"
    return ""


def _risen(since: Sequence[Step]) -> str:
    recent = since[-LAST:]
    days = len({step.day for step in recent})
    return f"{sum(step.right for step in recent)} of the last {len(recent)} were right, on {days} days, without help."
