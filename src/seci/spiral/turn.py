"""How far the current turn of the spiral has come, mode by mode.

Reach is a share of people: of those who ever had contact with the asset, how many took part in this mode.
Presence of practice is not proof of skill, so internalization counts as reached only by those who were tested
under pressure; practice alone is told apart as `practised`.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

Letter = Literal["S", "E", "C", "I"]
LETTERS: tuple[Letter, ...] = ("S", "E", "C", "I")
MODE_NAMES: dict[str, str] = {
    "S": "Socialization",
    "E": "Externalization",
    "C": "Combination",
    "I": "Internalization",
}
# A mode in which at least this share of an asset's people took part has been reached.  [proposal]
REACHED = 0.25


@dataclass(frozen=True, slots=True)
class Arc:
    """One quarter of a turn.

    reach      share 0..1 with evidence that counts; None is unknown
    practised  share 0..1 that practised without a test; only internalization has it
    people     how many people stand behind `reach`, of how many (`of`)
    """

    mode: Letter
    reach: float | None
    practised: float = 0.0
    people: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """The turns an asset has closed and the four quarters of the one it is in, in the order S, E, C, I."""

    closed: int
    arcs: tuple[Arc, Arc, Arc, Arc]

    @property
    def waits_for(self) -> Letter:
        """The first mode of the turn that has not been reached."""
        return next((arc.mode for arc in self.arcs if (arc.reach or 0.0) < REACHED), "I")

    @property
    def known(self) -> bool:
        return any(arc.reach is not None for arc in self.arcs)


def turn_of(
    people: int, *, talked: int, wrote: int, combined: int, practised: int, tested: int = 0, closed: int = 0
) -> Turn:
    """The turn of one asset from counts of people: all with contact, and those in each mode."""
    if people <= 0:
        unknown = tuple(Arc(mode, None) for mode in LETTERS)
        return Turn(closed, (unknown[0], unknown[1], unknown[2], unknown[3]))

    def arc(mode: Letter, count: int, practising: int = 0) -> Arc:
        return Arc(mode, min(1.0, count / people), min(1.0, practising / people), count, people)

    return Turn(
        closed,
        (arc("S", talked), arc("E", wrote), arc("C", combined), arc("I", tested, practised)),
    )


def median_turn(turns: tuple[Turn, ...]) -> Turn:
    """The turn of the median asset: each quarter is the median over the assets for which it is known."""
    arcs: list[Arc] = []
    for place, mode in enumerate(LETTERS):
        known = [turn.arcs[place] for turn in turns if turn.arcs[place].reach is not None]
        reached = sum(1 for arc in known if (arc.reach or 0.0) >= REACHED)
        arcs.append(
            Arc(
                mode,
                median([arc.reach or 0.0 for arc in known]) if known else None,
                median([arc.practised for arc in known]) if known else 0.0,
                reached,
                len(known),
            )
        )
    closed = int(median([turn.closed for turn in turns])) if turns else 0
    return Turn(closed, (arcs[0], arcs[1], arcs[2], arcs[3]))
