"""When a pattern comes back: FSRS-6 for each learner and pattern, in whole days, graded by behavior.

The card belongs to the pattern, never to a case: what is remembered is the judgement, and every case is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from seci.kit.clock import DAY, Micros, from_datetime, to_datetime

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION, RETENTION_CRITICAL = 0.90, 0.95
UNSURE, SURE = 0.6, 0.8
LAPSED = 0.7


class Grade(IntEnum):
    """FSRS's ratings, given by what was done and never by the learner."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def grade(
    right: bool,
    *,
    looked_up: bool = False,
    over_time: bool = False,
    confidence: float | None = None,
    latency: float | None = None,
) -> Grade:
    """Wrong is Again; right with a look-up, over time or unsure is Hard; right, fast and sure is Easy; else Good.

    confidence  0 to 1; None was not asked
    latency     over the panel's median; None is unknown, and then nothing is Easy
    """
    if not right:
        return Grade.AGAIN
    if looked_up or over_time or (confidence is not None and confidence < UNSURE):
        return Grade.HARD
    if latency is not None and latency < 1 and confidence is not None and confidence >= SURE:
        return Grade.EASY
    return Grade.GOOD


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a pattern: FSRS's stability (days until R falls to .9), difficulty 1 to 10, and dates."""

    stability: float
    difficulty: float
    last: Micros
    due: Micros


def review(memory: Memory | None, given: Grade, at: Micros, *, critical: bool = False) -> Memory:
    """Memory after an attempt. A pattern tried twice within a day moves FSRS's short-term terms only."""
    from fsrs import Rating

    card, _ = _scheduler(critical).review_card(_card(memory, at), Rating(int(given)), to_datetime(at))
    if card.stability is None or card.difficulty is None:
        raise ValueError("FSRS gave a card without stability or difficulty")
    return Memory(card.stability, card.difficulty, at, from_datetime(card.due))


def recall(memory: Memory | None, at: Micros) -> float | None:
    """Probability that it is still there; None for a pattern never tried. Within a day of the last attempt it is 1."""
    if memory is None:
        return None
    return float(_scheduler(False).get_card_retrievability(_card(memory, at), to_datetime(at)))


def recalls(memories: Sequence[Memory | None], at: Micros) -> list[float | None]:
    """`recall` of many at once, a hundred times as fast."""
    kept = [memory for memory in memories if memory is not None]
    decay = -_scheduler(False).parameters[20]
    days = np.maximum(0, (at - np.array([memory.last for memory in kept], dtype=np.int64)) // DAY)
    stability = np.array([memory.stability for memory in kept], dtype=np.float64)
    found = iter(((1 + (0.9 ** (1 / decay) - 1) * days / stability) ** decay).tolist())
    return [None if memory is None else next(found) for memory in memories]


def weaken(memory: Memory, part: float = 0.5) -> Memory:
    """A pattern whose node was changed: what was learned holds in part only, and it is due at once."""
    return Memory(memory.stability * part, memory.difficulty, memory.last, memory.last)


@cache
def _scheduler(critical: bool) -> Scheduler:
    from fsrs import Scheduler

    # Days, as a team works: no learning steps within one; no fuzz, so that the same history gives the same dates.
    return Scheduler(
        desired_retention=RETENTION_CRITICAL if critical else RETENTION,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )


def _card(memory: Memory | None, at: Micros) -> Card:
    from fsrs import Card, State

    if memory is None:
        return Card(card_id=1, due=to_datetime(at))
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=to_datetime(memory.due),
        last_review=to_datetime(memory.last),
    )
