"""How well words fit a passage: BM25 (Robertson and Zaragoza 2009), and the words that the best passages add.

One setting for every collection, chosen over collections of different kinds (`benchmarks.retrieval`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seci.search.analysis import counted

K1 = 1.5
B = 0.75
# How often a word counts that stands in the title, in a heading, in the text.
TITLE, HEADING, TEXT = 2, 1, 1

WORD = np.dtype([("stem", "<i4"), ("times", "u1")])
Words = NDArray[np.void]
Floats = NDArray[np.float32]


def packed(title: str, heading: Sequence[str], text: str) -> tuple[bytes, int]:
    """The words of a passage as they are stored, sorted by stem, and their weighted number."""
    # A text often begins with its own title; it counts once.
    body = text.removeprefix(title) if title else text
    total = counted([(title, TITLE), *((one, HEADING) for one in heading), (body, TEXT)])
    words = np.array([(stem, min(times, 255)) for stem, times in sorted(total.items())], WORD)
    return words.tobytes(), int(words["times"].sum())


def unpacked(stored: bytes | memoryview) -> Words:
    return np.frombuffer(stored, WORD)


def rarity(passages: int, having: NDArray[np.int64]) -> NDArray[np.float64]:
    """Inverse document frequency, never negative: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    result: NDArray[np.float64] = np.log1p((passages - having + 0.5) / (having + 0.5))
    return result


def denominators(lengths: NDArray[np.int32], mean: float) -> Floats:
    """What the number of occurrences is added to: k1 (1 - b + b length / mean length)."""
    result: Floats = (K1 * (1 - B + B * lengths / max(mean, 1.0))).astype(np.float32)
    return result


def saturated(times: NDArray[np.uint8], denominator: Floats) -> Floats:
    """Occurrences with diminishing returns, 0 to k1 + 1."""
    some = times.astype(np.float32)
    result: Floats = some * np.float32(K1 + 1) / (some + denominator)
    return result


def query(text: str) -> dict[int, float]:
    """The words that are looked for: number of the stem -> weight. A word said twice counts twice."""
    return {stem: float(times) for stem, times in sorted(counted([(text, 1)]).items())}


def widened(
    wanted: Mapping[int, float],
    best: Sequence[tuple[float, Words, float]],
    rare: Mapping[int, float],
    *,
    words: int,
    share: float,
) -> dict[int, float]:
    """The query with what the best passages say beside it (pseudo-relevance feedback after Rocchio 1971).

    best   (score, words, denominator) of the passages found first
    rare   inverse document frequency of every stem in them
    words  how many stems are taken from them
    share  how much they count beside the query, 0 to 1
    """
    heard: Counter[int] = Counter()
    total = sum(score for score, _, _ in best) or 1.0
    for score, passage, denominator in best:
        weight = score / total
        times = passage["times"].astype(np.float64)
        for stem, fit in zip(
            passage["stem"].tolist(), (times * (K1 + 1) / (times + denominator)).tolist(), strict=True
        ):
            heard[stem] += weight * fit
    ranked = sorted(heard.items(), key=lambda one: (-one[1] * rare.get(one[0], 0.0), one[0]))[:words]
    mass, own = sum(fit for _, fit in ranked) or 1.0, sum(wanted.values()) or 1.0
    result = {stem: (1 - share) * weight / own for stem, weight in wanted.items()}
    for stem, fit in ranked:
        result[stem] = result.get(stem, 0.0) + share * fit / mass
    return dict(sorted(result.items()))
