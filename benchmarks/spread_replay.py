"""Replaying a history of reviewed changes as if other reviewers had been asked, and measuring what each leaves.

The world is real: who was active when, who took part, who left. Only the reviewers of a change differ between
replays, and with them who knows which file. Nothing that a rule is given lies in the future of its change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from seci.cycle.learners import Candidates
from seci.kit.clock import DAY, from_datetime, to_datetime
from seci.spiral.concentration import concentration
from seci.spiral.familiarity import MONTH
from seci.spiral.files_at_risk import AT_RISK, Knowers, departure_loss

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ACTIVE = 180 * DAY
YEAR = 365 * DAY
WEEK = 7 * DAY
BUSIEST = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One reviewed or unreviewed change: who made it, who reviewed it, which files it touched, which it deleted."""

    at: int
    authors: Ints
    reviewers: Ints
    files: Ints
    deleted: Ints


@dataclass(slots=True)
class World:
    """What is real and the same in every replay.

    last      (people,) instant of the last activity anywhere in the history: who leaves
    features  one `Candidates` for each change, as known the day before
    """

    changes: Sequence[Change]
    paths: Sequence[str]
    people: int
    last: Ints
    features: list[Candidates]

    @property
    def files(self) -> int:
        return len(self.paths)

    @classmethod
    def of(cls, changes: Sequence[Change], paths: Sequence[str], people: int) -> World:
        """Keeps only files that some reviewed change touches; the others are never at risk in the sense measured."""
        reviewed = np.zeros(len(paths), np.bool_)
        for change in changes:
            if len(change.reviewers):
                reviewed[change.files] = True
        row = np.cumsum(reviewed) - 1
        kept = [
            Change(c.at, c.authors, c.reviewers, row[c.files[reviewed[c.files]]], row[c.deleted[reviewed[c.deleted]]])
            for c in changes
        ]
        last = np.zeros(people, np.int64)
        for change in kept:
            for who in (change.authors, change.reviewers):
                last[who] = np.maximum(last[who], change.at)
        named = [path for path, keep in zip(paths, reviewed, strict=True) if keep]
        return cls(kept, named, people, last, list(features(kept, people)))

    def beginning(self, number: int) -> World:
        """The same world up to a change; who leaves is still decided by the whole history."""
        return World(self.changes[:number], self.paths, self.people, self.last, self.features[:number])


