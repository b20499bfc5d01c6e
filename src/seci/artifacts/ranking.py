"""The options of a matrix by the points they reach."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from seci.artifacts.bodies import Matrix
from seci.artifacts.execution import cut, exact


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option's weighted mean of points. `total` and `outcome` are None while criteria are not judged.

    parts  (criterion, level, points × weight) of those that are
    """

    option: str
    total: float | None
    outcome: str | None
    parts: tuple[tuple[str, str, float], ...]
    lacking: tuple[str, ...]


def rank(matrix: Matrix) -> tuple[Ranked, ...]:
    """Options from the highest total down; those not judged on every criterion last, in their own order."""
    weights = sum((exact(one.weight) for one in matrix.criteria), Decimal(0))
    found = []
    for option in matrix.options:
        reached = {score.criterion: score.level for score in option.scores}
        parts, total = list[tuple[str, str, float]](), Decimal(0)
        for criterion in matrix.criteria:
            level = next((one for one in criterion.levels if one.name == reached.get(criterion.id)), None)
            if level is not None:
                points = exact(level.points) * exact(criterion.weight)
                total += points
                parts.append((criterion.id, level.name, float(points)))
        lacking = tuple(one.id for one in matrix.criteria if one.id not in {name for name, _, _ in parts})
        whole = bool(matrix.criteria) and not lacking
        outcome = cut(total / weights, matrix.outcomes, matrix.cuts) if whole and matrix.outcomes else None
        mean = float(total / weights) if whole else None
        found.append(Ranked(option.id, mean, outcome, tuple(parts), lacking))
    return tuple(sorted(found, key=lambda one: (one.total is None, -(one.total or 0))))
