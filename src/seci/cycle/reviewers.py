"""Who fits a change as its reviewer, from who changed and reviewed what, and who reviews whom.

    S(p | change) = Σ_files share_R + ½ share_A  (mean over the files of the change)
                  + 2 · the same at their directories (½ per level up, 4 levels)
                  + 2 · affinity(authors → p) + popularity(p)

share_R and share_A are a person's parts of the reviews and of the changes of a file; affinity the part of the
authors' earlier reviews that were p's; popularity the part of all reviews. Every amount halves in 90 days. For live
use the score is divided by e^(0.1 · reviews of the last 7 days), so that nobody is asked for everything.

The weights are the flat optimum of a grid over seven public histories, tuned on the changes before the last 30 %;
that the author's own reviewers say most agrees with Meta's RevRecV2 (reviewer recommendation at Meta, 2023).
What it tells is who would be asked, from habit: it is a proposal, not a measure of skill.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from seci.cycle.tally import Fading, Tally
from seci.kit.clock import DAY, Micros

LARGE = 100
"""A change of more files than this says nothing about who knows them."""

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that landed in one piece: a pull request, a review, or a commit.

    key      whatever the caller knows it by, returned in `Evidence.units`
    paths    files it touched, '/' between folders
    authors  who made it, and who reviewed it: person numbers
    at       when it landed
    """

    key: int
    paths: Sequence[str]
    authors: Sequence[int]
    reviewers: Sequence[int]
    at: Micros


@dataclass(frozen=True, slots=True)
class Weights:
    """The formula's numbers: see the head of this module. half_life and active in days."""

    file: float = 1.0
    directory: float = 2.0
    author: float = 0.5
    affinity: float = 2.0
    popularity: float = 1.0
    half_life: float = 90.0
    level: float = 0.5
    levels: int = 4
    active: float = 365.0
    load: float = 0.1


