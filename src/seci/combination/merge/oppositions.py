"""What speaks for a conflict of two rules: limits that differ, one denies what the other asks, words that exclude each
other, another order, must against may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.combination.merge.antonyms import opposite
from seci.combination.merge.asking import HEADS
from seci.combination.merge.limits import EVERYWHERE, kinds, measured, measured_anywhere, stated
from seci.combination.merge.meeting import Rarity, Seen
from seci.combination.merge.modality import leaves_open
from seci.combination.merge.negation import denying
from seci.combination.merge.quantities import Quantity, numerals, quantities
from seci.combination.merge.words import empty, stem, terms

Kind = Literal["threshold", "modality", "action", "order", "exception", "superseded"]
# From here on two rules are one text with a few words changed.
NEAR = 0.72
# Below, texts about the same are built of other words.
BUILT_ALIKE = 0.5
# From here on hardly a word is another.
SAME = 0.85
# So much must be said in what one forbids and the other asks for: two words that are not frequent.
ENOUGH = 9.0
RARE = 6.0
# What is forbidden to make is not to be used either.
MAKING = frozenset(stem(word) for word in ("build", "create", "write", "add", "introduce", "develop"))
# Two limits are of the same when so much of what the shorter rule says is said by the other.
SHARED = 0.4


@dataclass(frozen=True, slots=True)
class Opposition:
    """One reason to see a conflict. `strength` 0 to 1; `why` in words."""

    kind: Kind
    strength: float
    why: str


def oppositions(one: Seen, other: Seen, rarity: Rarity) -> Iterator[Opposition]:
    """All that speaks for a conflict of two rules."""
    near = nearness(one, other, rarity)
    for test in (_limits, _denials, _words, _orders, _strengths):
        found = test(one, other, rarity, near)
        if found is not None:
            yield found


def nearness(one: Seen, other: Seen, rarity: Rarity) -> float:
    """How far two rules are one text, 0 to 1: by what they are about or by their words, whichever is more.

    Rules about the same that are built of other words ("assign it to a variable", "avoid assigning a variable to
    itself") are no more one text than their words say.
    """
    words = _dice(one.words, other.words)
    return max(rarity.overlap(one.about, other.about), words) if words >= BUILT_ALIKE else words


def _dice(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of their words, as they stand, that two texts have in common."""
    return 2 * (Counter(one) & Counter(other)).total() / max(1, len(one) + len(other))


def _limits(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """The same thing counted, another number. Numbers without a unit count only in texts that are nearly the same."""
    left, right = quantities(one.rule.text), quantities(other.rule.text)
    if _stated_by_both(one, other):
        return None
    if near < NEAR:
        left, right = tuple(q for q in left if q.unit), tuple(q for q in right if q.unit)
    elif (differing := numerals(one.rule.text) ^ numerals(other.rule.text)) and len(differing) > 1:
        return Opposition("threshold", 1.0, " against ".join(f"{value:g}" for value in sorted(differing)[:2]))
    values = {(q.unit, q.value) for q in left} & {(q.unit, q.value) for q in right}
    for a in left:
        for b in right:
            if a.unit != b.unit or {(a.unit, a.value), (b.unit, b.value)} & values or _meet(a, b, near):
                continue
            strength = 1.0 if near >= NEAR else _counted(one, other, a, b, rarity)
            strength *= 1.0 if near >= NEAR or {"most", "least"} & {a.bound, b.bound} else 0.5
            if strength > 0:
                return Opposition("threshold", strength, f"{a.words} against {b.words}")
    return None


def _stated_by_both(one: Seen, other: Seen) -> bool:
    """Whether each page states the other's limits too: both say 50 for one thing and 72 for another."""
    pairs = ((one, other.source), (other, one.source))
    counted = (({(q.unit, q.value) for q in quantities(seen.rule.text) if q.unit}, page) for seen, page in pairs)
    return all(said and said <= stated(page) for said, page in counted)


def _counted(one: Seen, other: Seen, a: Quantity, b: Quantity, rarity: Rarity) -> float:
    """How sure it is that two limits are of the same, 0 to 1: by what is said right around them."""
    if (a.unit, a.value) in stated(other.source) or (b.unit, b.value) in stated(one.source):
        return 0.0
    left, right = measured(one.rule.text, a), measured(other.rule.text, b)
    if not left or not right:
        left, right = measured_anywhere(one.rule.text, a), measured_anywhere(other.rule.text, b)
    common = left & right
    if not common:
        return 0.0
    share = rarity.of(common) / max(1.0, min(rarity.of(left), rarity.of(right)))
    known = common if a.unit in EVERYWHERE else common | {a.unit}
    return min(1.0, rarity.of(known) / ENOUGH) * min(1.0, share / SHARED) * _same_kind(one, other, a, b, common)


def _same_kind(one: Seen, other: Seen, a: Quantity, b: Quantity, common: frozenset[str]) -> float:
    """Less where each names another kind of what is limited: the timeout of a session, of an escalation."""
    left, right = kinds(one.rule.text, a, common), kinds(other.rule.text, b, common)
    if left & right or not left | right:
        return 1.0
    return 0.4 if left and right else 0.6


def _meet(a: Quantity, b: Quantity, near: float) -> bool:
    """Whether both limits can be kept: at least 2 and at most 5."""
    if a.value == b.value:
        return True
    if near >= NEAR:
        return False
    low, high = (a, b) if a.bound == "least" else (b, a)
    return low.bound == "least" and high.bound == "most" and low.value <= high.value and low.value < 50


def spoken(seen: Seen, stems: frozenset[str]) -> str:
    """The words of a rule that these stems stand for, in its order."""
    said = [word for word in re.findall(r"\w+", seen.rule.text.casefold()) if not stems.isdisjoint(terms(word))]
    return ", ".join(dict.fromkeys(said)) or ", ".join(sorted(stems))


def _denials(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """One forbids what the other asks for."""
    best = None
    for a, b in ((one, other), (other, one)):
        for forbidden in a.asked.forbids:
            whole = frozenset(forbidden)
            if any(opposite(x, y, polar=True) for x in whole - b.about for y in b.about - whole):
                continue
            hit = whole & b.asked.asks
            if not hit & b.asked.heads or not hit & frozenset(forbidden[:HEADS]) or whole <= a.asked.asks:
                continue
            if all(terms(a.rule.text).count(word) > 1 for word in hit):
                continue
            strength = _forbids(forbidden, b, hit, rarity) * _said(a, b, hit, rarity)
            if best is None or strength > best.strength:
                best = Opposition("modality", strength, f"one forbids, the other asks for: {spoken(b, hit)}")
    if near >= NEAR and _parity(one, other):
        return Opposition("modality", 0.95, "one denies, the other does not")
    return best


def _forbids(forbidden: Sequence[str], asking: Seen, hit: frozenset[str], rarity: Rarity) -> float:
    """How far what one forbids is what the other asks for, 0 to 1: the same act, of the same thing, as narrowly."""
    act, thing = frozenset(forbidden[:1]), frozenset(forbidden[1:HEADS])
    if thing & asking.asked.first and act <= MAKING:  # "do not build a page of …", "you may need a page of …"
        return rarity.share(hit, frozenset(forbidden[1:])) ** 2
    share = rarity.share(hit, frozenset(forbidden)) ** 2
    share *= (1.0 if act & hit else 0.5) * (1.0 if asking.asked.first & hit else 0.5)
    return share * (1.0 if thing & hit or not thing else 0.4)


def _said(a: Seen, b: Seen, hit: frozenset[str], rarity: Rarity) -> float:
    """How much it says that these words meet, 0 to 1. One word alone says little, unless it is all that a rule says."""
    rest = rarity.of((a.about & b.about) - hit)
    alone = len(hit) == 1 and rest < RARE / 2 and not a.about - denying() <= hit
    return min(1.0, (rarity.of(hit) + rest / 2) / ENOUGH) * (0.3 if alone else 1.0)


def _parity(one: Seen, other: Seen) -> bool:
    """Whether one of two texts that are nearly the same denies words that the other affirms."""
    left, right = one.denial, other.denial
    crossed = (left.denied & right.affirmed) - left.affirmed | (right.denied & left.affirmed) - right.affirmed
    alike = _dice(one.words, other.words) >= SAME
    odd = (left.negators - right.negators) % 2 == 1 and (bool(crossed) or alike)
    # "Use tabs" and "never use spaces" agree: turned round twice.
    return odd and not any(opposite(a, b) for a in _apart(one, other) for b in _apart(other, one))


def _words(one: Seen, other: Seen, rarity: Rarity, near: float) -> Opposition | None:
    """Words that exclude each other, said of the same: in texts that are nearly the same, or right before one word."""
    left, right = (_apart(a, b) for a, b in ((one, other), (other, one)))
    # Of nothing in common they cannot say the opposite.
    saying, best = min(1.0, rarity.of(one.about & other.about) / RARE), None
    for a in left:
        for b in right:
            if not opposite(a, b, polar=near < NEAR) or _both_deny(one, other, a, b):
                continue
            strength = saying if near >= NEAR else _beside(one, other, a, b, rarity)
            if strength > 0 and (best is None or strength > best.strength):
                best = Opposition("action", strength, f"“{a}” against “{b}”")
    return best


def _beside(one: Seen, other: Seen, a: str, b: str, rarity: Rarity) -> float:
    """How sure it is that both words are of the same, 0 to 1: before one word, and the rest is alike."""
    same = min(1.0, rarity.of(one.after(a) & other.after(b)) / RARE)
    return 0.8 * same * min(1.0, rarity.overlap(one.about, other.about) / 0.5)


def _apart(one: Seen, other: Seen) -> list[str]:
    """Words that one says oftener than the other; "long-term" is two."""
    mine, theirs = (Counter(part for word in seen.words for part in word.split("-")) for seen in (one, other))
    return list(mine - theirs)


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
    left_open = any(seen.rule.modality == "may" and leaves_open(seen.rule.text) for seen in (one, other))
    if {one.rule.modality, other.rule.modality} == {"must", "may"} and left_open and near >= 0.6:
        return Opposition("modality", 0.25, "one demands what the other leaves open")
    return None
