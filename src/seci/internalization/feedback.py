"""What a learner sees after committing, and what was seen and missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reveal:
    """What came of an answer, shown only after it was committed.

    basis       panel, verdicts (of an elicitation), artifact or author: what the key rests on
    agreement   share of the experts who chose the key; None is unknown. n experts
    shares      (option, how many experts chose it); empty unless two or more did
    parted      the node where the way to the learner's option leaves the way of this case, in words; "" when it does
                not, or where that cannot be said
    path        the nodes on the way of this case, in words
    seen        cues of the case that the learner named, missed those not named
    minority    (option, reason) of the strongest reason against the key
    level, why  where the learner stands on the pattern now, and by which rule
    stands      why the key stands although it was challenged: the reasons of whoever decided
    away_ms     how long an interruption took; None: there was none, or it was never answered
    kept        whether the number was kept in mind; None: there was none, or none was given
    """

    attempt: int
    case: int
    title: str
    option: str
    key: str
    right: bool
    basis: str
    agreement: float | None
    n: int
    shares: tuple[tuple[str, int], ...]
    parted_node: str
    parted: str
    path: tuple[str, ...]
    seen: tuple[str, ...]
    missed: tuple[str, ...]
    minority: tuple[str, str] | None
    over_time: bool
    looked_up: bool
    level: int
    why: str
    missing: str
    coach: bool
    next_time: str = ""
    stands: tuple[str, ...] = ()
    away_ms: int | None = None
    kept: bool | None = None


def cues_seen(said: str, cues: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the case's cues the learner's words name, and which they do not."""
    words = said.casefold()
    seen = tuple(cue for cue in cues if words.strip() and (cue.casefold() in words or words.strip() in cue.casefold()))
    return seen, tuple(cue for cue in cues if cue not in seen)
