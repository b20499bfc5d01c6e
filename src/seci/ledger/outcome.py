"""How it went: the outcome of an event that was scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.kit.errors import BadInput

Aid = Literal["none", "artifact", "person"]

# The codes that are stored.
AIDS: tuple[Aid, ...] = ("none", "artifact", "person")

CALM, SUPERVISED, ALONE, HIGH_STAKES = range(4)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of how it went; None is unknown, never 0.

    score       0 (failed) to 1 (all right)
    pressure    0 calm (exercise), 1 supervised, 2 real and alone, 3 incident or high stakes
    aid         with what help: none, the artifact, a person
    difficulty  0 to 1
    hours       how long it took

    Raises BadInput for a value outside its range.
    """

    score: float | None = None
    pressure: int | None = None
    aid: Aid | None = None
    difficulty: float | None = None
    hours: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("score", self.score), ("difficulty", self.difficulty)):
            if value is not None and not 0 <= value <= 1:
                raise BadInput(f"The {name} of an outcome goes from 0 to 1; {value:g} is outside.")
        if self.pressure is not None and self.pressure not in range(4):
            raise BadInput(f"The pressure of an outcome is 0, 1, 2 or 3; {self.pressure} is not.")
        if self.aid is not None and self.aid not in AIDS:
            raise BadInput(f"The aid of an outcome is none, artifact or person; {self.aid} is not.")
        if self.hours is not None and not 0 <= self.hours < float("inf"):
            raise BadInput(f"The hours of an outcome are 0 or more; {self.hours:g} is not.")
