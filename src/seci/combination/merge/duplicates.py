"""Sections that were copied and then edited, found by the runs of words that they still share.

Every run of three words of every section is indexed, exactly (Broder 1997 calls them shingles; sketches of them lose
what is edited most). A word in ten changed leaves .73 of the runs, three in ten .34. What is frequent in the whole
library, such as the lines of a template, counts for no pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from seci.combination.merge.alignment import Section, sections
from seci.combination.merge.findings import fingerprint
from seci.combination.merge.likeness import BLOCK, Floats
from seci.combination.merge.source import Embed, Source
from seci.combination.merge.words import plain, shingles

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Shorter sections say too little to be copies.
WORDS = 12
# Jaccard index of the runs of words, from which two sections are told, if each is the other's nearest.
LEAST = 0.07
# From here on they are told in any case.
SURE = 0.3
# A run that stands in more sections than this is a template's.
FREQUENT = 20
# Cosine of the embeddings of a section that was written anew.
LEAST_EMBEDDED = 0.88


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two sections that say the same in nearly the same words.

    shared   Jaccard index of their runs of three words; exact: all words are the same
    rewritten  found by what it means alone: hardly a run of words is shared
    """

    a: Section
    b: Section
    shared: float
    exact: bool
    rewritten: bool = False

    @property
    def fingerprint(self) -> str:
        return fingerprint("duplicate", self.a.text, self.b.text)


def duplicates(sources: Sequence[Source], embed: Embed | None = None) -> tuple[Duplicate, ...]:
    """The near-duplicates among the sections of different sources, the most alike first."""
    parts = [part for source in sources for part in sections(source) if len(plain(part.text)) >= WORDS]
    found = {(one, other): shared for one, other, shared in pairs([part.text for part in parts], _documents(parts))}
    told = [
        Duplicate(parts[one], parts[other], shared, plain(parts[one].text) == plain(parts[other].text))
        for (one, other), shared in found.items()
    ]
    if embed is not None and parts:
        told += _rewritten(parts, found, np.asarray(embed([part.text for part in parts]), dtype=np.float32))
    return tuple(sorted(told, key=lambda one: (one.rewritten, -one.shared, one.a.key, one.b.key)))


def _documents(parts: Sequence[Section]) -> list[int]:
    return [part.source for part in parts]


def pairs(texts: Sequence[str], documents: Sequence[int]) -> list[tuple[int, int, float]]:
    """Pairs of texts of different documents that share runs of words, with the Jaccard index of these.

    Told are those that share `SURE` of them, and those of `LEAST` that are each other's nearest.
    """
    if not texts:
        return []
    runs = [shingles(text) for text in texts]
    number = Counter(run for one in runs for run in one)
    shared = _indexed(runs, {run for run, times in number.items() if 1 < times <= FREQUENT})
    sizes, belongs = np.array([max(1, len(one)) for one in runs], dtype=np.float32), np.array(documents)
    nearest, told = np.zeros(len(texts), dtype=np.float32), list[tuple[int, int, float]]()
    for start in range(0, len(texts), BLOCK):
        part = (shared[start : start + BLOCK] @ shared.T).tocoo()
        for row, column, both in zip(part.row + start, part.col, part.data, strict=True):
            if belongs[row] == belongs[column]:
                continue
            jaccard = float(both / (sizes[row] + sizes[column] - both))
            nearest[row] = max(nearest[row], jaccard)
            if row < column and jaccard >= LEAST:
                told.append((int(row), int(column), jaccard))
    return [
        (one, other, how)
        for one, other, how in told
        if how >= SURE or (how >= float(nearest[one]) and how >= float(nearest[other]))
    ]


def _indexed(runs: Sequence[frozenset[tuple[str, ...]]], counted: set[tuple[str, ...]]) -> csr_matrix:
    """Texts × runs of words, 1 where a text has one that counts."""
    from scipy.sparse import csr_matrix

    place = {run: at for at, run in enumerate(sorted(counted))}
    spots = [(at, place[run]) for at, one in enumerate(runs) for run in one if run in place]
    row, column = zip(*spots, strict=True) if spots else ((), ())
    return csr_matrix((np.ones(len(spots), dtype=np.float32), (row, column)), shape=(len(runs), max(1, len(place))))


def _rewritten(parts: Sequence[Section], found: dict[tuple[int, int], float], vectors: Floats) -> list[Duplicate]:
    """Sections that are each other's nearest in meaning, and near enough, without sharing words."""
    belongs = np.array(_documents(parts))
    nearest = np.full(len(parts), -1)
    score = np.zeros(len(parts), dtype=np.float32)
    for start in range(0, len(parts), BLOCK):
        block = vectors[start : start + BLOCK] @ vectors.T
        block[belongs[start : start + BLOCK, None] == belongs[None, :]] = -1
        nearest[start : start + BLOCK], score[start : start + BLOCK] = block.argmax(axis=1), block.max(axis=1)
    return [
        Duplicate(parts[one], parts[other], 0.0, False, rewritten=True)
        for one, other in enumerate(nearest)
        if one < other and nearest[other] == one and score[one] >= LEAST_EMBEDDED and (one, other) not in found
    ]