@dataclass(frozen=True, slots=True)
class Parts:
    """What a score is made of, before the load is taken into account."""

    file: float = 0.0
    directory: float = 0.0
    affinity: float = 0.0
    popularity: float = 0.0

    @property
    def total(self) -> float:
        return self.file + self.directory + self.affinity + self.popularity


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts behind a candidate, on the files of the change or, where there is none, on their folders.

    commits, reviews  how many units the person made and reviewed there
    together          how many units of the change's authors the person reviewed, anywhere
    last              the latest of all these, None if there is none
    near              True when the facts are about the folders, not the files themselves
    units             keys of the units, newest first
    """

    commits: int
    reviews: int
    together: int
    last: Micros | None
    near: bool
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """`week` is the number of reviews done in the last seven days; the score is already divided for it."""

    person: int
    score: float
    parts: Parts
    week: int
    evidence: Evidence


@dataclass(slots=True)
class _Sums:
    """Score parts by person, while they are added up."""

    file: dict[int, float] = field(default_factory=dict)
    directory: dict[int, float] = field(default_factory=dict)
    affinity: dict[int, float] = field(default_factory=dict)
    popularity: dict[int, float] = field(default_factory=dict)

    def parts(self, person: int) -> Parts:
        return Parts(
            self.file.get(person, 0.0),
            self.directory.get(person, 0.0),
            self.affinity.get(person, 0.0),
            self.popularity.get(person, 0.0),
        )


class ReviewerState:
    """Everything landed so far, kept so that a unit is added in time proportional to its files.

    Units are observed in the order in which they landed. `rank` and `scores` may be asked for any instant not
    before the latest unit observed.
    """

    def __init__(self, weights: Weights | None = None, bots: Collection[int] = ()) -> None:
        self.weights = weights or Weights()
        self.bots = frozenset(bots)
        self.units: list[Unit] = []
        self.last: dict[int, Micros] = {}
        self._fading = Fading(self.weights.half_life)
        self._reviewed, self._changed = self._fading.tally(), self._fading.tally()
        self._affinity, self._popularity = self._fading.tally(), self._fading.tally()
        self._at_path: dict[str, array[int]] = {}
        self._by_author: dict[int, array[int]] = {}
        self._week: deque[tuple[Micros, int]] = deque()

    def observe(self, unit: Unit) -> None:
        """Adds what landed. Reviewers who are its authors, and bots, are left out."""
        reviewers = [p for p in unit.reviewers if p not in unit.authors and p not in self.bots]
        authors = [p for p in unit.authors if p not in self.bots]
        number, growth = len(self.units), self._fading.growth(unit.at)
        self.units.append(unit)
        for person in (*authors, *reviewers):
            self.last[person] = max(unit.at, self.last.get(person, unit.at))
        for author in authors:
            self._affinity.add(author, reviewers, growth)
            self._by_author.setdefault(author, array("i")).append(number)
        self._popularity.add(_ALL, reviewers, growth)
        self._week.extend((unit.at, person) for person in reviewers)
        if len(unit.paths) <= LARGE:
            self._observe_paths(number, unit.paths, authors, reviewers, growth)

    def scores(self, paths: Sequence[str], authors: Collection[int], at: Micros) -> dict[int, float]:
        """Score of every candidate: who was active in the last 365 days, without the authors and without bots."""
        sums = self._sums(paths[:LARGE], authors)
        return {person: sums.parts(person).total for person in self.candidates(authors, at)}

    def rank(
        self, paths: Sequence[str], authors: Collection[int], at: Micros, *, limit: int = 5, load: bool = True
    ) -> list[Candidate]:
        """The best candidates with a score above zero, best first; ties by who was active last, then by number."""
        sums = self._sums(paths[:LARGE], authors)
        week = self._reviews_since(at - 7 * DAY)
        scored = []
        for person in self.candidates(authors, at):
            score = sums.parts(person).total * (math.exp(-self.weights.load * week.get(person, 0)) if load else 1.0)
            if score > 0:
                scored.append((-score, -self.last[person], person))
        return [
            Candidate(person, -negative, sums.parts(person), week.get(person, 0), self.evidence(person, paths, authors))
            for negative, _, person in heapq.nsmallest(limit, scored)
        ]

    def candidates(self, authors: Collection[int], at: Micros) -> list[int]:
        """Who was active in the last 365 days, without the authors."""
        since = at - int(self.weights.active * DAY)
        return [person for person, last in self.last.items() if last >= since and person not in authors]

    def evidence(self, person: int, paths: Sequence[str], authors: Collection[int]) -> Evidence:
        """The units that speak for this person."""
        for keys in (paths, [folder for folder, _ in self._folders(paths)]):
            numbers = {number for key in keys for number in self._at_path.get(key, ())}
            commits = [n for n in numbers if person in self.units[n].authors]
            reviews = [n for n in numbers if person in self.units[n].reviewers]
            if commits or reviews:
                break
        together = [
            n
            for n in {n for author in authors for n in self._by_author.get(author, ())}
            if person in self.units[n].reviewers
        ]
        facts = sorted({*commits, *reviews, *together}, reverse=True)
        return Evidence(
            len(commits),
            len(reviews),
            len(together),
            max((self.units[n].at for n in facts), default=None),
            keys is not paths and bool(commits or reviews),
            tuple(self.units[n].key for n in facts),
        )

    def _observe_paths(
        self, number: int, paths: Sequence[str], authors: list[int], reviewers: list[int], growth: float
    ) -> None:
        for key, part in (*((path, 1.0) for path in paths), *self._folders(paths, self.weights.level)):
            self._reviewed.add(key, reviewers, growth * part)
            self._changed.add(key, authors, growth * part)
            self._at_path.setdefault(key, array("i")).append(number)

    def _folders(self, paths: Sequence[str], level: float | None = None) -> list[tuple[str, float]]:
        """Each folder at or above the paths, up to `levels`, with the mean over the paths of level^(steps up)."""
        fall = self.weights.level if level is None else level
        found: dict[str, float] = {}
        for path in paths:
            folder, worth = path, 1.0 / len(paths)
            for _ in range(self.weights.levels):
                folder = folder[: folder.rfind("/", 0, -1) + 1]
                found[folder] = found.get(folder, 0.0) + worth
                worth *= fall
                if not folder:
                    break
        return list(found.items())

    def _sums(self, paths: Sequence[str], authors: Collection[int]) -> _Sums:
        sums, weights = _Sums(), self.weights
        for path in paths:
            self._add_contact(sums.file, path, weights.file / len(paths))
        for folder, worth in self._folders(paths):
            self._add_contact(sums.directory, folder, weights.directory * worth)
        for author in authors:
            _add_shares(sums.affinity, self._affinity, author, weights.affinity / len(authors))
        _add_shares(sums.popularity, self._popularity, _ALL, weights.popularity)
        return sums

    def _add_contact(self, into: dict[int, float], key: str, worth: float) -> None:
        _add_shares(into, self._reviewed, key, worth)
        _add_shares(into, self._changed, key, worth * self.weights.author)

    def _reviews_since(self, since: Micros) -> dict[int, int]:
        while self._week and self._week[0][0] < since:
            self._week.popleft()
        counts: dict[int, int] = {}
        for _, person in self._week:
            counts[person] = counts.get(person, 0) + 1
        return counts


def _add_shares(into: dict[int, float], tally: Tally, key: str | int, worth: float) -> None:
    total = tally.total(key)
    if total > 0:
        for person, amount in tally.row(key).items():
            into[person] = into.get(person, 0.0) + worth * amount / total


def observed(units: Iterable[Unit], weights: Weights | None = None, bots: Collection[int] = ()) -> ReviewerState:
    """A state with all these units, which must be in landing order."""
    state = ReviewerState(weights, bots)
    for unit in units:
        state.observe(unit)
    return state
