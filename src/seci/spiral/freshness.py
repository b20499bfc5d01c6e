"""How long an asset, or someone's contact with it, stays fresh: nothing is green for ever."""

from __future__ import annotations

from typing import Literal

from seci.kit.clock import DAY, Micros

Freshness = Literal["fresh", "fading", "stale", "unknown"]

HALF_LIVES: dict[str, int] = {"accuracy": 197, "speed": 395, "mixed": 335}
"""Days after which half of a gain is gone without use, by class of task (Tatel and Ackerman, meta-analysis of skill
decay; measured on tasks with a motor component, carried over to knowledge work as an assumption)."""


def freshness(last_t: Micros | None, at: Micros, decay: str = "mixed") -> Freshness:
    """Fresh within half a half-life of the last contact, fading within a whole one, stale after it."""
    if last_t is None:
        return "unknown"
    age = (at - last_t) / DAY
    half_life = HALF_LIVES[decay]
    if age < half_life / 2:
        return "fresh"
    return "fading" if age < half_life else "stale"
