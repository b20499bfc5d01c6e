"""Sentences of several guides that say the same: one is kept word for word, all are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seci.combination.merge.likeness import Floats, alike, grouped
from seci.combination.merge.negation import denial
from seci.combination.merge.quantities import quantities
from seci.combination.merge.source import Embed, Source
from seci.combination.merge.words import terms

LEAST = 0.6
LEAST_EMBEDDED = 0.66
# Fewer words that carry meaning say too little to be the same as anything.
WORDS = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a source, by its number in `source.sentences`."""

    source: int
    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Sentences that say the same. `kept` stands for all; `likeness` is the mean of how alike they are to it."""

    kept: Said
    others: tuple[Said, ...]
    likeness: float

    @property
    def all(self) -> tuple[Said, ...]:
        return (self.kept, *self.others)


def equivalents(sources: Sequence[Source], embed: Embed | None = None) -> tuple[Equivalent, ...]:
    """Groups of sentences that say the same, in the order of reading.

    Sentences of two guides join when each is the other's best match and they are alike enough; all of a group must be.
    Sentences that differ in a number or in what they deny never join: they are for people to decide (`conflicts`).
    Kept is what people vouch for, else what says most of all that they say, else the most central, else the newest.
    """
    said = [
        (source, Said(source.id, number, sentence.text))
        for source in sources
        for number, sentence in enumerate(source.sentences)
        if len(terms(sentence.text)) >= WORDS
    ]
    if not said:
        return ()
    texts = [one.text for _, one in said]
    everything = alike(texts, [source.origin for source, _ in said], embed)
    least = LEAST if embed is None else LEAST_EMBEDDED

    def fits(left: list[int], right: list[int]) -> bool:
        inner = everything.of([*left, *right])[: len(left), len(left) :]
        agree = all(agrees(texts[one], texts[other]) for one in left for other in right)
        return bool(inner.min() >= least) and agree

    groups = grouped(len(said), everything.mutual(least), fits)
    return tuple(_equivalent([said[at] for at in group], everything.of(group)) for group in groups)


def agrees(one: str, other: str) -> bool:
    """Whether two sentences have the same numbers and deny nothing that the other affirms."""
    if {(q.value, q.unit) for q in quantities(one)} != {(q.value, q.unit) for q in quantities(other)}:
        return False
    left, right = denial(one), denial(other)
    return not (left.denied & right.affirmed or right.denied & left.affirmed)


def _equivalent(group: Sequence[tuple[Source, Said]], inner: Floats) -> Equivalent:
    central = np.round(inner.sum(axis=1), 3)

    def worth(at: int) -> tuple[bool, int, float, float]:
        source, said = group[at]
        when = source.date.timestamp() if source.date else 0.0
        return source.verified is not None, len(set(terms(said.text))), float(central[at]), when

    kept = max(range(len(group)), key=lambda at: (*worth(at), -at))
    others = [at for at in range(len(group)) if at != kept]
    mean = float(inner[kept][others].mean())
    return Equivalent(group[kept][1], tuple(group[at][1] for at in others), mean)
