"""Simple and published ways to recommend a reviewer, as baselines: each gives a score to every candidate.

cHRev  Zanjani, Kagdi and Bird (TSE 2016): reviews of the file, days of reviewing it, and how lately
WhoDo  Asthana and others (FSE 2019), without its load term: changes and reviews of the files and of their
       folders, each divided by the days since
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from seci.cycle.reviewers import Floats, ReviewerState, Signals, Unit
from seci.kit.clock import DAY, Micros

HALF_LIFE = 90.0
NAMES = (
    "random",
    "most active ever",
    "most active, 90 d",
    "cHRev",
    "WhoDo-like",
    "author familiarity",
    "review familiarity",
    "familiarity, file and folder",
    "author-reviewer affinity",
    "formula, 90 d only",
)


@dataclass(slots=True)
class _Contact:
    """One person's contact with one file or folder."""

    changes: int = 0
    reviews: int = 0
    days: set[int] = field(default_factory=set)
    last_change: Micros = 0
    last_review: Micros = 0


class Baselines:
    """Everything the baselines remember."""

    def __init__(self, bots: Collection[int], seed: int = 1) -> None:
        self._state = ReviewerState(bots, half_lives=(HALF_LIFE,), assumed=0.0)
        self._ever: dict[int, int] = {}
        self.reviews: dict[int, int] = {}
        self._files: dict[str, dict[int, _Contact]] = {}
        self._random = np.random.default_rng(seed)

    def observe(self, unit: Unit) -> None:
        self._state.observe(unit)
        for person in (*unit.authors, *unit.reviewers):
            self._ever[person] = self._ever.get(person, 0) + 1
        for person in unit.reviewers:
            self.reviews[person] = self.reviews.get(person, 0) + 1
        for path in unit.paths if len(unit.paths) <= 100 else ():
            for key in (path, _folder(path)):
                contacts = self._files.setdefault(key, {})
                for person in unit.authors:
                    contact = contacts.setdefault(person, _Contact())
                    contact.changes, contact.last_change = contact.changes + 1, unit.at
                for person in unit.reviewers:
                    contact = contacts.setdefault(person, _Contact())
                    contact.reviews, contact.last_review = contact.reviews + 1, unit.at
                    contact.days.add(unit.at // DAY)

    def scores(
        self, paths: Sequence[str], authors: Collection[int], at: Micros, people: Sequence[int]
    ) -> dict[str, Floats]:
        """Scores in the order of `people`. Ties are broken by popularity, which helps the baselines."""
        signals = self._state.signals(paths, authors, at)
        share = _aligned(signals, people)
        popularity = share[:, 5]
        paths = paths[:100]
        scores = {
            "random": self._random.random(len(people)),
            "most active ever": np.array([self._ever.get(p, 0) for p in people], np.float64),
            "most active, 90 d": popularity,
            "cHRev": self._chrev(paths, people),
            "WhoDo-like": self._whodo(paths, at, people),
            "author familiarity": share[:, 1],
            "review familiarity": share[:, 0],
            "familiarity, file and folder": share[:, :4] @ np.array([1.0, 0.5, 2.0, 1.0]),
            "author-reviewer affinity": share[:, 4],
            "formula, 90 d only": share @ np.array([1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 0.0]),
        }
        return {name: score + 1e-6 * popularity for name, score in scores.items()}

    def _chrev(self, paths: Sequence[str], people: Sequence[int]) -> Floats:
        row, total = {p: i for i, p in enumerate(people)}, np.zeros(len(people))
        for path in paths:
            contacts = [(p, c) for p, c in self._files.get(path, {}).items() if c.reviews]
            if contacts:
                reviews = sum(c.reviews for _, c in contacts)
                days = len(set().union(*(c.days for _, c in contacts)))
                last = max(c.last_review for _, c in contacts)
                for person, c in contacts:
                    if person in row:
                        lately = 1 / max(1.0, (last - c.last_review) / DAY)
                        total[row[person]] += c.reviews / reviews + len(c.days) / days + lately
        return total / (3 * max(1, len(paths)))

    def _whodo(self, paths: Sequence[str], at: Micros, people: Sequence[int]) -> Floats:
        row, total = {p: i for i, p in enumerate(people)}, np.zeros(len(people))
        for key in (*paths, *{_folder(path) for path in paths}):
            for person, c in self._files.get(key, {}).items():
                if person in row:
                    total[row[person]] += c.changes / max(1.0, (at - c.last_change) / DAY)
                    total[row[person]] += c.reviews / max(1.0, (at - c.last_review) / DAY)
        return total


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _aligned(signals: Signals, people: Sequence[int]) -> Floats:
    row = {int(p): i for i, p in enumerate(signals.person)}
    return np.array([signals.share[row[p]] for p in people]).reshape(len(people), -1)
