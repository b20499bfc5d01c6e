"""Rules that choose the reviewers of a change: what the literature proposes, and ours.

Replacing rules put their best candidate in the place of one reviewer drawn by lot; adding rules add one learner.
The rules of the literature are written as in their replication packages (CESEL/RelationalGit): Mirsaeedi and Rigby
(ICSE 2020), Hajari et al. (TSE 2024), Zanjani et al. for cHRev (TSE 2016).
"""

from __future__ import annotations

from collections import deque

import numpy as np

from benchmarks.spread_replay import Change, Flags, Floats, Ints, Moment, Rule, World
from seci.cycle import learners
from seci.cycle.learners import Candidates
from seci.cycle.reviewers import ReviewerState, Unit
from seci.kit.clock import DAY

FEW = 3
"""A file with fewer knowing people is risky to the rules of the literature."""


def stay(candidates: Candidates) -> Floats:
    share: Floats = candidates.months / 12
    return share


def effort(candidates: Candidates) -> Floats:
    share: Floats = candidates.events / max(1, int(candidates.events.sum()))
    return share


def taking_part(change: Change) -> Ints:
    return np.unique(np.concatenate([change.authors, change.reviewers]))


def after_landing(moment: Moment) -> tuple[Flags, int]:
    """Who will know each file once the change has landed, among the candidates, and how many others will."""
    knows = moment.candidate_knows
    rows, strangers = moment.candidates.rows(taking_part(moment.change))
    knows[:, rows] = True
    return knows, strangers


def turnover(moment: Moment) -> Floats:
    """TurnoverRec: effort · stay · share of the files that the candidate does not know."""
    candidates = moment.candidates
    score: Floats = stay(candidates) * effort(candidates) * (~moment.candidate_knows).mean(axis=0)
    return score


class Replacing(Rule):
    """Puts the candidate with the best score in the place of one reviewer drawn by lot, on every change."""

    def score(self, moment: Moment) -> Floats:
        raise NotImplementedError

    def choose(self, moment: Moment, draw: float) -> Ints:
        reviewers = moment.change.reviewers
        score = np.where(moment.open_to, self.score(moment), -np.inf)
        if not len(score) or not np.isfinite(score).any():
            return reviewers
        chosen = reviewers.copy()
        chosen[int(draw * len(reviewers))] = moment.candidates.person[int(np.argmax(score))]
        return chosen


class TurnoverRec(Replacing):
    """Spreads on every change."""

    def score(self, moment: Moment) -> Floats:
        return turnover(moment)


