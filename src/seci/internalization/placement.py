"""Where a learner begins: six to eight closed cases, then the help that each pattern needs. The rules are a proposal.

Too much help costs the advanced less than too little costs the beginner (Tetzlaff et al. 2025), so doubt goes down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from seci.internalization.memory import SURE
from seci.internalization.scaffold import Level

FEWEST, MOST = 6, 8
GOOD, FAIR = 0.75, 0.5


def chosen(cases: Mapping[int, Sequence[int]], stakes: Mapping[int, float]) -> list[tuple[int, int]]:
    """Up to eight (case, pattern), as many patterns as there are, what is most at stake first; [] if under six."""
    order = sorted(cases, key=lambda pattern: (-stakes.get(pattern, 1.0), pattern))
    picked: list[tuple[int, int]] = []
    for turn in range(MOST):
        picked += [(cases[pattern][turn], pattern) for pattern in order if turn < len(cases[pattern])]
        if len(picked) >= MOST:
            break
    return picked[:MOST] if len(picked) >= FEWEST else []


def start_levels(patterns: Iterable[int], answers: Sequence[tuple[int, bool, float | None]]) -> dict[int, Level]:
    """The level that each pattern begins at, from (pattern, right, confidence) of the placement.

    Missed: worked cases. Right and sure: closed; right: the artifact on request. A pattern that was not placed itself
    follows the share of all that were right.
    """
    share = sum(right for _, right, _ in answers) / len(answers) if answers else 0.0
    rest = Level.ON_REQUEST if share >= GOOD else Level.COMPLETION if share >= FAIR else Level.WORKED
    placed: dict[int, Level] = {}
    for pattern, right, sure in answers:
        reached = Level.WORKED if not right else Level.CLOSED if (sure or 0.0) >= SURE else Level.ON_REQUEST
        placed[pattern] = min(placed.get(pattern, reached), reached)
    return {pattern: placed.get(pattern, rest) for pattern in patterns}
