"""Today's round: which patterns and which cases, about a dozen in a quarter of an hour.

Half are drawn at natural frequency (the unbiased stream of evidence), half where it helps most: what is least
remembered, least likely to succeed and most at stake. Each case is new to the learner; difficulty is chosen near
85 % success, inside .70 to .90, never at even odds (Wilson et al. 2019; our simulation, `python -m
benchmarks.schedules`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seci.kit.ids import Draw

LENGTH = 12
MOST_OF_ONE = 3
TARGET, LOWEST, HIGHEST = 0.85, 0.70, 0.90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that the learner has not seen. `success` is the predicted probability that they judge it rightly."""

    case: str
    pattern: str
    success: float


@dataclass(frozen=True, slots=True)
class Need:
    """A pattern that the learner practises.

    frequency  how often it comes up in real work, any scale
    recall     probability that it is still remembered; None was never tried
    success    predicted probability of success on a typical case
    stake      weight of getting it wrong, 1 is usual
    near       patterns that are easily mistaken for it, to be interleaved
    """

    pattern: str
    frequency: float
    recall: float | None
    success: float
    stake: float = 1.0
    near: tuple[str, ...] = ()

    @property
    def urgency(self) -> float:
        return self.stake * (1 - (0.0 if self.recall is None else self.recall) * self.success)


@dataclass(frozen=True, slots=True)
class Pick:
    """A case of a round. `natural` cases were drawn at natural frequency: only they count as unbiased evidence."""

    case: str
    pattern: str
    natural: bool


def compose(
    needs: Sequence[Need], candidates: Sequence[Candidate], draw: Draw, *, length: int = LENGTH
) -> tuple[Pick, ...]:
    """A round of up to `length` cases; fewer when there are not enough that the learner has not seen."""
    fresh = _by_pattern(needs, candidates)
    open_ = {need.pattern: need for need in needs if fresh[need.pattern]}
    ranked = sorted(((need.urgency, need.pattern) for need in open_.values()), reverse=True)
    taken: dict[str, int] = {}
    picks: list[Pick] = []
    for natural in [place % 2 == 0 for place in range(length)]:
        if not open_:
            break
        pattern = _natural(open_, draw) if natural else _urgent(ranked, open_, taken)
        case = _take(fresh[pattern], draw, natural)
        taken[pattern] = taken.get(pattern, 0) + 1
        picks.append(Pick(case, pattern, natural))
        if taken[pattern] >= MOST_OF_ONE or not fresh[pattern]:
            del open_[pattern]
    return tuple(_interleaved(picks, {need.pattern: need for need in needs}))


def _by_pattern(needs: Sequence[Need], candidates: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    fresh: dict[str, list[Candidate]] = {need.pattern: [] for need in needs}
    for candidate in candidates:
        if candidate.pattern in fresh:
            fresh[candidate.pattern].append(candidate)
    return fresh


def _natural(open_: Mapping[str, Need], draw: Draw) -> str:
    weights = [max(need.frequency, 1e-9) for need in open_.values()]
    return draw.choices(list(open_), weights)[0]


def _urgent(ranked: Sequence[tuple[float, str]], open_: Mapping[str, Need], taken: Mapping[str, int]) -> str:
    """The most urgent pattern, one taken already counting for less: the first that was not taken, or one that was."""
    best: tuple[float, str] | None = None
    for urgency, pattern in ranked:
        if pattern in open_:
            best = max(best or (0.0, ""), (urgency / (1 + taken.get(pattern, 0)), pattern))
            if pattern not in taken:
                break
    assert best is not None
    return best[1]


def _take(fresh: list[Candidate], draw: Draw, natural: bool) -> str:
    """A random case for the natural half; for the other, one inside the band, as near to the target as there is."""
    if natural:
        chosen = draw.choice(fresh)
    else:
        inside = [each for each in fresh if LOWEST <= each.success <= HIGHEST] or fresh
        closest = min(abs(each.success - TARGET) for each in inside)
        chosen = draw.choice([each for each in inside if abs(each.success - TARGET) <= closest + 1e-9])
    fresh.remove(chosen)
    return chosen.case


def _interleaved(picks: Sequence[Pick], needs: Mapping[str, Need]) -> list[Pick]:
    """The same cases in an order in which patterns alternate, those easily confused beside each other."""
    left, order = list(picks), list[Pick]()
    while left:
        before = order[-1].pattern if order else None
        near = needs[before].near if before is not None else ()
        best = min(
            range(len(left)),
            key=lambda place: (left[place].pattern == before, left[place].pattern not in near, place),
        )
        order.append(left.pop(best))
    return order
