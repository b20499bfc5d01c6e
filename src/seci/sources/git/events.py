"""From evidence to ledger events: one for each commit × asset × person, with its kind and weight.

Weights follow docs/measures.md: what a person did in a commit, times what the touched files are worth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seci.ledger.columns import EventColumns
from seci.ledger.kinds import Kind
from seci.sources.git.classify import kind_of, kinds_of_authoring
from seci.sources.git.codes import Flag, Role, Status
from seci.sources.git.discount import FULL

Ints = npt.NDArray[np.int64]

NOWHERE = -1

WEIGHT: dict[Role, int] = {
    Role.AUTHOR: 1000,
    Role.CO_AUTHOR: 1000,
    Role.REVIEWER: 500,
    Role.ACKED: 250,
    Role.TESTED: 250,
    Role.HELPED: 250,
    Role.REPORTED: 100,
    Role.COMMITTER: 100,
    Role.MERGER: 100,
    Role.SIGNED_OFF: 0,
}
"""Thousandths of one change. A review is worth half a change (JetBrains Bus Factor Explorer); the lesser roles are
assumptions."""

CREATED = 2000
"""Added to an author's weight for files created in the asset, by their share of the files touched there."""

HUMAN_SHARE = ((Flag.AI_ASSISTED, 70), (Flag.AI_AUTHORED, 30))
"""Percent of the weight that stays with the human when a program helped or wrote. An assumption."""


@dataclass(frozen=True, slots=True)
class Commits:
    """The commits of a batch, in order of `commit` (the ordinal). `gone` are no longer in the history."""

    commit: Ints
    sha: list[bytes]
    landed: Ints
    author: Ints
    flags: Ints
    gone: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Touches:
    """The files that those commits touched. `asset` is -1 for files of none, `worth` percent of the full weight."""

    commit: Ints
    asset: Ints
    nature: Ints
    status: Ints
    worth: Ints


@dataclass(frozen=True, slots=True)
class Parts:
    """Who did what in those commits; `identity` is -1 for programs."""

    commit: Ints
    identity: Ints
    role: Ints


@dataclass(frozen=True, slots=True)
class Areas:
    """One row for each commit × asset: percent that its touches are worth, share of files created, kind of work."""

    row: Ints
    asset: Ints
    worth: Ints
    created: Ints
    kind: Ints


def areas(commits: Commits, touches: Touches) -> Areas:
    """Touches put together by commit and asset, sorted by commit; what is worth nothing is left out."""
    row = np.searchsorted(commits.commit, touches.commit)
    worth = touches.worth
    kept = np.flatnonzero((touches.asset != NOWHERE) & (worth > 0) & ~commits.gone[row])
    if not len(kept):
        none = np.zeros(0, np.int64)
        return Areas(none, none, none, none, none)
    order = kept[np.lexsort((touches.asset[kept], row[kept]))]
    row, asset, worth = row[order], touches.asset[order], worth[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (asset[1:] != asset[:-1])
    starts = np.flatnonzero(new)
    count = np.diff(np.append(starts, len(order)))
    added = np.add.reduceat((touches.status[order] == Status.ADDED).astype(np.int64), starts)
    natures = np.bitwise_or.reduceat(1 << touches.nature[order], starts)
    statuses = np.bitwise_or.reduceat(1 << touches.status[order], starts)
    return Areas(
        row=row[starts],
        asset=asset[starts],
        worth=np.add.reduceat(worth, starts) // count,
        created=CREATED * added // count,
        kind=kinds_of_authoring(natures, statuses).astype(np.int64),
    )


def events(commits: Commits, touches: Touches, parts: Parts) -> EventColumns:
    """The events of a batch. Nobody reviews their own work, and a role without weight makes no event."""
    area = areas(commits, touches)
    role_weight = np.zeros(max(Role) + 1, np.int64)
    role_kind = np.zeros(max(Role) + 1, np.int64)
    for each, full in WEIGHT.items():
        role_weight[each] = full
        role_kind[each] = Kind.APPLY if each is Role.AUTHOR else kind_of(each, ())
    part_row = np.searchsorted(commits.commit, parts.commit)
    own = (parts.role != Role.AUTHOR) & (parts.identity == commits.author[part_row])
    kept = np.flatnonzero((parts.identity >= 0) & (role_weight[parts.role] > 0) & ~own)
    kept = kept[np.argsort(part_row[kept], kind="stable")]
    first = np.searchsorted(area.row, part_row[kept], "left")
    times = np.searchsorted(area.row, part_row[kept], "right") - first
    part = np.repeat(kept, times)
    # The areas of one commit lie side by side: count up from the first of them for each part.
    at = np.repeat(first, times) + np.arange(len(part)) - np.repeat(np.cumsum(times) - times, times)
    row, role = part_row[part], parts.role[part]
    is_author = role == Role.AUTHOR
    weight = (role_weight[role] + np.where(is_author, area.created[at], 0)) * area.worth[at] // FULL
    weight = weight * human_share(commits.flags[row], role) // FULL
    counted = np.flatnonzero(weight > 0)
    row = row[counted]
    return EventColumns(
        t=commits.landed[row],
        actor=parts.identity[part[counted]],
        kind=np.where(is_author, area.kind[at], role_kind[role])[counted],
        source_key=[commits.sha[number] for number in row.tolist()],
        other=np.where(is_author[counted], -1, commits.author[row]),
        asset=area.asset[at[counted]],
        weight=weight[counted],
        role=role[counted],
    )


def human_share(flags: Ints, role: Ints) -> Ints:
    """Percent of the weight that stays with whoever wrote a change that a program had a part in."""
    share = np.full(len(flags), FULL, np.int64)
    wrote = (role == Role.AUTHOR) | (role == Role.CO_AUTHOR)
    for flag, percent in HUMAN_SHARE:
        share[wrote & (flags & flag > 0)] = percent
    return share
