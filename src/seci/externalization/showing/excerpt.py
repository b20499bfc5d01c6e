"""The part of a text around the words in question, with the claims found in it marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

AROUND = 1_500
"""Characters shown before and after the words in question."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text. `candidate` is the claim whose words these are, None between them; `now`: the one asked about."""

    text: str
    candidate: int | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Passages in order; all of them together are the text from `begins` on, to its end or to where it is cut."""

    passages: tuple[Passage, ...]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, spans: Iterable[tuple[int, int, int]], current: int | None, around: int = AROUND) -> Excerpt:
    """`spans` are (candidate, begin, end). Of spans that overlap, the current one keeps its words, then the first."""
    spans = list(spans)
    begin, end = next(((b, e) for candidate, b, e in spans if candidate == current), (0, 0))
    first, last = max(0, begin - around), min(len(text), end + around)
    taken: list[tuple[int, int, int]] = []
    for candidate, b, e in sorted(spans, key=lambda one: (one[0] != current, one[1])):
        if first <= b < e <= last and all(e <= other[1] or b >= other[2] for other in taken):
            taken.append((candidate, b, e))
    passages, at = [], first
    for candidate, b, e in sorted(taken, key=lambda one: one[1]):
        if b > at:
            passages.append(Passage(text[at:b]))
        passages.append(Passage(text[b:e], candidate, candidate == current))
        at = e
    if at < last:
        passages.append(Passage(text[at:last]))
    return Excerpt(tuple(passages), first > 0, last < len(text))
