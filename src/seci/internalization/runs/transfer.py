"""Whether judgement shows in real work: independence, being overturned, look-ups, blind re-judgement (gate G4).

Thresholds are a proposal: ten decisions over four weeks, and a bound above .70 on what blind reviewers would have
decided too. High independence with many decisions overturned is overconfidence and is shown as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.kit.clock import DAY, Micros
from seci.kit.figures import Figure, share
from seci.ledger.outcome import HIGH_STAKES, SUPERVISED

FEWEST = 10
FEWEST_DAYS = 28
UPHELD_ABOVE = 0.70
BOLD_INDEPENDENCE, BOLD_OVERTURNED = 0.8, 0.3


@dataclass(frozen=True, slots=True)
class Decision:
    """One finished use of an artifact.

    consulted   somebody was asked before deciding
    overturned  a reviewer would have decided otherwise; None: nobody has looked
    blind       whether that review was blind; None like overturned
    went        how it turned out; None is not known
    omissions   required items left open; None where there are none to leave, as in a decision
    """

    at: Micros
    pressure: int
    person: int
    looks: int = 0
    consulted: bool = False
    overturned: bool | None = None
    blind: bool | None = None
    went: bool | None = None
    omissions: int | None = 0
    seconds: float | None = None

    @property
    def is_eligible(self) -> bool:
        return self.pressure >= SUPERVISED

    @property
    def is_critical_miss(self) -> bool:
        return self.pressure == HIGH_STAKES and (self.went is False or self.overturned is True)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What real work shows. Figures are None-valued where nothing is known.

    looks    mean look-ups for a decision in the first and in the second half; None for fewer than two decisions
    passed   None: it cannot be told yet; `reasons` say what is lacking or what spoke against it
    bold     independent, and often overturned
    """

    n: int
    days: int
    independence: Figure
    independence_halves: tuple[float, float] | None
    overturned: Figure
    blind: Figure
    looks: tuple[float, float] | None
    omissions: Figure
    critical_misses: int
    passed: bool | None
    reasons: tuple[str, ...]
    bold: bool


def transfer(decisions: Sequence[Decision]) -> Transfer:
    """The figures of these decisions, exercises left aside."""
    real = sorted((one for one in decisions if one.is_eligible), key=lambda one: one.at)
    reviewed = [one for one in real if one.overturned is not None]
    blind = [one for one in reviewed if one.blind]
    n, days = len(real), (real[-1].at - real[0].at) // DAY if real else 0
    alone = share(sum(not one.consulted for one in real), n, of="real decisions")
    turned = share(sum(bool(one.overturned) for one in reviewed), len(reviewed), of="reviewed decisions")
    upheld = sum(not one.overturned for one in blind)
    bound = jeffreys_lower(upheld, len(blind))
    low = Figure(
        upheld / len(blind) if blind else None, len(blind), bound, None, level=0.95, of="blind reviews", unit="share"
    )
    misses = sum(one.is_critical_miss for one in real)
    left = [one.omissions for one in real if one.omissions is not None]
    halves = _halves([float(not one.consulted) for one in real])
    lacking = _lacking(n, days, bound)
    against = _against(upheld, len(blind), halves, misses)
    undecided = () if lacking or against else _undecided(upheld, len(blind), bound)
    return Transfer(
        n=n,
        days=days,
        independence=alone,
        independence_halves=halves,
        overturned=turned,
        blind=low,
        looks=_halves([float(one.looks) for one in real]),
        omissions=share(sum(one > 0 for one in left), len(left), of="real uses with items"),
        critical_misses=misses,
        passed=None if lacking or undecided else not against,
        reasons=lacking or against or undecided,
        bold=(alone.value or 0) >= BOLD_INDEPENDENCE and (turned.value or 0) >= BOLD_OVERTURNED,
    )


def jeffreys_lower(successes: int, n: int) -> float | None:
    """One-sided 95 % lower bound of a share: the .05 quantile of Beta(x + 1/2, n - x + 1/2) (Brown, Cai, DasGupta
    2001). None for n = 0; 0 where nothing succeeded."""
    if n == 0:
        return None
    if successes == 0:
        return 0.0
    from scipy.stats import beta

    return float(beta.ppf(0.05, successes + 0.5, n - successes + 0.5))


def _halves(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) < 2:
        return None
    first, second = values[: len(values) // 2], values[len(values) // 2 :]
    return sum(first) / len(first), sum(second) / len(second)


def _lacking(n: int, days: int, bound: float | None) -> tuple[str, ...]:
    found = []
    if n < FEWEST:
        found.append(f"{n} of {FEWEST} real decisions so far.")
    if days < FEWEST_DAYS:
        found.append(f"They span {days} of {FEWEST_DAYS} days.")
    if bound is None:
        found.append("No decision has been judged again blindly.")
    return tuple(found)


def _undecided(upheld: int, blind: int, bound: float | None) -> tuple[str, ...]:
    """Too few blind reviews to tell: what they prove is too little, and they speak against nobody."""
    if bound is None or bound > UPHELD_ABOVE:
        return ()
    return (
        f"{upheld} of {blind} judged blindly were upheld, which proves {bound:.0%}; "
        f"more than {UPHELD_ABOVE:.0%} is asked for.",
    )


def _against(upheld: int, blind: int, halves: tuple[float, float] | None, misses: int) -> tuple[str, ...]:
    """What speaks against it; blind reviews do where even their upper bound is below what is asked for."""
    found = []
    other = jeffreys_lower(blind - upheld, blind)
    if other is not None and 1 - other <= UPHELD_ABOVE:
        found.append(f"Of {blind} judged blindly {upheld} were upheld; more than {UPHELD_ABOVE:.0%} is asked for.")
    if halves is not None and halves[1] < halves[0]:
        found.append("Somebody is asked more often than before.")
    if misses:
        found.append(f"{misses} went wrong, or {'was' if misses == 1 else 'were'} overturned, with much at stake.")
    return tuple(found)
