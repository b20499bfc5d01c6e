"""Rules of different guides that cannot both be followed, the likeliest first, for people to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from seci.combination.merge.findings import fingerprint
from seci.combination.merge.likeness import alike
from seci.combination.merge.meeting import Rarity, Seen, rarity, same_field, same_role, seen
from seci.combination.merge.oppositions import NEAR, Kind, Opposition, nearness, oppositions
from seci.combination.merge.rules import Rule, rules
from seci.combination.merge.source import Embed, Source

# Pairs less alike are not looked at.
LEAST = 0.2
LEAST_EMBEDDED = 0.35
# Conflicts of less than this are not told.
TOLD = 0.03
# What a conflict counts for each time that one of its sentences has been told before.
AGAIN = 0.4
# Headings that share so much are of one subject.
PLACE = 0.4
# A word as rare as this, forbidden by one rule and asked for by another, is looked at however little else they share.
RARE = 4.5
# So much newer is newer.
NEWER_DAYS = 180

Context = Literal["conflict", "split"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules that do not go together.

    kind     threshold, modality, action, order, exception (one is a special case of the other), superseded (the same
             rule, changed later)
    context  split: they hold under different conditions, so both may stay; conflict: they meet
    why      what speaks for it, in words; score 0 to 1, for the order alone, no probability
    newer    which of the two was written clearly later; empty if that is not known
    """

    kind: Kind
    context: Context
    a: Rule
    b: Rule
    why: str
    score: float
    newer: Literal["", "a", "b"] = ""

    @property
    def fingerprint(self) -> str:
        """Stays as long as neither sentence changes."""
        return fingerprint("conflict", self.a.text, self.b.text)


def conflicts(sources: Sequence[Source], embed: Embed | None = None) -> tuple[Conflict, ...]:
    """The conflicts between rules of different guides, the likeliest first; of the same two sentences only one."""
    every = [seen(rule, source) for source in sources for rule in rules(source)]
    if not every:
        return ()
    pool = alike([one.rule.text for one in every], [one.source.origin for one in every], embed)
    weights = rarity(every)
    found = dict[str, Conflict]()
    near_pairs = {(left, right): near for left, right, near in pool.across(LEAST if embed is None else LEAST_EMBEDDED)}
    for left, right in _crossing(every, weights) - near_pairs.keys():
        near_pairs[left, right] = float(pool.of([left, right])[0, 1])
    for (left, right), near in near_pairs.items():
        conflict = held(every[left], every[right], near, weights)
        if conflict is not None and conflict.score >= TOLD:
            known = found.get(conflict.fingerprint)
            if known is None or known.score < conflict.score:
                found[conflict.fingerprint] = conflict
    return _spread(sorted(found.values(), key=lambda one: (-one.score, one.fingerprint)))


def _spread(ranked: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The same order, but a sentence that has been told comes again later: each time its score counts for less."""
    times, found = Counter[tuple[int, int]](), list[Conflict]()
    for one in ranked:
        spots = [(rule.said.source, rule.said.sentence) for rule in (one.a, one.b)]
        found.append(replace(one, score=one.score * AGAIN ** sum(times[spot] for spot in spots)))
        times.update(spots)
    return tuple(sorted(found, key=lambda one: (-one.score, one.fingerprint)))


def _crossing(every: Sequence[Seen], weights: Rarity) -> set[tuple[int, int]]:
    """Pairs of rules of different guides, the smaller number first, where one forbids what the other opens with."""
    opening = defaultdict[str, list[int]](list)
    for at, one in enumerate(every):
        for word in one.asked.heads:
            opening[word].append(at)
    return {
        (min(at, other), max(at, other))
        for at, one in enumerate(every)
        for word in {forbidden[0] for forbidden in one.asked.forbids}
        if weights.weight.get(word, 0.0) >= RARE
        for other in opening[word]
        if every[other].source.origin != one.source.origin
    }


def held(one: Seen, other: Seen, near: float, weights: Rarity) -> Conflict | None:
    """Two rules held against each other; None where nothing speaks for a conflict. `near`: how alike they are."""
    best = max(oppositions(one, other, weights), key=lambda found: found.strength, default=None)
    if best is None or best.strength <= 0:
        return None
    score = best.strength * near**0.5 * _weight(one, other, weights)
    kind, context = _placed(one, other, best, weights)
    score *= 0.8 if context == "split" else 1.0
    return Conflict(kind, context, one.rule, other.rule, best.why, score, _newer(one.source, other.source))


def _weight(one: Seen, other: Seen, weights: Rarity) -> float:
    """Less where they name different technologies, where one leaves open, and where their headings share nothing."""
    field = 1.0 if same_field(one, other) else 0.3
    binding = 0.6 if "may" in (one.rule.modality, other.rule.modality) else 1.0
    field *= 1.0 if same_role(one, other) else 0.4
    return field * binding * (0.5 + min(1.0, weights.overlap(one.place, other.place) / PLACE))


def _placed(one: Seen, other: Seen, found: Opposition, weights: Rarity) -> tuple[Kind, Context]:
    """Its kind in the light of when each rule holds."""
    newer = _newer(one.source, other.source)
    if newer and nearness(one, other, weights) >= NEAR:
        return "superseded", "conflict"
    if one.when and other.when and weights.overlap(one.when, other.when) < 0.2:
        return found.kind, "split"
    if bool(one.when) != bool(other.when) and found.kind in ("modality", "action"):
        return "exception", "split"
    return found.kind, "conflict"


def _newer(one: Source, other: Source) -> Literal["", "a", "b"]:
    if one.date is None or other.date is None or abs((one.date - other.date).days) < NEWER_DAYS:
        return ""
    return "a" if one.date > other.date else "b"