def features(changes: Sequence[Change], people: int) -> Iterator[Candidates]:
    """For each change, who was active in the 180 days before its day, and how."""
    seen = np.zeros(people, np.int64)
    events, load = np.zeros(people, np.int64), np.zeros(people, np.int64)
    months: dict[int, Flags] = {}
    year: deque[tuple[int, Ints]] = deque()
    week: deque[tuple[int, Ints]] = deque()
    day, now = -1, Candidates(*(np.zeros(0, np.int64),) * 4)
    for change in changes:
        if change.at // DAY != day:
            day = change.at // DAY
            forget(year, events, change.at - YEAR)
            forget(week, load, change.at - WEEK)
            who = np.flatnonzero(seen > change.at - ACTIVE)
            month = change.at // MONTH
            active = np.zeros(people, np.int64)
            for back in range(12):
                if month - back in months:
                    active += months[month - back]
            now = Candidates(who, active[who], events[who], load[who])
        yield now
        both = np.concatenate([change.authors, change.reviewers])
        seen[both] = change.at
        months.setdefault(change.at // MONTH, np.zeros(people, np.bool_))[both] = True
        np.add.at(events, both, 1)
        load[change.reviewers] += 1
        year.append((change.at, both))
        week.append((change.at, change.reviewers))


def forget(past: deque[tuple[int, Ints]], counts: Ints, before: int) -> None:
    while past and past[0][0] < before:
        np.subtract.at(counts, past.popleft()[1], 1)


@dataclass(slots=True)
class Moment:
    """What a rule sees: the change, the candidates, and who knows which file in this replay so far."""

    number: int
    change: Change
    candidates: Candidates
    knows: Flags

    @property
    def candidate_knows(self) -> Flags:
        """(files of the change, candidates)"""
        return self.knows[np.ix_(self.change.files, self.candidates.person)]

    @property
    def open_to(self) -> Flags:
        """Candidates who do not take part in the change already."""
        return ~np.isin(self.candidates.person, np.concatenate([self.change.authors, self.change.reviewers]))


class Rule:
    """Chooses the reviewers of a change. `seen` tells it what was reviewed by whom in its own replay."""

    def choose(self, moment: Moment, draw: float) -> Ints:
        """The reviewers, given the moment and a draw from [0, 1) for whatever is left to chance."""
        return moment.change.reviewers

    def seen(self, change: Change, reviewers: Ints) -> None:
        """Called after each change, unreviewed ones included."""


@dataclass(slots=True)
class Quarter:
    """What one quarter leaves. `far`: files at risk at its end, among files reviewed so far that still exist."""

    quarter: int
    changes: int = 0
    reviews: int = 0
    extra: int = 0
    widened: int = 0
    expertise: float = 0.0
    busiest: float = 0.0
    gini: float = 0.0
    far: int = 0
    worst_one: int = 0
    worst_two: int = 0
    load: dict[int, int] = field(default_factory=dict)


def replay(world: World, make: Callable[[], Rule], seed: int, last: int) -> list[Quarter]:
    """The quarters with reviews up to `last`, with the reviewers of a rule."""
    rule = make()
    draws = np.random.default_rng(seed).random(len(world.changes))
    knows = np.zeros((world.files, world.people), np.bool_)
    reviewed, gone = np.zeros(world.files, np.bool_), np.zeros(world.files, np.bool_)
    quarters: list[Quarter] = []
    for number, change in enumerate(world.changes):
        period = quarter_of(change.at)
        if quarters and quarters[-1].quarter != period:
            measure(world, knows, reviewed & ~gone, quarters[-1])
        if period > last:
            break
        if not quarters or quarters[-1].quarter != period:
            quarters.append(Quarter(period))
        chosen = change.reviewers
        gone[change.files], gone[change.deleted] = False, True
        if len(change.files):
            if len(change.reviewers):
                moment = Moment(number, change, world.features[number], knows)
                chosen = rule.choose(moment, float(draws[number]))
                count(quarters[-1], change, chosen, knows)
                reviewed[change.files] = True
            knows[np.ix_(change.files, np.concatenate([change.authors, chosen]))] = True
        rule.seen(change, chosen)
    return [quarter for quarter in quarters if quarter.quarter <= last and quarter.changes]


def count(quarter: Quarter, change: Change, chosen: Ints, knows: Flags) -> None:
    """Adds one reviewed change. Expertise is the share of its files that some reviewer knew before."""
    quarter.changes += 1
    quarter.reviews += len(change.reviewers)
    quarter.extra += len(chosen) - len(change.reviewers)
    quarter.widened += len(chosen) > len(change.reviewers)
    quarter.expertise += float(knows[np.ix_(change.files, chosen)].any(axis=1).mean())
    for person in chosen.tolist():
        quarter.load[person] = quarter.load.get(person, 0) + 1


def measure(world: World, knows: Flags, files: Flags, quarter: Quarter) -> None:
    """Closes a quarter: who contributes again after it is here, everybody else has left."""
    here = np.flatnonzero(world.last >= end_of(quarter.quarter))
    rows = np.flatnonzero(files)
    known = knows[rows]
    present = known[:, here]
    number = np.count_nonzero(present, axis=1)
    quarter.far = int((number < AT_RISK).sum())
    few = np.flatnonzero((number == 1) | (number == 2))
    file, person = np.nonzero(present[few])
    loss = departure_loss(Knowers(file, here[person], np.zeros(len(file), np.int64)), np.arange(len(few)), here)
    quarter.worst_one, quarter.worst_two = loss.worst_one, loss.worst_two
    loads = np.array(sorted(quarter.load.values()), np.float64)
    quarter.busiest = float(loads[-BUSIEST:].sum())
    even = concentration(loads)
    quarter.gini = even.gini if even else 0.0


def quarter_of(instant: int) -> int:
    moment = to_datetime(instant)
    return moment.year * 4 + (moment.month - 1) // 3


def end_of(quarter: int) -> int:
    year, part = divmod(quarter + 1, 4)
    return from_datetime(datetime(year, part * 3 + 1, 1, tzinfo=UTC))
