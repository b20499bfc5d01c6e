"""The ownership ladder: sandbox, supervised, incident, owner, each step with the evidence behind it.

The rules say what speaks for a step; a person decides it, and may decide otherwise with a reason. What counts is
work done, never a test score. The numbers are a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from seci.internalization.runs.transfer import Decision, transfer
from seci.kit.clock import DAY
from seci.ledger.outcome import ALONE, CALM, HIGH_STAKES, SUPERVISED


class Rung(IntEnum):
    """SANDBOX: exercises. SUPERVISED: real work beside somebody who knows. INCIDENT: alone, incidents too.
    OWNER: answers for it."""

    SANDBOX = 0
    SUPERVISED = 1
    INCIDENT = 2
    OWNER = 3

    @property
    def word(self) -> str:
        return self.name.lower()


EXERCISES = 3
SUPERVISED_RUNS = 5
RIGHT_OF_LAST_FIVE = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """One condition of a step: what it asks, what there is, and whether that suffices."""

    asks: str
    there: str
    met: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The step to `rung` and what speaks for it; no grounds at the top."""

    rung: Rung
    grounds: tuple[Ground, ...]

    @property
    def is_ready(self) -> bool:
        return bool(self.grounds) and all(one.met for one in self.grounds)


def next_step(rung: Rung, decisions: Sequence[Decision]) -> Step:
    """What the step above this rung asks, and what these decisions of one person show of it."""
    ordered = sorted(decisions, key=lambda one: one.at)
    if rung == Rung.SANDBOX:
        return Step(Rung.SUPERVISED, _out_of_the_sandbox(ordered))
    if rung == Rung.SUPERVISED:
        return Step(Rung.INCIDENT, _alone(ordered))
    if rung == Rung.INCIDENT:
        return Step(Rung.OWNER, _owning(ordered))
    return Step(Rung.OWNER, ())


def _out_of_the_sandbox(decisions: Sequence[Decision]) -> tuple[Ground, ...]:
    tried = [one for one in decisions if one.pressure == CALM]
    days = {one.at // DAY for one in tried}
    clean = sum(not one.omissions and one.went is not False for one in tried[-2:])
    return (
        Ground(f"{EXERCISES} exercises", f"{len(tried)}", len(tried) >= EXERCISES),
        Ground("on two days or more", f"{len(days)}", len(days) >= 2),
        Ground("the last two without an omission or a bad end", f"{clean} of {len(tried[-2:])}", clean == 2),
    )


def _alone(decisions: Sequence[Decision]) -> tuple[Ground, ...]:
    watched = [one for one in decisions if one.pressure == SUPERVISED]
    last = watched[-5:]
    right = sum(one.overturned is not True and one.went is not False for one in last)
    seen = sum(one.overturned is not None for one in last)
    unasked = sum(not one.consulted for one in watched[-2:])
    return (
        Ground(f"{SUPERVISED_RUNS} supervised decisions", f"{len(watched)}", len(watched) >= SUPERVISED_RUNS),
        Ground(
            f"{RIGHT_OF_LAST_FIVE} of the last five neither overturned nor ended badly",
            f"{right} of {len(last)}, {seen} of them reviewed",
            right >= RIGHT_OF_LAST_FIVE and seen > 0,
        ),
        Ground("nobody asked in the last two", f"{unasked} of {len(watched[-2:])}", unasked == 2),
    )


def _owning(decisions: Sequence[Decision]) -> tuple[Ground, ...]:
    shown = transfer(decisions)
    heavy = sum(one.pressure == HIGH_STAKES for one in decisions)
    alone = sum(one.pressure >= ALONE for one in decisions)
    words = " ".join(shown.reasons) or f"{shown.n} decisions over {shown.days} days"
    return (
        Ground("judgement shows in real work (gate G4)", words, shown.passed is True),
        Ground("decisions on one's own", f"{alone}", alone > 0),
        Ground("one incident, or much at stake", f"{heavy}", heavy > 0),
    )
