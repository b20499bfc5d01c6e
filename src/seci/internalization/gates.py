"""When internalization has happened: cold, under pressure, after a delay, on real work.

A gate is met by behavior on cases never seen before, against the panel's key, beyond chance, at the lower bound.
Reading, agreeing and the quiz after the course open none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from seci.internalization.calibration import GREATEST_BIAS, Calibration, calibration
from seci.internalization.kappa import Kappa, kappa, wilson_lower

# Cases on which fewer of the panel agree cannot decide anything.
CLEAR_PANEL = 0.6
# With a ceiling (how well experts agree with each other and themselves), no more than this part of it is asked.
PART_OF_CEILING = 0.75
# Times the panel's 75th percentile is the limit of a case; times its median is the limit of the sitting's median.
SLOWEST = 1.25
CRITICAL_CASES = 14
RETEST_AFTER_DAYS = 7
DELAY_DAYS = 30
# How long a block may take from its first case to its last, in microseconds.
BLOCK = 3 * 60 * 60 * 1_000_000


class Gate(IntEnum):
    """COLD: unseen, calm. PRESSURE: timed and loaded. DELAY: 30 days after the last practice. TRANSFER: real work."""

    COLD = 1
    PRESSURE = 2
    DELAY = 3
    TRANSFER = 4


@dataclass(frozen=True, slots=True)
class Profile:
    """How many cases a gate asks for, and the bound of kappa that it must be above."""

    name: Literal["light", "standard", "strict"]
    cases: dict[Gate, int]
    bounds: dict[Gate, float]


def _profile(name: Literal["light", "standard", "strict"], *numbers: tuple[int, float]) -> Profile:
    gates = (Gate.COLD, Gate.PRESSURE, Gate.DELAY)
    return Profile(
        name,
        {gate: cases for gate, (cases, _) in zip(gates, numbers, strict=True)},
        {gate: bound for gate, (_, bound) in zip(gates, numbers, strict=True)},
    )


LIGHT = _profile("light", (24, 0.5), (20, 0.4), (20, 0.4))
STANDARD = _profile("standard", (40, 0.6), (30, 0.5), (30, 0.5))
STRICT = _profile("strict", (60, 0.7), (40, 0.6), (40, 0.6))
PROFILES = {profile.name: profile for profile in (LIGHT, STANDARD, STRICT)}


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """One answer of a sitting.

    answer      the option given; "" when time ran out
    key         what most of the panel chose
    agreement   share of the panel that chose the key
    confidence  0 to 1; None was not asked
    latency     of the answer over the panel's median; None is unknown
    """

    answer: str
    key: str
    agreement: float = 1.0
    confidence: float | None = None
    latency: float | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a sitting showed. `met` is None when it cannot be told ("not tested"), and `reasons` says why."""

    gate: Gate
    profile: str
    met: bool | None
    reasons: tuple[str, ...]
    kappa: Kappa | None
    bound: float
    calibration: Calibration | None
    latency: float | None
    undecided: int
    critical_misses: int


def threshold(profile: Profile, gate: Gate, ceiling: float | None) -> float:
    """The bound that kappa must be above: the stated one, or three quarters of what experts reach among themselves."""
    stated = profile.bounds[gate]
    return stated if ceiling is None else min(stated, PART_OF_CEILING * ceiling)


def judge(gate: Gate, answers: Sequence[SealedAnswer], profile: Profile, *, ceiling: float | None = None) -> Result:
    """Whether a sitting meets its gate (COLD, PRESSURE or DELAY). Pure: who may sit when is for the caller."""
    clear = [answer for answer in answers if answer.agreement >= CLEAR_PANEL]
    agreed = kappa([answer.answer for answer in clear], [answer.key for answer in clear])
    sure = calibration([(a.confidence, a.answer == a.key) for a in clear if a.confidence is not None])
    latency = _median([answer.latency for answer in clear if answer.latency is not None])
    misses = sum(answer.critical and answer.answer != answer.key for answer in clear)
    bound = threshold(profile, gate, ceiling)
    unknown = _unknown(gate, clear, profile, agreed)
    failed = () if unknown else _failed(gate, agreed, bound, sure, latency, misses)
    return Result(
        gate=gate,
        profile=profile.name,
        met=None if unknown else not failed,
        reasons=unknown or failed,
        kappa=agreed,
        bound=bound,
        calibration=sure,
        latency=latency,
        undecided=len(answers) - len(clear),
        critical_misses=misses,
    )


def _unknown(gate: Gate, clear: Sequence[SealedAnswer], profile: Profile, agreed: Kappa | None) -> tuple[str, ...]:
    wanted = profile.cases[gate]
    if len(clear) < wanted:
        return (f"Not tested: {len(clear)} cases that can decide, where the {profile.name} profile asks for {wanted}.",)
    if agreed is None or agreed.lower is None:
        return ("Not tested: every case has the same answer, so agreement beyond chance cannot be told.",)
    return ()


def _failed(
    gate: Gate, agreed: Kappa | None, bound: float, sure: Calibration | None, latency: float | None, misses: int
) -> tuple[str, ...]:
    reasons = []
    if agreed is None or not agreed.is_above(bound):
        low = "unknown" if agreed is None or agreed.lower is None else f"{agreed.lower:.2f}"
        reasons.append(f"Agreement beyond chance is at least {low}; more than {bound:.2f} is asked.")
    if gate is Gate.COLD and sure is not None and sure.bias > GREATEST_BIAS:
        reasons.append(f"Confidence is {sure.bias:.2f} above success; at most {GREATEST_BIAS:.2f} is asked.")
    if gate is Gate.PRESSURE and latency is not None and latency > SLOWEST:
        reasons.append(f"The median answer took {latency:.2f} times the panel's; at most {SLOWEST} is asked.")
    if misses:
        reasons.append(f"{misses} critical {'case was' if misses == 1 else 'cases were'} missed; none may be.")
    return tuple(reasons)


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@dataclass(frozen=True, slots=True)
class Critical:
    """All critical cases so far. `upper` is the one-sided 95 % upper bound of the share missed."""

    n: int
    misses: int

    @property
    def upper(self) -> float | None:
        return 1 - wilson_lower(1 - self.misses / self.n, self.n) if self.n else None

    @property
    def met(self) -> bool | None:
        if self.misses:
            return False
        return True if self.n >= CRITICAL_CASES else None
