"""A panel of experts on one case, each judging before seeing the others: what counts as right, and how surely.

Answers are known by an anonymous number of the expert; names have no place here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from seci.internalization.gates import CLEAR_PANEL
from seci.internalization.kappa import kappa
from seci.kit.agreement import agreement as alpha
from seci.kit.clock import DAY
from seci.kit.figures import Figure

# One expert is no panel: there is nothing that could disagree.
FEWEST = 2
# A judgement made again sooner is remembered, not judged.
WEEKS_APART = 14 * DAY


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one expert judged. `sitting` 2 is the same case judged again weeks later."""

    expert: int
    option: str
    reason: str = ""
    cue: str = ""
    latency_ms: int | None = None
    sitting: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a panel says of a case.

    option     what most chose; "" where two options have equally many: such a case has no key
    n          experts
    agreement  share of them that chose it
    shares     (option, how many), most first
    minority   (option, reason) of the strongest reason against: from the largest group beside, the longest one
    """

    option: str
    n: int
    agreement: float
    shares: tuple[tuple[str, int], ...]
    minority: tuple[str, str] | None
    cues: tuple[str, ...]
    median_ms: int | None
    p75_ms: int | None

    @property
    def decides(self) -> bool:
        """Whether the case may decide pass or fail."""
        return bool(self.option) and self.n >= FEWEST and self.agreement >= CLEAR_PANEL


def verdict(opinions: Sequence[Opinion]) -> Verdict | None:
    """The panel's verdict from each expert's first judgement; None without any."""
    first = [one for one in opinions if one.sitting == 1]
    if not first:
        return None
    shares = sorted(Counter(one.option for one in first).items(), key=lambda pair: (-pair[1], pair[0]))
    top, count = shares[0]
    tied = len(shares) > 1 and shares[1][1] == count
    times = [one.latency_ms for one in first if one.latency_ms is not None]
    return Verdict(
        option="" if tied else top,
        n=len(first),
        agreement=count / len(first),
        shares=tuple(shares),
        minority=None if tied else _minority(first, top),
        cues=tuple(cue for cue, _ in Counter(one.cue for one in first if one.cue).most_common()),
        median_ms=round(median(times)) if times else None,
        p75_ms=round(quantiles(times, n=4, method="inclusive")[2]) if len(times) > 1 else (times[0] if times else None),
    )


def _minority(first: Sequence[Opinion], top: str) -> tuple[str, str] | None:
    beside = [one for one in first if one.option != top and one.reason]
    if not beside:
        return None
    sizes = Counter(one.option for one in first)
    best = max(beside, key=lambda one: (sizes[one.option], len(one.reason), one.option))
    return best.option, best.reason


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How well experts agree, with each other and with themselves: nobody can be asked for more.

    alpha     Krippendorff's alpha over all cases, with its interval
    between   mean kappa of pairs of experts over the cases that both judged; None: no pair
    within    mean kappa of experts with themselves weeks later; None: nobody judged again
    pairs     pairs of experts, repeats: experts who judged again
    """

    alpha: Figure
    between: float | None
    pairs: int
    within: float | None
    repeats: int

    @property
    def value(self) -> float | None:
        """The lower of the two, so that neither luck nor habit sets the bar."""
        known = [one for one in (self.between, self.within) if one is not None]
        return min(known) if known else None


def ceiling(cases: Mapping[int, Sequence[Opinion]]) -> Ceiling:
    """From all opinions by case."""
    by_expert: dict[int, dict[int, str]] = {}
    again: dict[int, dict[int, str]] = {}
    for case, opinions in cases.items():
        for one in opinions:
            (by_expert if one.sitting == 1 else again).setdefault(one.expert, {})[case] = one.option
    experts = sorted(by_expert)
    between = [
        found for place, one in enumerate(experts) for other in experts[place + 1 :]
        if (found := _agreed(by_expert[one], by_expert[other])) is not None
    ]  # fmt: skip
    within = [found for one in again if (found := _agreed(by_expert.get(one, {}), again[one])) is not None]
    order = sorted(cases)
    return Ceiling(
        alpha([[by_expert[one].get(case) for case in order] for one in experts]),
        sum(between) / len(between) if between else None,
        len(between),
        sum(within) / len(within) if within else None,
        len(within),
    )


def _agreed(one: Mapping[int, str], other: Mapping[int, str]) -> float | None:
    both = sorted(set(one) & set(other))
    found = kappa([one[case] for case in both], [other[case] for case in both])
    return None if found is None else found.kappa
