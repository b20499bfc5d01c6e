"""Pages that a page should lead to and does not: links that are missing, each with why it is proposed.

What speaks for a link from page s to page t, as ranks that are fused (`search.fusion`):

    words      BM25 of t for the weightiest words of s
    title      how much of t's title stands in s
    meaning    nearness of the two pages as a whole, if they have vectors
    passages   nearness of the two nearest passages, if they have vectors
    linked     t is where pages that are most like s lead to
    siblings   t is where the other pages of the folder of s lead to
    folder     t lies near s

and on top of that: t leads to s already; s is the front page of the folder that t lies in. The last two and the folder
count as much as a first place in a ranking, halved for each step between folders.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seci.search.analysis import stems
from seci.search.bm25 import K1, TITLE, B

Floats = NDArray[np.float64]

# One setting for every collection of pages; see `benchmarks.crossrefs`.
WEIGHTS: Mapping[str, float] = {
    "words": 1.0, "title": 1.0, "meaning": 1.0, "passages": 1.0, "linked": 1.0, "siblings": 0.5, "folder": 1.0,
}  # fmt: skip
NEAR, BACK, FRONT = 0.5, 1.0, 1.0
K = 60
QUERY_WORDS = 60
LIKE = 10
NOTABLE = 5
"""A ranking speaks for a page that is among its first so many."""
FRONT_PAGES = frozenset({"readme", "index", "_index"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is compared.

    path    where it lies, with folders; also its name here
    text    its words without those of its links, which would give the answer away
    links   paths of pages it leads to
    """

    path: str
    title: str
    text: str
    links: frozenset[str] = frozenset()
    vectors: NDArray[np.float32] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`path` of the page to lead to; `because` names what speaks for it, weightiest first."""

    path: str
    title: str
    score: float
    because: tuple[str, ...]


class Shelf:
    """Pages of one collection, prepared for being compared."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = tuple(sorted(pages, key=lambda one: one.path))
        self.place = {one.path: at for at, one in enumerate(self.pages)}
        self.folders = [one.path.split("/")[:-1] for one in self.pages]
        self.titles = [frozenset(stems(one.title)) for one in self.pages]
        self.said = [Counter(stems(one.text)) for one in self.pages]
        self.having = Counter(word for words in self.said for word in words)
        self.postings, self.weighted = self._postings()
        self.means = np.stack([_mean(one.vectors) for one in self.pages]) if self.pages else np.zeros((0, 1))
        self.led = np.zeros((len(self.pages), len(self.pages)), bool)
        for at, one in enumerate(self.pages):
            self.led[at, [self.place[to] for to in one.links if to in self.place]] = True

    def _postings(self) -> tuple[dict[str, tuple[NDArray[np.int64], Floats]], list[Counter[str]]]:
        weighted = []
        for words, title in zip(self.said, self.titles, strict=True):
            whole = words.copy()
            whole.update(dict.fromkeys(title, TITLE))
            weighted.append(whole)
        lengths = np.array([words.total() for words in weighted], float)
        denominators = K1 * (1 - B + B * lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1.0))
        lists: dict[str, list[tuple[int, float]]] = {}
        for at, words in enumerate(weighted):
            for word, times in words.items():
                lists.setdefault(word, []).append((at, times * (K1 + 1) / (times + denominators[at])))
        return {
            word: (np.array([at for at, _ in rows]), np.array([fit for _, fit in rows])) for word, rows in lists.items()
        }, weighted

    def rare(self, word: str) -> float:
        return self.rarity(self.having[word])

    def rarity(self, having: float) -> float:
        """How much a word tells that so many pages say."""
        return math.log1p((len(self.pages) - having + 0.5) / (having + 0.5))

    def heavy(self, at: int, most: int) -> list[tuple[float, str]]:
        """The weightiest words of a page with their weights, the lightest first."""
        return sorted((((1 + math.log(times)) * self.rare(word), word) for word, times in self.weighted[at].items()))[
            -most:
        ]

    def topics(self, path: str, most: int) -> frozenset[str]:
        """The stems that tell most of what a page is about."""
        return frozenset(word for _, word in self.heavy(self.place[path], most))

    def by_words(self, source: int) -> Floats:
        found = np.zeros(len(self.pages))
        for weight, word in self.heavy(source, QUERY_WORDS):
            at, fits = self.postings[word]
            found[at] += weight * fits
        return found

    def by_title(self, source: int) -> Floats:
        """Share of the rarity of the title's words that the source says; one more word keeps short titles modest."""
        said = self.said[source]
        return np.array(
            [
                sum(self.rare(word) for word in title if said[word]) / (1 + sum(map(self.rare, title)))
                for title in self.titles
            ]
        )

    def by_meaning(self, source: int) -> Floats:
        result: Floats = (self.means @ self.means[source]).astype(float)
        return result

    def by_passages(self, source: int) -> Floats:
        own = self.pages[source].vectors
        if own is None or not len(own):
            return np.zeros(len(self.pages))
        return np.array(
            [
                float((one.vectors @ own.T).max()) if one.vectors is not None and len(one.vectors) else 0.0
                for one in self.pages
            ]
        )

    def steps(self, source: int) -> Floats:
        """Folders to be left and entered on the way to every page."""
        own = self.folders[source]

        def between(other: list[str]) -> int:
            same = 0
            for a, b in zip(own, other, strict=False):
                if a != b:
                    break
                same += 1
            return len(own) + len(other) - 2 * same

        return np.array([between(one) for one in self.folders], float)

    def suggest(self, source: str, *, limit: int = 10, blind: bool = False) -> list[Suggestion]:
        """Pages that `source` should lead to, best first; those it leads to already are left out.

        blind  as if none of its links were known: all pages are ranked (for measuring)
        """
        at = self.place[source]
        led = self.led
        if blind:
            led = led.copy()
            led[at] = False
        parts = self._parts(at, led)
        total = np.sum(list(parts.values()), axis=0)
        total[at] = -1
        total[led[at]] = -1
        order = np.argsort(-total, kind="stable")[:limit]
        return [
            Suggestion(
                self.pages[one].path, self.pages[one].title, float(total[one]),
                _because({name: float(values[one]) for name, values in parts.items()}),
            )
            for one in order.tolist()
            if total[one] > 0
        ]  # fmt: skip

    def _parts(self, at: int, led: NDArray[np.bool_]) -> dict[str, Floats]:
        """What each reason is worth for every page."""
        steps = self.steps(at)
        text = {"words": self.by_words(at), "title": self.by_title(at)}
        if any(one.vectors is not None for one in self.pages):
            text |= {"meaning": self.by_meaning(at), "passages": self.by_passages(at)}
        parts = {name: WEIGHTS[name] / (K + ranks(values)) for name, values in text.items()}
        like = np.sum(list(parts.values()), axis=0)
        like[at] = -1
        linked = np.zeros(len(self.pages))
        for rank, one in enumerate(np.argsort(-like, kind="stable")[:LIKE].tolist(), 2):
            linked += led[one] / rank
        beside = steps == 0
        beside[at] = False
        parts["linked"] = WEIGHTS["linked"] / (K + ranks(linked))
        parts["siblings"] = WEIGHTS["siblings"] / (K + ranks(led[beside].sum(axis=0)))
        first = 1 / (K + 1)
        parts["folder"] = WEIGHTS["folder"] / (K + ranks(-steps)) + NEAR * first * 0.5**steps
        parts["leads here"] = BACK * first * led[:, at].astype(float)
        parts["front page"] = FRONT * first * self._below(at)
        return parts

    def _below(self, at: int) -> Floats:
        """1 for the pages in the folder of a front page and below it; 0 for all if it is none."""
        name = self.pages[at].path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
        own = self.folders[at]
        if name not in FRONT_PAGES:
            return np.zeros(len(self.pages))
        return np.array([float(one[: len(own)] == own) for one in self.folders])


def _because(worth: Mapping[str, float]) -> tuple[str, ...]:
    """Up to three reasons in which the page is among the first, else the one that counts most."""
    order = sorted(worth, key=lambda name: -worth[name])
    return tuple(name for name in order if worth[name] >= WEIGHTS.get(name, 1) / (K + NOTABLE))[:3] or (order[0],)


def ranks(values: Floats) -> Floats:
    """Ranks from 1, best first; equals share the mean of their ranks, so that what does not tell pages apart counts
    for nothing."""
    order = np.argsort(-values, kind="stable")
    sorted_ = values[order]
    begins = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]])
    ends = np.r_[begins[1:], len(values)]
    result = np.empty(len(values))
    result[order] = np.repeat((begins + ends + 1) / 2, ends - begins)
    return result


def _mean(vectors: NDArray[np.float32] | None) -> Floats:
    if vectors is None or not len(vectors):
        return np.zeros(384)
    mean = vectors.mean(axis=0).astype(float)
    result: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return result
