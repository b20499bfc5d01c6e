"""What landed in a history, in one piece each: the units that reviewer and successor benchmarks replay.

A unit is a pull request or review where the history names it. Where it does not, it is a commit if changes are
squashed when they land, which shows in author dates that equal landing dates; else a run of commits with the same
committer and the same reviewers, each less than 15 minutes after the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.evidence import evidence, people
from seci.cycle.reviewers import Unit
from seci.kit.clock import Micros
from seci.sources.git.codes import Flag, Role
from seci.sources.git.evidence import Evidence

HOUR: Micros = 3_600_000_000
RUN: Micros = HOUR // 4
AUTHORS = (Role.AUTHOR, Role.CO_AUTHOR)


@dataclass(frozen=True, slots=True)
class Landed:
    """A unit as it landed, and when its first commit was authored (never after it landed)."""

    unit: Unit
    authored: Micros


@dataclass(frozen=True)
class History:
    """landed   units in landing order
    bots       persons that are not people
    lag_hours  median time from author date to landing of the reviewed commits
    """

    landed: list[Landed]
    bots: frozenset[int]
    lag_hours: float

    @property
    def squashed(self) -> bool:
        """Author dates say nothing about when work began."""
        return self.lag_hours < 1


@dataclass(frozen=True, slots=True)
class _Commit:
    change: int
    committer: int
    authored: Micros
    landed: Micros
    files: tuple[int, ...]
    authors: tuple[int, ...]
    reviewers: tuple[int, ...]


def history(repo: Path) -> History:
    """All units of the repository at `repo`. Raises BadInput where it is none."""
    with evidence(repo) as found:
        person, human = people(found)
        commits = list(_commits(found, person, human))
        lags = [c.landed - c.authored for c in commits if c.reviewers]
        lag = float(np.median(lags)) / HOUR if lags else 0.0
        groups = list(_groups(commits, squashed=lag < 1))
        landed = sorted((_landed(i, group, found.files.path) for i, group in enumerate(groups)), key=_when)
    return History(landed, frozenset(np.flatnonzero(~human).tolist()), lag)


def _commits(found: Evidence, person: np.ndarray, human: np.ndarray) -> Iterator[_Commit]:
    commits, touches, roles = found.commits, found.touches, found.roles
    first = np.searchsorted(touches.commit, commits.commit), np.searchsorted(touches.commit, commits.commit, "right")
    # Who merged a branch is told after the commits of the branch: roles are not in the order of their commits.
    order = np.argsort(roles.commit, kind="stable")
    told = roles.commit[order]
    role = np.searchsorted(told, commits.commit), np.searchsorted(told, commits.commit, "right")
    file, who, kind = touches.file.tolist(), person[roles.alias[order]].tolist(), roles.role[order].tolist()
    gone, plain = set(found.gone.tolist()), (commits.flags & (Flag.MERGE | Flag.EDGE)) == 0
    for row in np.flatnonzero(plain).tolist():
        if commits.commit[row] in gone:
            continue
        played = [(who[i], kind[i]) for i in range(role[0][row], role[1][row]) if human[who[i]]]
        authors = tuple(dict.fromkeys(p for p, k in played if k in AUTHORS))
        yield _Commit(
            int(commits.change[row]),
            int(person[commits.committer[row]]),
            int(commits.authored[row]),
            int(commits.landed[row]),
            tuple(file[first[0][row] : first[1][row]]),
            authors,
            tuple(dict.fromkeys(p for p, k in played if k == Role.REVIEWER and p not in authors)),
        )


def _groups(commits: list[_Commit], squashed: bool) -> Iterator[list[_Commit]]:
    by_change: dict[int, list[_Commit]] = {}
    run: list[_Commit] = []
    for commit in commits:
        if commit.change >= 0:
            by_change.setdefault(commit.change, []).append(commit)
        elif run and not squashed and _same_run(run[-1], commit):
            run.append(commit)
        else:
            if run:
                yield run
            run = [commit]
    if run:
        yield run
    yield from by_change.values()


def _same_run(before: _Commit, after: _Commit) -> bool:
    return (
        bool(after.reviewers)
        and before.committer == after.committer
        and set(before.reviewers) == set(after.reviewers)
        and abs(after.landed - before.landed) < RUN
    )


def _landed(key: int, group: list[_Commit], paths: list[str]) -> Landed:
    authors = tuple(dict.fromkeys(p for c in group for p in c.authors))
    reviewers = tuple(dict.fromkeys(p for c in group for p in c.reviewers if p not in authors))
    files = dict.fromkeys(f for c in group for f in c.files)
    unit = Unit(key, tuple(paths[f] for f in files), authors, reviewers, max(c.landed for c in group))
    return Landed(unit, min(min(c.authored, c.landed) for c in group))


def _when(landed: Landed) -> tuple[Micros, int]:
    return landed.unit.at, landed.unit.key
