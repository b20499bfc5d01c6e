"""What whoever sits a test sees. Plain records; nothing of what came of it before the block ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.internalization.exercises.interruption import Interruption
from seci.internalization.gates import Gate
from seci.internalization.runs.three_tests import Test
from seci.internalization.runs.transfer import Transfer
from seci.internalization.sittings.states import Reached
from seci.kit.clock import Micros


@dataclass(frozen=True, slots=True)
class SealedCase:
    """The case that waits. `left_ms` runs by the server's clock; None is untimed.

    number   to be kept in mind and given with the answer; "" none
    ends_at  when the block ends, whatever is still open
    card     who comes in, and when; None where nobody does, or it was answered
    """

    sitting: int
    place: int
    total: int
    case: int
    title: str
    situation: str
    options: tuple[str, ...]
    limit_ms: int | None
    left_ms: int | None
    number: str
    ends_at: Micros
    attempt: int = 0
    card: Interruption | None = None


@dataclass(frozen=True, slots=True)
class GateResult:
    """Which gate was met, at which bound, with which n; every number as it was worked out when the block ended.

    met        None: not tested, `reasons` says why
    lower      one-sided 95 % lower bound of the agreement beyond chance; `bound` is what it must be above
    n          cases that counted; `undecided` those on which the panel is not clear, they never count
    bias       mean confidence minus share right; None: no confidence was given
    latency    median answer over the panel's median; None: the panel left no times
    kept       (numbers told back rightly, of how many told back); None: none was told back
    critical   (missed, of how many, upper bound of the share missed); None: there was none
    natural    cases of these that were met unaided in rounds, as they come up
    away       (median seconds that interruptions took, of how many); None: none was answered when it came
    drop       agreement beyond chance here minus that of the cold gate; None: not a later gate
    """

    met: bool | None
    reasons: tuple[str, ...]
    n: int
    agreement: float | None
    kappa: float | None
    lower: float | None
    bound: float
    ceiling: float | None
    bias: float | None
    brier: float | None
    latency: float | None
    kept: tuple[int, int] | None
    critical: tuple[int, int, float | None] | None
    drop: float | None
    timed_out: int
    undecided: int
    unseen: int
    natural: int = 0
    away: tuple[float, int] | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> GateResult:
        cells = dict(data)
        for name in ("reasons", "kept", "critical", "away"):
            cells[name] = None if cells.get(name) is None else tuple(cells[name])
        return cls(**cells)


@dataclass(frozen=True, slots=True)
class SittingView:
    """One own sitting. `result` is None while it is open."""

    id: int
    artifact: int
    title: str
    revision: int
    gate: Gate
    gate_name: str
    profile: str
    state: str
    done: int
    total: int
    started_at: Micros
    ends_at: Micros
    ended_at: Micros | None
    is_retest: bool
    result: GateResult | None

    @property
    def words(self) -> str:
        """The verdict in a sentence, with the profile and n."""
        if self.result is None:
            return f"{self.done} of {self.total} cases answered."
        if self.result.met is None:
            return "Not tested."
        how = "met" if self.result.met else "not met"
        light = ", a lighter test than the standard one" if self.profile == "light" else ""
        return (
            f"Gate {self.gate_name} {how} at the {self.profile} profile{light}: agreement beyond chance is at least "
            f"{_number(self.result.lower)} (asked: above {_number(self.result.bound)}), {self.result.n} cases."
        )


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate of an artifact for one person: what stands in its way now, or ""."""

    gate: Gate
    name: str
    asks: str
    against: str
    met: bool | None
    last: SittingView | None


@dataclass(frozen=True, slots=True)
class GatesPage:
    """An artifact's gates for whoever asks, with what they have reached and what is still to prove.

    resting    whether its patterns rest for the gate of delay
    transfer   what one's own real work shows so far
    tests      whether learning shows: behavior, quality, response; each with data or what it waits for
    profiles   those for which there are sealed cases enough now, by the gate that is next
    """

    artifact: int
    title: str
    revision: int
    reached: Reached
    gates: tuple[GateRow, ...]
    open_sitting: int | None
    resting: bool
    transfer: Transfer
    profiles: tuple[str, ...]
    tests: tuple[Test, Test, Test]


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many people are in which state on an artifact's revision; None for fewer than five: too few to be hidden.

    counts  (state in words, people), from not begun to internalized
    """

    artifact: int
    title: str
    revision: int
    people: int | None
    counts: tuple[tuple[str, int], ...] | None
    sentence: str
