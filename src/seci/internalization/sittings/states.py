"""How far somebody has come with one revision of an artifact: a projection of what happened, made anew at each read.

Reading and agreeing reach no further than exposed. What was passed on an older revision is told with its number and
does not carry over: the new one may ask for something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from seci.internalization.gates import Gate
from seci.internalization.memory import LAPSED

# A teach-back of at least this score shows understanding (a proposal).
UNDERSTOOD = 0.6


class State(IntEnum):
    """In their order. What lapsed stays told as what it was, with `Reached.lapsed`."""

    NONE = 0
    EXPOSED = 1
    UNDERSTOOD = 2
    PRACTISED = 3
    ABLE = 4
    UNDER_PRESSURE = 5
    RETAINED = 6
    INTERNALIZED = 7

    @property
    def words(self) -> str:
        return self.name.lower().replace("_", " ") if self else "not begun"


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate that was met, by the profile it was met at."""

    gate: Gate
    revision: int
    profile: str = "standard"


@dataclass(frozen=True, slots=True)
class Lived:
    """What somebody did with an artifact.

    read, practised  whether there is any such event
    taught           best score of a teach-back, 0 to 1; None: none was scored
    passed           gates met in sittings, on any revision
    at_work          gate transfer: None while it cannot be told
    recall           mean probability that its patterns are still remembered; None: none was tried
    critical_missed  whether the sittings that count held a critical miss
    """

    read: bool = False
    practised: bool = False
    taught: float | None = None
    passed: Sequence[Passed] = ()
    at_work: bool | None = None
    recall: float | None = None
    critical_missed: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """The state on a revision, what was reached on older ones, and what is weaker by now.

    before    (state, revision) of the highest state proven on an older revision; None: none above this one
    profiles  the profiles the gates behind the state were met at, in their order
    lapsed    why it no longer holds, in a sentence; ""
    """

    state: State
    revision: int
    before: tuple[State, int] | None
    profiles: tuple[str, ...]
    lapsed: str = ""

    @property
    def words(self) -> str:
        if self.lapsed:
            return f"lapsed (was {self.state.words})"
        if self.before is not None:
            return f"{self.state.words}; {self.before[0].words} passed on r{self.before[1]}"
        return self.state.words


def reached(lived: Lived, revision: int) -> Reached:
    """The state of somebody on a revision of the artifact."""
    state, profiles = _proven(lived, revision)
    older = sorted({one.revision for one in lived.passed if one.revision != revision})
    best = max(((_proven(lived, number)[0], number) for number in older), default=None)
    before = best if best is not None and best[0] > max(state, State.PRACTISED) else None
    return Reached(state, revision, before, profiles, _lapsed(lived, state))


def _proven(lived: Lived, revision: int) -> tuple[State, tuple[str, ...]]:
    state = State.EXPOSED if lived.read else State.NONE
    if lived.taught is not None and lived.taught >= UNDERSTOOD:
        state = State.UNDERSTOOD
    if lived.practised:
        state = State.PRACTISED
    met = {one.gate: one.profile for one in lived.passed if one.revision == revision}
    profiles: list[str] = []
    for gate, proven in ((Gate.COLD, State.ABLE), (Gate.PRESSURE, State.UNDER_PRESSURE), (Gate.DELAY, State.RETAINED)):
        if gate not in met:
            return state, tuple(profiles)
        state = proven
        profiles.append(met[gate])
    if lived.at_work and not lived.critical_missed:
        state = State.INTERNALIZED
    return state, tuple(profiles)


def _lapsed(lived: Lived, state: State) -> str:
    """Only what was proven can lapse: memory faded, or real work speaks against it."""
    if state < State.ABLE:
        return ""
    if lived.recall is not None and lived.recall < LAPSED:
        return f"The chance that its patterns are still remembered has fallen to {lived.recall:.0%}; practise them."
    if lived.at_work is False:
        return "Decisions on real work speak against it."
    return ""
