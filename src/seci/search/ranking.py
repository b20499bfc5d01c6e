"""From words and a point to subjects in order: four rankings, cut to what may be seen, fused by rank.

words      BM25 over passages
widened    BM25 with what the best passages say beside the query
meaning    nearness of the whole passage
pieces     nearness of the nearest piece of a passage
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seci.search.bm25 import Floats, Words, query, widened
from seci.search.fusion import DEPTH, K, fused
from seci.search.holding import Mask, State

# One setting for all collections; see `benchmarks.retrieval`.
FEEDBACK_PASSAGES, FEEDBACK_WORDS, FEEDBACK_SHARE = 10, 20, 0.4
WEIGHTS = {"words": 1.0, "widened": 2.0, "meaning": 1.5, "pieces": 1.5}
# What is less alike than this (cosine) is not found by meaning: unrelated texts lie around 0.05.
ALIKE = 0.2

Slots = NDArray[np.int64]
# Reads the stored words of some passages.
WordsOf = Callable[[Sequence[int]], Mapping[int, Words]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject (index in the state) found, its best passage (slot), and the sum of its ranks' worth."""

    subject: int
    slot: int
    score: float


def best(scores: Floats, mask: Mask, passages: Slots, owners: NDArray[np.int32], depth: int) -> list[int]:
    """Slots by falling score until `depth` subjects are among them; what scores 0 or less is not found. Ties are
    broken by the passage's id, so that the order is the same wherever it is worked out."""
    open_ = np.flatnonzero(mask & (scores > 0))
    take = depth * 4
    while True:
        top = open_[np.argpartition(-scores[open_], take - 1)[:take]] if len(open_) > take else open_
        if len(top) == len(open_) or len(np.unique(owners[top])) >= depth:
            break
        take *= 4
    ordered: list[int] = top[np.lexsort((passages[top], -scores[top]))].tolist()
    return ordered


def firsts(slots: Sequence[int], owners: NDArray[np.int32], depth: int) -> dict[int, int]:
    """Subject -> its first slot, in order, for the first `depth` subjects."""
    found: dict[int, int] = {}
    for slot in slots:
        found.setdefault(int(owners[slot]), slot)
        if len(found) == depth:
            break
    return found


def by_words(state: State, mask: Mask, text: str, words_of: WordsOf, depth: int = DEPTH) -> dict[str, list[int]]:
    """The two rankings that need no vectors, as slots."""
    wanted = query(text)
    there = len(state.alive) - state.dead
    scores = state.postings.scores(wanted, state.denominators, there)
    first = best(scores, mask, state.passages, state.owners, depth)
    if not first:
        return {"words": [], "widened": []}
    heads = first[:FEEDBACK_PASSAGES]
    stored = words_of([int(state.passages[slot]) for slot in heads])
    heard = [
        (float(scores[slot]), stored[passage], float(state.denominators[slot]))
        for slot in heads
        if (passage := int(state.passages[slot])) in stored
    ]
    stems = sorted({stem for _, words, _ in heard for stem in words["stem"].tolist()})
    rare = state.postings.rare(stems, there)
    more = widened(wanted, heard, rare, words=FEEDBACK_WORDS, share=FEEDBACK_SHARE)
    again = state.postings.scores(more, state.denominators, there)
    return {"words": first, "widened": best(again, mask, state.passages, state.owners, depth)}


def by_matrix(state: State, mask: Mask, vector: Floats, depth: int = DEPTH) -> dict[str, list[int]]:
    """The two rankings by nearness, from vectors in memory."""
    matrix = state.matrix
    if not len(matrix.slots):
        return {"meaning": [], "pieces": []}
    near = matrix.values @ vector
    near[near < ALIKE] = 0
    whole = np.zeros(len(state.alive), np.float32)
    whole[matrix.slots[matrix.parts == 0]] = near[matrix.parts == 0]
    meaning = best(whole, mask, state.passages, state.owners, depth)
    if not matrix.parts.any():
        return {"meaning": meaning, "pieces": meaning}
    pieces = whole.copy()
    np.maximum.at(pieces, matrix.slots[matrix.parts > 0], near[matrix.parts > 0])
    return {"meaning": meaning, "pieces": best(pieces, mask, state.passages, state.owners, depth)}


def by_rows(state: State, mask: Mask, rows: Sequence[tuple[int, int, float]]) -> dict[str, list[int]]:
    """The same from (passage, part, likeness) that a database has put in order."""
    whole: list[int] = []
    pieces: dict[int, None] = {}
    for passage, part, likeness in rows:
        slot = state.slot_of.get(passage)
        if slot is None or not mask[slot] or likeness < ALIKE:
            continue
        pieces.setdefault(slot)
        if part == 0:
            whole.append(slot)
    return {"meaning": whole, "pieces": list(pieces)}


def ranked(state: State, rankings: dict[str, list[int]], depth: int = DEPTH) -> list[Ranked]:
    """Subjects best first, each with the passage that the rankings agree on most."""
    lists = {name: firsts(slots, state.owners, depth) for name, slots in rankings.items() if slots}
    total = fused((WEIGHTS[name], list(found)) for name, found in lists.items())
    worth: dict[int, dict[int, float]] = {}
    for name in lists:
        # Whole: where one subject has many passages, another's first one may stand far down.
        for rank, slot in enumerate(rankings[name], 1):
            of = worth.setdefault(int(state.owners[slot]), {})
            of[slot] = of.get(slot, 0.0) + WEIGHTS[name] / (K + rank)
    return [Ranked(subject, max(worth[subject].items(), key=lambda one: one[1])[0], score) for subject, score in total]
