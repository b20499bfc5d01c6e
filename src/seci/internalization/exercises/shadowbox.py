"""Ranking the options of a case as the experts rank them (ShadowBox: Klein & Borders 2016).

Ranks, not ratings: nobody's habit of using a scale enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import fmean, median

from seci.internalization.feedback import cues_seen
from seci.kit.errors import BadInput

FEWEST, MOST = 3, 5
# One expert is an opinion and no panel.
SMALLEST_PANEL = 2


@dataclass(frozen=True, slots=True)
class Shadow:
    """How near a ranking is to the panel's.

    tau      Kendall's tau-b with the panel's median ranks, -1 to 1; None where the panel ranks all options alike
    top      whether the first option is one that the panel puts first
    cues     share of the panel's cues that the reason names; None: the panel named none
    experts  rankings of the panel
    order    the options as the panel ranks them, best first
    ceiling  mean tau-b of each expert with the others' medians: nobody can be asked for more; None under three experts
    """

    tau: float | None
    top: bool
    cues: float | None
    seen: tuple[str, ...]
    missed: tuple[str, ...]
    experts: int
    order: tuple[str, ...]
    ceiling: float | None


def score(
    options: Sequence[str],
    ranking: Sequence[str],
    panel: Sequence[Sequence[str]],
    *,
    reason: str = "",
    cues: Sequence[str] = (),
) -> Shadow:
    """Compares a ranking, best first, with those of the panel.

    Raises BadInput for a case with under three or over five options, a ranking that does not name each option once,
    and a panel of one.
    """
    if not FEWEST <= len(set(options)) == len(options) <= MOST:
        raise BadInput(f"A ranking has {FEWEST} to {MOST} different options; this case has {len(options)}.")
    if len(panel) < SMALLEST_PANEL:
        raise BadInput(f"Rankings are compared with {SMALLEST_PANEL} experts or more; this case has {len(panel)}.")
    for one in (ranking, *panel):
        _check(options, one)
    medians = _medians(options, panel)
    best = min(medians)
    seen, missed = cues_seen(reason, cues)
    return Shadow(
        tau=_tau([ranking.index(option) for option in options], medians),
        top=medians[list(options).index(ranking[0])] == best,
        cues=len(seen) / len(cues) if cues else None,
        seen=seen,
        missed=missed,
        experts=len(panel),
        order=tuple(option for _, _, option in sorted(zip(medians, range(len(options)), options, strict=True))),
        ceiling=_ceiling(options, panel),
    )


def _check(options: Sequence[str], ranking: Sequence[str]) -> None:
    if sorted(ranking) != sorted(options):
        raise BadInput(f"Rank every option once, best first: {', '.join(options)}.")


def _medians(options: Sequence[str], panel: Sequence[Sequence[str]]) -> list[float]:
    return [float(median(one.index(option) for one in panel)) for option in options]


def _tau(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Kendall's tau-b of two lists of ranks (Kendall 1945); None where either ranks all alike."""
    pairs = list(combinations(range(len(one)), 2))
    signs = [(_sign(one[i] - one[j]), _sign(other[i] - other[j])) for i, j in pairs]
    spread = sqrt(sum(a != 0 for a, _ in signs) * sum(b != 0 for _, b in signs))
    return sum(a * b for a, b in signs) / spread if spread else None


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _ceiling(options: Sequence[str], panel: Sequence[Sequence[str]]) -> float | None:
    if len(panel) <= SMALLEST_PANEL:
        return None
    found = []
    for place, own in enumerate(panel):
        others = [*panel[:place], *panel[place + 1 :]]
        found.append(_tau([own.index(option) for option in options], _medians(options, others)))
    known = [tau for tau in found if tau is not None]
    return fmean(known) if known else None
