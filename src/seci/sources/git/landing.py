"""In what order, when and by whose merge commits landed on the main line.

The main line is the chain of first parents from the tip. A commit on it lands when it is committed. Any other
commit lands with the main-line merge that reached it first, and was brought in by the innermost merge around it:
the one whose author looked at it most closely.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

EARLIEST = 365 * 86_400  # commit times in 1970 are clocks that were not set
SLACK = 86_400


class Landing(NamedTuple):
    """One commit in landing order.

    at      seconds since the epoch when its main-line merge (or itself) was committed, made plausible
    merge   the innermost merge that brought it in; None on the main line
    odd     whether its own commit time cannot be true
    """

    commit: bytes
    at: int
    merge: bytes | None
    odd: bool = False


def landings(
    tip: bytes,
    parents: Mapping[bytes, tuple[bytes, ...]],
    committed: Mapping[bytes, int],
    now: int,
    before: int | None = None,
) -> list[Landing]:
    """All of `parents` that `tip` reaches, parents before children, what landed earlier first.

    Parents that `parents` does not list have landed before. `now` (seconds) bounds what can be true:
    a main-line commit dated later than a day after it, or in 1970, takes the time of the main-line commit
    before it. `before` is the time at which the
    last commit landed that is not listed.
    """
    landed: set[bytes] = set()
    main = _chain(tip, parents, landed)
    times = plausible([committed[commit] for commit in main], now, before)
    order: list[Landing] = []
    latest = now + SLACK
    for commit, at in zip(main, times, strict=True):
        if len(parents[commit]) > 1:
            for side, merge in _brought_in(commit, parents, landed):
                order.append(Landing(side, at, merge, not EARLIEST <= committed[side] <= latest))
        order.append(Landing(commit, at, None, not EARLIEST <= committed[commit] <= latest))
    return order


def plausible(times: list[int], now: int, before: int | None = None) -> list[int]:
    """The same times where they can be true; else the one before. A first time that cannot be true is only kept
    from lying in the future: what comes after is not asked, so that reading in steps gives the same."""
    last, latest = before, now + SLACK
    out = []
    for time in times:
        if EARLIEST <= time <= latest:
            last = time
        elif last is None:
            last = max(0, min(time, latest))
        out.append(last)
    return out


def _chain(tip: bytes, parents: Mapping[bytes, tuple[bytes, ...]], landed: set[bytes]) -> list[bytes]:
    """First parents from `tip` down to what has landed, oldest first; they count as landed from now on."""
    chain = []
    commit: bytes | None = tip
    while commit is not None and commit in parents and commit not in landed:
        chain.append(commit)
        landed.add(commit)
        before = parents[commit]
        commit = before[0] if before else None
    chain.reverse()
    return chain


def _brought_in(
    merge: bytes, parents: Mapping[bytes, tuple[bytes, ...]], landed: set[bytes]
) -> list[tuple[bytes, bytes]]:
    """What a merge adds to its first parent, as (commit, innermost merge), parents first."""
    out: list[tuple[bytes, bytes]] = []
    # A stack instead of recursion: branches of branches nest deeper than Python may call.
    todo: list[tuple[bytes, bytes, bool]] = [(side, merge, False) for side in reversed(parents[merge][1:])]
    while todo:
        commit, by, ready = todo.pop()
        if ready:
            out.append((commit, by))
            continue
        for link in reversed(_chain(commit, parents, landed)):
            todo.append((link, by, True))
            todo.extend((side, link, False) for side in reversed(parents[link][1:]))
    return out
