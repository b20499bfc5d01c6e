"""Which passages a stem stands in, held in memory as columns: about 6 bytes for each stem of each passage.

New passages come in small sealed segments; like-sized ones are merged, as in every log-structured index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seci.search.bm25 import Floats, Words, rarity, saturated

MOST = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of the passages in slots `first` .. `end` - 1; those of stem i stand at starts[i]:starts[i + 1]."""

    first: int
    end: int
    stems: NDArray[np.int32]
    starts: NDArray[np.int64]
    slots: NDArray[np.int32]
    times: NDArray[np.uint8]

    def of(self, stem: int) -> slice:
        at = int(np.searchsorted(self.stems, stem))
        if at == len(self.stems) or self.stems[at] != stem:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


def sealed(first: int, words: Sequence[Words]) -> Segment:
    """The segment of passages whose words are given in the order of their slots, which begin at `first`."""
    counts = np.fromiter((len(one) for one in words), np.int64, len(words))
    together = np.concatenate(words) if len(words) else np.empty(0, [("stem", "<i4"), ("times", "u1")])
    slots = np.repeat(np.arange(first, first + len(words), dtype=np.int32), counts)
    return _sorted(first, first + len(words), together["stem"].astype(np.int32), slots, together["times"])


def merged(parts: Sequence[Segment]) -> Segment:
    """Neighboring segments as one."""
    stems = np.concatenate([np.repeat(one.stems, np.diff(one.starts)) for one in parts])
    slots = np.concatenate([one.slots for one in parts])
    return _sorted(parts[0].first, parts[-1].end, stems, slots, np.concatenate([one.times for one in parts]))


def _sorted(
    first: int, end: int, stems: NDArray[np.int32], slots: NDArray[np.int32], times: NDArray[np.uint8]
) -> Segment:
    order = np.argsort(stems, kind="stable")
    stems = stems[order]
    different, starts = np.unique(stems, return_index=True)
    return Segment(
        first,
        end,
        different,
        np.append(starts, len(stems)).astype(np.int64),
        slots[order],
        np.ascontiguousarray(times[order]),
    )


@dataclass(frozen=True, slots=True)
class Postings:
    """All segments. `with_` gives the next state; one that is being searched is never changed."""

    segments: tuple[Segment, ...] = ()

    def with_(self, segment: Segment) -> Postings:
        """Adds a segment; the last ones are merged while they are about as large or too many."""
        kept = [*self.segments, segment]
        while len(kept) > 1 and (size(kept[-1]) * 2 >= size(kept[-2]) or len(kept) > MOST):
            kept[-2:] = [merged(kept[-2:])]
        return Postings(tuple(kept))

    def having(self, stems: Sequence[int]) -> NDArray[np.int64]:
        """In how many passages each stem stands."""
        wanted = np.asarray(stems, np.int32)
        total = np.zeros(len(wanted), np.int64)
        for one in self.segments:
            at = np.minimum(np.searchsorted(one.stems, wanted), max(len(one.stems) - 1, 0))
            if len(one.stems):
                total += np.where(one.stems[at] == wanted, one.starts[at + 1] - one.starts[at], 0)
        return total

    def rare(self, stems: Sequence[int], passages: int) -> dict[int, float]:
        return dict(zip(stems, rarity(passages, self.having(stems)).tolist(), strict=True))

    def scores(self, wanted: Mapping[int, float], denominators: Floats, passages: int) -> Floats:
        """BM25 of every slot for the weighted stems; 0 where none of them stands."""
        result = np.zeros(len(denominators), np.float32)
        rare = self.rare(list(wanted), passages)
        for one in self.segments:
            for stem, weight in wanted.items():
                part = one.of(stem)
                slots = one.slots[part]
                result[slots] += np.float32(weight * rare[stem]) * saturated(one.times[part], denominators[slots])
        return result


def size(segment: Segment) -> int:
    return len(segment.slots)
