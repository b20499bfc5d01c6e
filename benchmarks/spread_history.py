"""From the evidence of a repository to the reviewed changes that a replay needs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.evidence import Flags, Ints, evidence, people
from benchmarks.spread_replay import Change, World
from seci.sources.git.codes import Flag, Role, Status
from seci.sources.git.evidence import Evidence

LARGE = 100
"""Changes of more files are left out: nobody learns a file from them (as in Mirsaeedi and Rigby)."""


def world(repo: Path) -> World:
    """The reviewed changes of a repository: its pull requests where commits name them, else its commits."""
    with evidence(repo) as found:
        who, human = people(found)
        return World.of(changes(found, who, human), found.files.path, len(human))


def changes(found: Evidence, who: Ints, human: Flags) -> list[Change]:
    """Changes in landing order. Bots, merges, large commits and files without worth (generated ...) are left out."""
    commits = found.commits
    landed = np.maximum.accumulate(commits.landed.astype(np.int64))
    unit = np.where(commits.change >= 0, commits.change + len(commits), np.arange(len(commits)))
    fit = (commits.flags & int(Flag.BOT | Flag.MERGE) == 0) & (commits.files > 0) & (commits.files <= LARGE)
    authors = roles(found, who, human, {Role.AUTHOR, Role.CO_AUTHOR})
    reviewers = roles(found, who, human, {Role.REVIEWER})
    worth = found.touches.worth > 0
    removed = found.touches.status == Status.DELETED
    touched = lists(found.touches.commit[worth & ~removed], found.touches.file[worth & ~removed], len(commits))
    deleted = lists(found.touches.commit[worth & removed], found.touches.file[worth & removed], len(commits))
    together: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(fit).tolist():
        together[int(unit[row])].append(row)
    out = []
    for rows in together.values():
        made = union(authors, rows)
        if len(made):
            reviewed = np.setdiff1d(union(reviewers, rows), made)
            files, gone = union(touched, rows), union(deleted, rows)
            out.append(Change(int(landed[rows[0]]), made, reviewed, files, np.setdiff1d(gone, files)))
    return sorted(out, key=lambda change: change.at)


def roles(found: Evidence, who: Ints, human: Flags, wanted: set[Role]) -> list[Ints]:
    """For each commit the people with one of these roles."""
    person = who[found.roles.alias]
    mask = np.isin(found.roles.role, [int(role) for role in wanted]) & human[person]
    return lists(found.roles.commit[mask], person[mask], len(found.commits))


def lists(key: Ints, value: Ints, size: int) -> list[Ints]:
    """The values of each key from 0 to `size` − 1."""
    order = np.argsort(key, kind="stable")
    ends = np.cumsum(np.bincount(key, minlength=size))
    return np.split(value[order].astype(np.int64), ends[:-1])


def union(of: list[Ints], rows: list[int]) -> Ints:
    return np.unique(np.concatenate([of[row] for row in rows]))
