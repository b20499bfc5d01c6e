"""From one draw to an artifact that people can read: a decision tree or a scorecard, each node with its cases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seci.artifacts.bodies.scorecard import Item, Scorecard
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute
from seci.cases.case import Judgement
from seci.externalization.induction.grid import ABOVE, ALWAYS, IS, NEVER, UP_TO, Bools, Ints, fires, round_between
from seci.externalization.induction.posterior import Posterior
from seci.externalization.induction.weights import FARTHEST

FEWEST_STEPS, MOST_STEPS = 12, 64
STEPS_FROM, STEPS_EACH = 15, 1.5


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that together call for an outcome (by number)."""

    conditions: tuple[tuple[int, int, float], ...]
    outcome: int


def rules_of(posterior: Posterior, draw: int) -> list[Rule]:
    """The rules of one drawn list in order, thresholds rounded to what people would say; rules that cannot be
    reached are left out. The last one has no condition."""
    drawn, found = posterior.drawn, []
    for k in range(drawn.attribute.shape[1]):
        if drawn.kind[draw, k, 0] == NEVER:
            continue
        parts = []
        for s in range(2):
            a, kind = int(drawn.attribute[draw, k, s]), int(drawn.kind[draw, k, s])
            if kind == ALWAYS:
                continue
            low, high = float(drawn.low[draw, k, s]), float(drawn.high[draw, k, s])
            number = posterior.coding.attributes[a].type == "number"
            parts.append((a, kind, round_between(low, high) if number else (low + high) / 2))
        found.append(Rule(tuple(dict.fromkeys(parts)), int(drawn.lists.answer[draw, k])))
    return [*found, Rule((), int(drawn.lists.rest[draw]))]


def name(*parts: str) -> str:
    """The id of a node: the same while the node asks or answers the same at the same place."""
    return "n" + hashlib.blake2b("\n".join(parts).encode(), digest_size=4).hexdigest()


def scorecard(
    posterior: Posterior, draw: int, judgements: Sequence[Judgement], decision: str, attributes: Sequence[Attribute]
) -> Scorecard:
    """A drawn card as points: every step away from the middle of an attribute counts one point for or against.

    What is not known counts as the middle, no points. Steps grow finer with the verdicts: few verdicts cannot tell
    fine steps apart, and nobody reads them.
    """
    cards, features, coding = posterior.cards, posterior.features, posterior.coding
    order = cards.order[draw]
    used = np.flatnonzero(cards.weights[draw])
    measured = features.measure(posterior.evidence.table)[:, used] * cards.weights[draw, used]
    scales = features.level[used] < 0
    spread = np.ptp(measured[:, scales], axis=0).sum() if len(measured) else 0.0
    most = min(MOST_STEPS, FEWEST_STEPS + STEPS_EACH * max(0, len(judgements) - STEPS_FROM))
    unit = max(0.25, float(spread) / most)
    verdict = np.array([int(np.flatnonzero(order == v)[0]) for v in posterior.evidence.verdict], dtype=np.int64)
    items: list[Item] = []
    for f in used:
        for part, points in _steps(posterior, int(f), int(cards.weights[draw, f]), unit):
            held = fires(posterior.evidence.table, *(np.array([value]) for value in part))[0]
            condition = coding.condition(*part)
            evidence = _points_evidence(judgements, held, verdict, points, len(order))
            items.append(Item(_item_name(condition, points), condition, points, evidence=evidence))
    cuts = tuple(round(float(cut / unit), 2) for cut in cards.cuts[draw])
    outcomes = tuple(posterior.outcomes[o] for o in order)
    return Scorecard(decision, tuple(attributes), outcomes, tuple(items), cuts)


def _steps(posterior: Posterior, f: int, weight: int, unit: float) -> list[tuple[tuple[int, int, float], float]]:
    features, a = posterior.features, int(posterior.features.attribute[f])
    if features.level[f] >= 0:
        return [((a, IS, float(features.level[f])), round(weight / unit, 2))]
    middle, spread = float(features.middle[f]), float(features.spread[f])
    step = unit / abs(weight) * spread
    column = posterior.evidence.table[:, a]
    low = max(float(np.nanmin(column)), middle - FARTHEST * spread)
    high = min(float(np.nanmax(column)), middle + FARTHEST * spread)
    sign = 1.0 if weight > 0 else -1.0
    found: list[tuple[tuple[int, int, float], float]] = []
    number = posterior.coding.attributes[a].type == "number"
    for way, kind, end in ((-1, UP_TO, low), (1, ABOVE, high)):
        sums: dict[float, float] = {}
        for n in range(int(abs(end - middle) / step + 0.5)):
            at = middle + way * step * (n + 0.5)
            at = round_between(at - step / 8, at + step / 8) if number else np.floor(at) + 0.5
            sums[at] = sums.get(at, 0.0) + way * sign
        found += [((a, kind, at), points) for at, points in sums.items() if low <= at < high]
    return found


def _item_name(condition: Condition, points: float) -> str:
    return name(condition.attribute, condition.operator, repr(condition.value), "+" if points > 0 else "-")


def _points_evidence(
    judgements: Sequence[Judgement], held: Bools, verdict: Ints, points: float, outcomes: int
) -> Evidence:
    """For points: cases where it holds and the verdict lies on their side of the scale; against: on the other side."""
    middle = (outcomes - 1) / 2
    sides = [(judgements[int(n)].case.id, (verdict[n] - middle) * points) for n in np.flatnonzero(held)]
    return Evidence(
        (),
        tuple(dict.fromkeys(name for name, side in sides if side > 0)),
        tuple(dict.fromkeys(name for name, side in sides if side < 0)),
    )
