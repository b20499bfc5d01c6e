"""How alike texts are: by their words, and by their meaning where there is an embedding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seci.combination.merge.source import Embed
from seci.combination.merge.words import terms

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
# Two texts by number, and how alike they are.
Pair = tuple[int, int, float]
# Texts thought to stand elsewhere, sharing no word: without them, what two texts share would weigh nothing.
ELSEWHERE = 50
# Rows worked out at a time: 512 × 10,000 texts are 20 MB.
BLOCK = 512


def weights(texts: Sequence[Iterable[str]]) -> csr_matrix:
    """Texts × terms, each row of length 1: (1 + log tf) · log((n + 50) / (df + ½)).

    The inverse document frequency of BM25's family (Spärck Jones 1972; Robertson & Zaragoza 2009) with the logarithmic
    term frequency of SMART's `lnc` (Salton & Buckley 1988).
    """
    from scipy.sparse import csr_matrix

    counts = [Counter(text) for text in texts]
    seen = Counter(term for count in counts for term in count)
    place = {term: at for at, term in enumerate(seen)}
    rare = {term: log((len(texts) + ELSEWHERE) / (number + 0.5)) for term, number in seen.items()}
    rows = [
        (at, place[term], (1 + log(tf)) * rare[term]) for at, count in enumerate(counts) for term, tf in count.items()
    ]
    shape = (len(texts), max(1, len(place)))
    if not rows:
        return csr_matrix(shape, dtype=np.float32)
    at, column, weight = zip(*rows, strict=True)
    found = csr_matrix((np.array(weight, dtype=np.float32), (at, column)), shape=shape)
    return _unit(found)


def _unit(found: Any) -> Any:
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return (diags(1 / np.where(length > 0, length, 1)).astype(np.float32) @ found).tocsr()


def _mean(words: Floats, meaning: Floats) -> Floats:
    return np.asarray((words + np.clip(meaning, 0, 1)) / 2, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike each of some texts is to each other, 0 to 1, worked out in blocks of rows as it is asked for.

    words    texts × terms of length 1; vectors, where there is an embedding, texts × dimensions of length 1;
    origins  the guide that each text comes from
    Likeness is the cosine of the words, or the mean of it and the cosine of the vectors.
    """

    words: csr_matrix
    origins: NDArray[np.int32]
    vectors: Floats | None = None

    def rows(self, start: int, stop: int) -> Floats:
        """Texts `start` to `stop` with all."""
        found = np.asarray((self.words[start:stop] @ self.words.T).todense(), dtype=np.float32)
        if self.vectors is None:
            return found
        return _mean(found, self.vectors[start:stop] @ self.vectors.T)

    def of(self, at: Sequence[int]) -> Floats:
        """Some texts with each other."""
        words = self.words[list(at)]
        found = np.asarray((words @ words.T).todense(), dtype=np.float32)
        if self.vectors is None:
            return found
        return _mean(found, self.vectors[list(at)] @ self.vectors[list(at)].T)

    def across(self, least: float) -> list[Pair]:
        """Pairs of texts of different guides that are at least so alike, the most alike first."""
        found = list[Pair]()
        for start in range(0, len(self.origins), BLOCK):
            part = self.rows(start, start + BLOCK)
            for row, column in zip(*np.nonzero(part >= least), strict=True):
                one, other = start + int(row), int(column)
                if one < other and self.origins[one] != self.origins[other]:
                    found.append((one, other, float(part[row, column])))
        return sorted(found, key=lambda pair: (-pair[2], pair[:2]))

    def mutual(self, least: float) -> list[Pair]:
        """Pairs that are each other's best match between two guides, the most alike first; ties to the earlier."""
        guides = int(self.origins.max(initial=-1)) + 1
        best = np.full((len(self.origins), guides), -1, dtype=np.int64)
        score = np.zeros((len(self.origins), guides), dtype=np.float32)
        columns = [np.flatnonzero(self.origins == guide) for guide in range(guides)]
        for start in range(0, len(self.origins), BLOCK):
            part = self.rows(start, start + BLOCK)
            for guide, members in enumerate(columns):
                top = part[:, members].argmax(axis=1)
                best[start : start + len(part), guide] = members[top]
                score[start : start + len(part), guide] = part[np.arange(len(part)), members[top]]
        found = [
            (one, int(other), float(score[one, guide]))
            for one in range(len(self.origins))
            for guide, other in enumerate(best[one])
            if one < other and guide != self.origins[one] and score[one, guide] >= least
            and best[other, self.origins[one]] == one
        ]  # fmt: skip
        return sorted(found, key=lambda pair: (-pair[2], pair[:2]))


def alike(texts: Sequence[str], origins: Sequence[str], embed: Embed | None = None) -> Alike:
    """Texts ready to be held against each other; `origins` names the guide of each."""
    known = {origin: at for at, origin in enumerate(dict.fromkeys(origins))}
    vectors = None if embed is None or not texts else np.asarray(embed(texts), dtype=np.float32)
    return Alike(
        weights([terms(text) for text in texts]),
        np.array([known[origin] for origin in origins], dtype=np.int32),
        vectors,
    )


def grouped(number: int, pairs: Iterable[Pair], fits: Callable[[list[int], list[int]], bool]) -> list[list[int]]:
    """What pairs join, the first pairs first; two groups become one only where `fits` says so. Singles are left out."""
    group = {at: [at] for at in range(number)}
    for one, other, _ in pairs:
        left, right = group[one], group[other]
        if left is not right and fits(left, right):
            left.extend(right)
            for at in right:
                group[at] = left
    seen = {id(members): sorted(members) for members in group.values() if len(members) > 1}
    return sorted(seen.values())