class Experience(Replacing):
    """Keeps how often, on how many days, and when last each file was changed and reviewed by whom."""

    def __init__(self, world: World) -> None:
        shape = (world.files, world.people)
        self.reviews = np.zeros(shape, np.float32)
        self.days = np.zeros(shape, np.float32)
        self.reviewed = np.zeros(shape, np.int32)
        self.commits = np.zeros(shape, np.float32)
        self.committed = np.zeros(shape, np.int32)
        self.open: deque[tuple[int, Ints]] = deque()
        self.load = np.zeros(world.people, np.int64)

    def seen(self, change: Change, reviewers: Ints) -> None:
        if not len(change.files):
            return
        day = int(change.at // DAY)
        mine = np.ix_(change.files, change.authors)
        self.commits[mine] += 1
        self.committed[mine] = day
        if len(reviewers):
            theirs = np.ix_(change.files, reviewers)
            self.days[theirs] += self.reviewed[theirs] != day
            self.reviews[theirs] += 1
            self.reviewed[theirs] = day
            self.open.append((change.at, reviewers))
            self.load[reviewers] += 1


class CHRev(Experience):
    """Share of the reviews, share of the days with reviews, and nearness of the last one, over the files."""

    def score(self, moment: Moment) -> Floats:
        files, who = moment.change.files, moment.candidates.person
        reviews, days, last = self.reviews[files], self.days[files], self.reviewed[files]
        at = np.ix_(files, who)
        near = np.where(self.reviews[at] > 0, 1 / np.maximum(1, last.max(axis=1, keepdims=True) - last[:, who]), 0)
        score = (
            self.reviews[at] / np.maximum(1, reviews.sum(axis=1, keepdims=True))
            + self.days[at] / np.maximum(1, days.sum(axis=1, keepdims=True))
            + near
        )
        total: Floats = score.mean(axis=0) / 3
        return total


class Sofia(CHRev):
    """TurnoverRec where a file has fewer than three knowing people, cHRev elsewhere."""

    def score(self, moment: Moment) -> Floats:
        knows, strangers = after_landing(moment)
        if (knows.sum(axis=1) + strangers < FEW).any():
            return turnover(moment)
        return super().score(moment)


class SofiaWL(Experience):
    """As Sofia, with recent commits and reviews over e^(0.5 · open reviews) where no file is risky.

    Histories do not tell when a review was open; those of the last day are taken as open.
    """

    def score(self, moment: Moment) -> Floats:
        knows, strangers = after_landing(moment)
        if (knows.sum(axis=1) + strangers < FEW).any():
            return turnover(moment)
        while self.open and self.open[0][0] < moment.change.at - DAY:
            np.subtract.at(self.load, self.open.popleft()[1], 1)
        at = np.ix_(moment.change.files, moment.candidates.person)
        day = int(moment.change.at // DAY)
        expertise = self.commits[at] / np.maximum(1, day - self.committed[at]) + self.reviews[at] / np.maximum(
            1, day - self.reviewed[at]
        )
        score: Floats = expertise.sum(axis=0) / np.exp(0.5 * self.load[moment.candidates.person])
        return score


class Gated(Replacing):
    """The learner score where a file has fewer than three knowing people, the routing formula elsewhere."""

    def __init__(self, world: World) -> None:
        self.paths = world.paths
        self.routing = ReviewerState()
        self.number = 0

    def score(self, moment: Moment) -> Floats:
        knows, strangers = after_landing(moment)
        if (knows.sum(axis=1) + strangers < FEW).any():
            return turnover(moment)
        change = moment.change
        scores = self.routing.scores([self.paths[f] for f in change.files.tolist()], change.authors.tolist(), change.at)
        return np.array([scores.get(p, 0.0) for p in moment.candidates.person.tolist()])

    def seen(self, change: Change, reviewers: Ints) -> None:
        paths = tuple(self.paths[f] for f in change.files.tolist())
        self.routing.observe(Unit(0, paths, tuple(change.authors.tolist()), tuple(reviewers.tolist()), change.at))


class Exchange(Rule):
    """Ours, replacing: only where a candidate is better for the files, no worse for the review, no new bottleneck.

    The reviewer drawn by lot gives way only if the review teaches them nothing (they know all the files, or will
    hardly stay), and only to somebody who gains more, with whom the reviewers know at least as many of the files,
    and who is not among the few whom most thinly known files depend on already.
    """

    GAIN = 0.2
    LEAVING = 0.15
    BOTTLENECKS = 5
    MONTH = 30 * DAY

    def __init__(self) -> None:
        self.month = -1
        self.burden = np.zeros(0)

    def choose(self, moment: Moment, draw: float) -> Ints:
        change, candidates = moment.change, moment.candidates
        if not len(candidates.person):
            return change.reviewers
        self.weigh(moment)
        place = int(draw * len(change.reviewers))
        victim, others = change.reviewers[place], np.delete(change.reviewers, place)
        theirs = moment.knows[change.files, victim]
        rows, missing = candidates.rows(np.array([victim]))
        staying = learners.STRANGER if missing else float(candidates.here[rows[0]])
        if not theirs.all() and staying > self.LEAVING:
            return change.reviewers
        knows = moment.candidate_knows
        gain, needed = learners.gains(knows, candidates, np.concatenate([change.authors, others]))
        covered = moment.knows[np.ix_(change.files, others)].any(axis=1)
        able = (knows | covered[:, None]).sum(axis=0) >= (theirs | covered).sum()
        net = np.where(
            moment.open_to & able & self.unburdened(candidates), gain - staying * float(needed @ ~theirs), 0.0
        )
        best = learners.best(net, candidates)
        if net[best] <= self.GAIN:
            return change.reviewers
        chosen = change.reviewers.copy()
        chosen[place] = candidates.person[best]
        return chosen

    def weigh(self, moment: Moment) -> None:
        """Once a month: how many files that one or two candidates know depend on each."""
        if moment.change.at // self.MONTH == self.month:
            return
        self.month = moment.change.at // self.MONTH
        known = moment.knows[:, moment.candidates.person]
        number = known.sum(axis=1)
        thin = (number == 1) | (number == 2)
        self.burden = np.zeros(moment.knows.shape[1])
        self.burden[moment.candidates.person] = (known[thin] / number[thin][:, None]).sum(axis=0)

    def unburdened(self, candidates: Candidates) -> Flags:
        burden = self.burden[candidates.person]
        if len(burden) <= self.BOTTLENECKS:
            return np.ones(len(burden), np.bool_)
        free: Flags = burden < np.sort(burden)[-self.BOTTLENECKS]
        return free


class AddingFew(Rule):
    """Adds TurnoverRec's best where a file has fewer than three knowing people."""

    def risky(self, knows: Flags, strangers: int, candidates: Candidates) -> Flags:
        few: Flags = knows.sum(axis=1) + strangers < FEW
        return few

    def choose(self, moment: Moment, draw: float) -> Ints:
        change, candidates = moment.change, moment.candidates
        knows, strangers = after_landing(moment)
        risky = self.risky(knows, strangers, candidates)
        if not risky.any() or not moment.open_to.any():
            return change.reviewers
        score = stay(candidates) * effort(candidates) * (~moment.candidate_knows[risky]).mean(axis=0)
        score = np.where(moment.open_to, score, 0.0)
        best = int(np.argmax(score))
        return np.append(change.reviewers, candidates.person[best]) if score[best] > 0 else change.reviewers


class AddingLikely(AddingFew):
    """The same where everyone who knows a file leaves with a chance above one in twenty."""

    def risky(self, knows: Flags, strangers: int, candidates: Candidates) -> Flags:
        leave = 1.0 - 0.9 * stay(candidates)
        likely: Flags = np.where(knows, leave, 1.0).prod(axis=1) > 0.05
        return likely


class Adding(Rule):
    """Ours, adding: one learner where the expected gain is worth one more review."""

    def __init__(self, least: float = learners.WORTH) -> None:
        self.least = least

    def choose(self, moment: Moment, draw: float) -> Ints:
        change, candidates = moment.change, moment.candidates
        if not len(candidates.person):
            return change.reviewers
        gain, _ = learners.gains(moment.candidate_knows, candidates, taking_part(change))
        chosen = learners.best(gain, candidates)
        if gain[chosen] <= self.worth(float(gain[chosen])):
            return change.reviewers
        return np.append(change.reviewers, candidates.person[chosen])

    def worth(self, gain: float) -> float:
        """The gain that is asked for at a change where `gain` is to be had."""
        return self.least


class AddingWithin(Adding):
    """The same within a share of the changes."""

    def __init__(self, share: float = learners.SHARE) -> None:
        super().__init__()
        self.budget = learners.Budget(share)

    def worth(self, gain: float) -> float:
        least = self.budget.least
        self.budget.note(gain)
        return least
