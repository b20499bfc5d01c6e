"""Convergence: how faithful the artifact is, whether it still changes, how consistent the expert is, what is open.

"It stopped changing" proves nothing by itself: fidelity is measured on blind audits, cases drawn at random on which
the artifact's answer was written down before the verdict. What is offered is an end, never an order to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from seci.artifacts.fidelity import Fidelity, Label
from seci.cases.case import Judgement

LAST_ANSWERS = 8
STABLE = 0.05
"""Largest share of the pool that may change in the last answers of an artifact that is called stable."""

SPLIT_AFTER = 80
LADDER: tuple[tuple[Label, int, int], ...] = (("strong", 29, 30), ("tested", 18, 20), ("working", 9, 10))
"""Label, audits agreed, of the last so many."""


@dataclass(frozen=True, slots=True)
class Convergence:
    """fidelity on the latest audits of the row that earns the label (all of them while there are fewer than ten).

    residue       slots that are vague or contested
    may_stop      whether to offer an end
    advise_split  whether the decision is better cut in parts: many cases judged, and still no end in sight
    """

    fidelity: Fidelity
    residue: int
    may_stop: bool
    advise_split: bool


def converge(
    judgements: Sequence[Judgement], history: Sequence[Sequence[str]] = (), residue: int = 0, *, contested: int = 0
) -> Convergence:
    """Where the dialogue stands.

    history    what the artifact answered on the same pool of cases after each verdict, oldest first; at least
               `LAST_ANSWERS` + 1 rows for the stability to be known
    residue    slots that are vague or contested
    contested  those of them where much is at stake and two statements stand against each other
    """
    audits = [one for one in judgements if one.audit and one.predicted is not None]
    unstable = stability(history)
    label, used = _label(audits, unstable)
    right = sum(one.predicted == one.outcome for one in used)
    repeats, same = consistency(judgements)
    found = Fidelity(
        len(used), right, lower_bound(right, len(used)), kappa(used), repeats, same / repeats if repeats else None,
        unstable, label,
    )  # fmt: skip
    may_stop = label != "draft" and unstable is not None and unstable < STABLE and not contested
    return Convergence(found, residue, may_stop, len(judgements) >= SPLIT_AFTER and not may_stop)


def _label(audits: Sequence[Judgement], unstable: float | None) -> tuple[Label, Sequence[Judgement]]:
    """The highest label that the latest audits earn, and those audits; every rung needs a stable artifact."""
    for label, agree, of in LADDER:
        last = audits[-of:]
        right = sum(one.predicted == one.outcome for one in last)
        if len(last) == of and right >= agree and unstable is not None and unstable < STABLE:
            return label, last
    return "draft", audits


def shortfall(found: Fidelity) -> str:
    """What a draft lacks to be called working, in a sentence; "" for what is more than a draft."""
    if found.label != "draft":
        return ""
    _, agree, of = LADDER[-1]
    if found.n < of:
        return f"Blind cases so far: {found.n}. It takes {of} to know how often the artifact says what you would say."
    return (
        f"On cases it had not seen, the artifact said what you said in {found.agree} of {found.n}: not enough "
        f"agreement to call it working, which takes {agree} of the last {of} and answers that no longer change."
    )


def stability(history: Sequence[Sequence[str]]) -> float | None:
    """Share of the pool that the artifact answers otherwise than `LAST_ANSWERS` verdicts ago; None is not known."""
    if len(history) <= LAST_ANSWERS:
        return None
    return distance(history[-1], history[-1 - LAST_ANSWERS])


def distance(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Share of the same cases that two artifacts answer differently; None where there are none."""
    if not one or len(one) != len(other):
        return None
    return sum(a != b for a, b in zip(one, other, strict=True)) / len(one)


def consistency(judgements: Sequence[Judgement]) -> tuple[int, int]:
    """Cases shown again, and on how many of them the expert said the same as the first time."""
    first: dict[str, str] = {}
    pairs = []
    for one in judgements:
        if one.repeat_of is not None and one.repeat_of in first:
            pairs.append(first[one.repeat_of] == one.outcome)
        elif one.repeat_of is None:
            first.setdefault(one.case.id, one.outcome)
    return len(pairs), sum(pairs)


def lower_bound(right: int, n: int) -> float | None:
    """One-sided 95 % lower bound of a share (exact; Clopper and Pearson 1934): 9 of 10 prove .61, 30 of 30 .90."""
    if not n:
        return None
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        by_luck = sum(comb(n, k) * middle**k * (1 - middle) ** (n - k) for k in range(right, n + 1))
        low, high = (middle, high) if by_luck < 0.05 else (low, middle)
    return low


def kappa(audits: Sequence[Judgement]) -> float | None:
    """Agreement beyond chance (Cohen 1960); None where chance alone would agree always, or nothing was audited."""
    n = len(audits)
    if not n:
        return None
    outcomes = {one.outcome for one in audits} | {one.predicted for one in audits}
    by_chance = sum(
        sum(one.outcome == o for one in audits) * sum(one.predicted == o for one in audits) for o in outcomes
    ) / (n * n)
    if by_chance >= 1:
        return None
    return (sum(one.outcome == one.predicted for one in audits) / n - by_chance) / (1 - by_chance)
