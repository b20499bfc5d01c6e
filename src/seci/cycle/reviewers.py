"""Who fits a change as its reviewer, from who changed and reviewed what, and who reviews whom.

    S(p | change) = mean over the half-lives 14 and 90 days of
                      share_R(files) + ½ share_A(files)             mean over the files of the change
                    + 2 · [share_R(folders) + ½ share_A(folders)]   ½ per level up, 4 levels
                    + 2 · affinity(authors → p) + popularity(p)

share_R and share_A are a person's parts of the reviews and of the changes of a file; affinity the part of the
authors' earlier reviews that were p's; popularity the part of all reviews. A part of little counts for little: one
review or change more than there was is assumed to be somebody else's. For live use the score is divided by
e^(0.1 · reviews of the last 7 days), so that nobody is asked for everything.

The weights are the flat optimum of a grid over seven public histories; the two half-lives and the one event more
were chosen on the changes between 40 and 70 % of eight. That the author's own reviewers say most agrees with Meta's
RevRecV2. What it tells is who would be asked, from habit: a proposal, not a measure of skill.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from seci.cycle.tally import Fading, Tally
from seci.kit.clock import DAY, Micros

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LARGE = 100
"""A change of more files than this says nothing about who knows them."""

ACTIVE = 365 * DAY
"""Who was last seen longer ago is not a candidate."""

HALF_LIVES = (14.0, 90.0)
"""Days: what goes on now, and what has been going on."""

LEVELS = 4
UP = 0.5
LOAD = 0.1
ASSUMED = 1.0
"""Reviews or changes by somebody else that every share assumes."""

SIGNALS = ("file_reviewed", "file_changed", "folder_reviewed", "folder_changed", "affinity", "reviews", "changes")
"""Shares of a candidate, 0 to 1 (folders up to 1.875), once for each half-life."""

RECENCIES = ("active", "reviewed", "changed", "together", "known")
"""Days since the candidate was last active, reviewed, changed, reviewed these authors, and was first seen."""

NEVER = 5000.0

FIXED = np.array([1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 0.0])
"""Weights of `SIGNALS` in the formula."""

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that landed in one piece: a pull request, a review, or a commit.

    key        whatever the caller knows it by, returned in `Evidence.units`
    paths      files it touched, '/' between folders
    authors, reviewers  person numbers
    at         when it landed
    """

    key: int
    paths: Sequence[str]
    authors: Sequence[int]
    reviewers: Sequence[int]
    at: Micros


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of every candidate for one change.

    person  (n,) candidates: active in the last 365 days, no author, no bot
    share   (n, half-lives × SIGNALS)
    days    (n, RECENCIES), NEVER where it never was
    """

    person: Ints
    share: Floats
    days: Floats

    @property
    def fixed(self) -> Floats:
        """Score of each candidate by the formula of this module."""
        scores: Floats = self._by_half_life(self.share).mean(axis=1) @ FIXED
        return scores

    @staticmethod
    def _by_half_life(share: Floats) -> Floats:
        return share.reshape(len(share), share.shape[1] // len(SIGNALS), len(SIGNALS))

    def parts(self, row: int) -> Parts:
        """What the fixed score of one candidate is made of."""
        part = self._by_half_life(self.share[row : row + 1]).mean(axis=1)[0] * FIXED
        return Parts(float(part[0] + part[1]), float(part[2] + part[3]), float(part[4]), float(part[5]))


@dataclass(frozen=True, slots=True)
class Parts:
    """The terms of the formula, before the load is taken into account."""

    file: float
    directory: float
    affinity: float
    popularity: float

    @property
    def total(self) -> float:
        return self.file + self.directory + self.affinity + self.popularity


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts that speak for a candidate, on the files of the change or, where there are none, on their folders.

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


@dataclass(frozen=True, slots=True)
class _Seen:
    """Tallies at one half-life."""

    fading: Fading
    reviewed: Tally
    changed: Tally
    affinity: Tally

    @classmethod
    def of(cls, half_life: float) -> _Seen:
        fading = Fading(half_life)
        return cls(fading, fading.tally(), fading.tally(), fading.tally())


class ReviewerState:
    """Everything landed so far, kept so that a unit is added in time proportional to its files.

    Units are observed in the order in which they landed; questions may be asked for any instant not before the
    latest unit observed.
    """

    def __init__(
        self, bots: Collection[int] = (), *, half_lives: Sequence[float] = HALF_LIVES, assumed: float = ASSUMED
    ) -> None:
        self.bots = frozenset(bots)
        self.assumed = assumed
        self.units: list[Unit] = []
        self._last: dict[int, list[Micros]] = {}
        self._together: dict[tuple[int, int], Micros] = {}
        self._seen = [_Seen.of(half_life) for half_life in half_lives]
        self._at_path: dict[str, array[int]] = {}
        self._by_author: dict[int, array[int]] = {}
        self._reviews: list[tuple[Micros, int]] = []

    def observe(self, unit: Unit) -> None:
        """Adds what landed. Reviewers who are its authors, and bots, are left out."""
        reviewers = [p for p in unit.reviewers if p not in unit.authors and p not in self.bots]
        authors = [p for p in unit.authors if p not in self.bots]
        number = len(self.units)
        self.units.append(unit)
        self._note_times(unit.at, authors, reviewers)
        for author in authors:
            self._by_author.setdefault(author, array("i")).append(number)
        keys: list[tuple[str, float]] = [(_ALL, 1.0)]
        if len(unit.paths) <= LARGE:
            keys += [*((path, 1.0) for path in unit.paths), *folders(unit.paths, 1.0)]
            for key, _ in keys[1:]:
                self._at_path.setdefault(key, array("i")).append(number)
        for seen in self._seen:
            growth = seen.fading.growth(unit.at)
            for author in authors:
                seen.affinity.add(author, reviewers, growth)
            for key, part in keys:
                seen.reviewed.add(key, reviewers, growth * part)
                seen.changed.add(key, authors, growth * part)

    def signals(self, paths: Sequence[str], authors: Collection[int], at: Micros) -> Signals:
        """What is known at `at` of every candidate for a change of these files by these authors."""
        paths = paths[:LARGE]
        people = [p for p, seen in self._last.items() if seen[0] >= at - ACTIVE and p not in authors]
        row = {person: i for i, person in enumerate(people)}
        share = np.zeros((len(self._seen) * len(SIGNALS), len(people)))
        above = folders(paths, UP)
        for i, seen in enumerate(self._seen):
            left = seen.fading.left(at)
            part = partial(_add_shares, row=row, left=left, assumed=self.assumed)
            columns: list[list[float]] = [[0.0] * len(people) for _ in SIGNALS]
            for path in paths:
                part(columns[0], tally=seen.reviewed, key=path, worth=1 / len(paths))
                part(columns[1], tally=seen.changed, key=path, worth=1 / len(paths))
            for folder, worth in above:
                part(columns[2], tally=seen.reviewed, key=folder, worth=worth)
                part(columns[3], tally=seen.changed, key=folder, worth=worth)
            for author in authors:
                part(columns[4], tally=seen.affinity, key=author, worth=1 / len(authors))
            part(columns[5], tally=seen.reviewed, key=_ALL, worth=1.0)
            part(columns[6], tally=seen.changed, key=_ALL, worth=1.0)
            share[i * len(SIGNALS) : (i + 1) * len(SIGNALS)] = columns
        return Signals(np.array(people, np.int64), share.T, self._days(people, authors, at))

    def scores(self, paths: Sequence[str], authors: Collection[int], at: Micros) -> dict[int, float]:
        """Score of every candidate by the formula, whatever they have to do already."""
        signals = self.signals(paths, authors, at)
        return dict(zip(signals.person.tolist(), signals.fixed.tolist(), strict=True))

    def rank(
        self,
        paths: Sequence[str],
        authors: Collection[int],
        at: Micros,
        *,
        limit: int = 5,
        load: bool = True,
        score: Callable[[Signals], Floats] | None = None,
    ) -> list[Candidate]:
        """The best candidates with a score above zero, best first; ties by who was active last.

        load   divide for the reviews of the last seven days
        score  another way to score than the formula, none below 0, as `LearnedReviewers.best`
        """
        signals = self.signals(paths, authors, at)
        week = self._reviews_since(at - 7 * DAY)
        busy = np.array([week.get(person, 0) for person in signals.person.tolist()], np.float64)
        fit = (score(signals) if score else signals.fixed) * (np.exp(-LOAD * busy) if load else 1.0)
        order = np.lexsort((signals.person, signals.days[:, 0], -fit))
        return [
            Candidate(
                int(signals.person[i]),
                float(fit[i]),
                signals.parts(int(i)),
                int(busy[i]),
                self.evidence(int(signals.person[i]), paths, authors),
            )
            for i in order[:limit]
            if fit[i] > 0
        ]

    def evidence(self, person: int, paths: Sequence[str], authors: Collection[int]) -> Evidence:
        """The units that speak for this person."""
        for keys in (paths, [folder for folder, _ in folders(paths, UP)]):
            numbers = {number for key in keys for number in self._at_path.get(key, ())}
            commits = [n for n in numbers if person in self.units[n].authors]
            reviews = [n for n in numbers if person in self.units[n].reviewers]
            if commits or reviews:
                break
        by_them = {n for author in authors for n in self._by_author.get(author, ())}
        together = [n for n in by_them if person in self.units[n].reviewers]
        facts = sorted({*commits, *reviews, *together}, reverse=True)
        return Evidence(
            len(commits),
            len(reviews),
            len(together),
            max((self.units[n].at for n in facts), default=None),
            keys is not paths and bool(commits or reviews),
            tuple(self.units[n].key for n in facts),
        )

    def _note_times(self, at: Micros, authors: list[int], reviewers: list[int]) -> None:
        """Last active, last review, last change, first seen; last review of each author's."""
        for people, which in ((reviewers, 1), (authors, 2)):
            for person in people:
                times = self._last.setdefault(person, [at, -1, -1, at])
                times[0], times[which] = at, at
        for author in authors:
            for reviewer in reviewers:
                self._together[author, reviewer] = at
        self._reviews.extend((at, person) for person in reviewers)

    def _days(self, people: list[int], authors: Collection[int], at: Micros) -> Floats:
        if not people:
            return np.zeros((0, len(RECENCIES)))
        times = np.array([self._last[person] for person in people], np.float64)
        together = [max((self._together.get((a, p), -1) for a in authors), default=-1) for p in people]
        instant = np.column_stack([times[:, :3], together, times[:, 3]])
        days: Floats = np.where(instant < 0, NEVER, np.clip((at - instant) / DAY, 0.0, NEVER))
        return days

    def _reviews_since(self, since: Micros) -> dict[int, int]:
        counts: dict[int, int] = {}
        for at, person in reversed(self._reviews):
            if at < since:
                break
            counts[person] = counts.get(person, 0) + 1
        return counts


def folders(paths: Sequence[str], fall: float) -> list[tuple[str, float]]:
    """Each folder at or above the paths, up to four levels, with the mean over the paths of fall^(steps up)."""
    found: dict[str, float] = {}
    for path in paths:
        folder, worth = path, 1.0 / len(paths)
        for _ in range(LEVELS):
            folder = folder[: folder.rfind("/", 0, -1) + 1]
            found[folder] = found.get(folder, 0.0) + worth
            worth *= fall
            if not folder:
                break
    return list(found.items())


def observed(units: Iterable[Unit], bots: Collection[int] = ()) -> ReviewerState:
    """A state with all these units, which must be in landing order."""
    state = ReviewerState(bots)
    for unit in units:
        state.observe(unit)
    return state


def _add_shares(
    into: list[float],
    *,
    row: dict[int, int],
    tally: Tally,
    key: str | int,
    worth: float,
    left: float,
    assumed: float,
) -> None:
    # amount · left / (total · left + assumed), written so that nothing faded away divides by zero.
    whole = tally.total(key) + assumed / left
    if whole > 0:
        for person, amount in tally.row(key).items():
            place = row.get(person)
            if place is not None:
                into[place] += amount * worth / whole
