"""What speaks for a conflict of two rules: limits that differ, one denies what the other asks, words that exclude each
other, another order, must against may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from seci.combination.merge.antonyms import opposite
from seci.combination.merge.meeting import Rarity, Seen
from seci.combination.merge.quantities import Quantity, quantities
from seci.combination.merge.words import empty, stem

Kind = Literal["threshold", "modality", "action", "order", "exception", "superseded"]
# From here on two rules are one text with a few words changed.
NEAR = 0.72


@dataclass(frozen=True, slots=True)
class Opposition:
    """One reason to see a conflict. `strength` 0 to 1; `why` in words."""

    kind: Kind
    strength: float
    why: str


def oppositions(one: Seen, other: Seen, rarity: Rarity) -> Iterator[Opposition]:
    """All that speaks for a conflict of two rules."""
    near = rarity.overlap(one.about, other.about)
    for test in (_limits, _denials, _words, _orders, _strengths):
        found = test(one, other, rarity, near)
        if found is not None:
            yield found


def _limits(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """The same thing counted, another number. Numbers without a unit count only in texts that are nearly the same."""
    left, right = quantities(one.rule.text), quantities(other.rule.text)
    if near < NEAR:
        left, right = tuple(q for q in left if q.unit), tuple(q for q in right if q.unit)
    values = {(q.unit, q.value) for q in left} & {(q.unit, q.value) for q in right}
    for a in left:
        for b in right:
            if a.unit != b.unit or {(a.unit, a.value), (b.unit, b.value)} & values or _meet(a, b, near):
                continue
            if near >= NEAR or rarity.of((one.about & other.about) - {a.unit}) > 0:
                limit = {"most", "least"} & {a.bound, b.bound}
                return Opposition("threshold", 1.0 if limit or near >= NEAR else 0.55, f"{a.words} against {b.words}")
    return None


def _meet(a: Quantity, b: Quantity, near: float) -> bool:
    """Whether both limits can be kept: at least 2 and at most 5."""
    if a.value == b.value:
        return True
    if near >= NEAR:
        return False
    low, high = (a, b) if a.bound == "least" else (b, a)
    return low.bound == "least" and high.bound == "most" and low.value <= high.value and low.value < 50


def _denials(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """One denies what the other asks."""
    best = None
    for a, b in ((one, other), (other, one)):
        denied = a.denial.denied - b.denial.denied
        hit = denied & b.denial.affirmed
        if not hit:
            if near >= NEAR and (a.denial.negators > 0) != (b.denial.negators > 0):
                best = Opposition("modality", 0.9, "one denies, the other does not")
            continue
        share = max(rarity.share(hit, denied), 0.9 if near >= NEAR else 0.0)
        if best is None or share > best.strength:
            best = Opposition(
                "modality", share, f"“{', '.join(sorted(hit))}” is denied by one and asked for by the other"
            )
    return best


def _words(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """Words that exclude each other, said of the same."""
    left = [word for word in dict.fromkeys(one.words) if word not in other.words]
    right = [word for word in dict.fromkeys(other.words) if word not in one.words]
    best = None
    for a in left:
        for b in right:
            if not opposite(a, b) or _both_deny(one, other, a, b):
                continue
            common = one.around(a) & other.around(b)
            strength = 1.0 if near >= NEAR else min(0.8, rarity.of(common) / 8) if common else 0.0
            if strength > 0 and (best is None or strength > best.strength):
                best = Opposition("action", strength, f"“{a}” against “{b}”")
    return best


def _both_deny(one: Seen, other: Seen, a: str, b: str) -> bool:
    """ "Do not use tabs" and "use spaces" agree: the one that is denied and its opposite."""
    return (stem(a) in one.denial.denied) != (stem(b) in other.denial.denied)


def _orders(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """The same two steps, the other way round."""
    for a, b in ((one, other), (other, one)):
        first, second = _sequence(a), _sequence(b)
        if first is None or second is None:
            continue
        straight = min(rarity.overlap(first[0], second[0]), rarity.overlap(first[1], second[1]))
        crossed = min(rarity.overlap(first[0], second[1]), rarity.overlap(first[1], second[0]))
        if crossed > 0.5 and crossed > straight:
            return Opposition("order", crossed, "the same steps in another order")
    return None


def _sequence(rule: Seen) -> tuple[frozenset[str], frozenset[str]] | None:
    """What comes first and what comes second, where "before" or "after" says so."""
    for word in ("before", "after"):
        if rule.words.count(word) != 1:
            continue
        at = rule.words.index(word)
        if at == 0:
            continue
        left, right = (
            {stem(one) for one in part if not empty(one)} for part in (rule.words[:at], rule.words[at + 1 :])
        )
        if left and right:
            return (frozenset(left), frozenset(right)) if word == "before" else (frozenset(right), frozenset(left))
    return None


def _strengths(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """What one demands the other leaves open."""
    if {one.rule.modality, other.rule.modality} == {"must", "may"} and near >= 0.6:
        return Opposition("modality", 0.4, "one demands what the other leaves open")
    return None
