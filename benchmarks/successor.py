"""Who changed next the files of somebody who left?

    python -m benchmarks.successor REPO... [--json] [--quick]

A leaver made at least 20 changes and was not seen in the last year of the history. Their files are those of which
they made half of the changes or more; the truth is the next author of each. Asked at the leaver's last change, with
what had landed by then. Candidates were active in the 365 days before; a newcomer is a miss. Every scorer is printed;
`shipped choice` is the formula, or the scorer that was clearly
more often right in the takeovers known by then. `--quick` takes at most 12
files of each leaver.
"""

from __future__ import annotations

import heapq
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.door import over_histories
from benchmarks.landed_units import History, history
from seci.cycle.learning import place
from seci.cycle.reviewers import ReviewerState, Signals
from seci.cycle.successors import FIRST, SCORERS, Takeovers, scores
from seci.kit.clock import DAY, Micros
from seci.kit.errors import SeciError

CHANGES = 20
LATER = 365 * DAY
OWNED = 0.5
QUICK_FILES = 12
RESAMPLES = 1000
SINGLE = SCORERS[1:]


@dataclass(frozen=True, slots=True)
class Departure:
    """A leaver, the place of their last unit, and for each file they owned who changed it next, and when."""

    leaver: int
    last: int
    files: tuple[tuple[str, int, Micros], ...]


def departures(found: History, quick: bool) -> list[Departure]:
    """All departures of a history, in order. Bots, and units of more than 100 files, do not count."""
    units = [landed.unit for landed in found.landed]
    made, last, seen = defaultdict[int, int](int), dict[int, int](), dict[int, Micros]()
    touches: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, unit in enumerate(units):
        for person in (*unit.authors, *unit.reviewers):
            seen[person] = unit.at
        for author in unit.authors:
            made[author] += 1
            last[author] = i
            for path in unit.paths if len(unit.paths) <= 100 else ():
                touches[path].append((i, author))
    end = max(seen.values(), default=0)
    leavers = {p for p, n in made.items() if n >= CHANGES and seen[p] <= end - LATER and p not in found.bots}
    owned: dict[int, list[tuple[str, int, Micros]]] = defaultdict(list)
    for path, changes in sorted(touches.items()):
        for leaver in {author for _, author in changes} & leavers:
            before = [author for i, author in changes if i <= last[leaver]]
            after = [(i, a) for i, a in changes if i > last[leaver] and a not in found.bots]
            if after and before.count(leaver) >= OWNED * len(before):
                owned[leaver].append((path, after[0][1], units[after[0][0]].at))
    found_departures = [Departure(p, last[p], tuple(_some(files, quick))) for p, files in owned.items()]
    return sorted(found_departures, key=lambda d: (d.last, d.leaver))


def _some(files: list[tuple[str, int, Micros]], quick: bool) -> list[tuple[str, int, Micros]]:
    return files[:: max(1, -(-len(files) // QUICK_FILES))] if quick else files


def replay(found: History, quick: bool) -> dict[str, Any]:
    """Places of the true successors by every scorer, each departure asked with only what was known then."""
    state, takeovers = ReviewerState(found.bots), Takeovers()
    places: dict[str, list[float]] = {name: [] for name in ("shipped choice", *SCORERS)}
    known: list[tuple[Micros, int, Signals, int]] = []
    leaver_of, unknown, upcoming = [], 0, 0
    for departure in departures(found, quick):
        while upcoming <= departure.last:
            state.observe(found.landed[upcoming].unit)
            upcoming += 1
        now = found.landed[departure.last].unit.at
        while known and known[0][0] < now:
            _, _, signals, successor = heapq.heappop(known)
            takeovers.learn(signals, successor)
        choice = takeovers.choice
        for path, successor, when in departure.files:
            signals = state.signals((path,), (departure.leaver,), now)
            truth = signals.person == successor
            unknown += not truth.any()
            by_scorer = scores(signals)
            for name in places:
                places[name].append(place(by_scorer[choice if name == "shipped choice" else name], truth))
            leaver_of.append(departure.leaver)
            heapq.heappush(known, (when, len(leaver_of), signals, successor))
    if not leaver_of:
        raise SeciError("No departure to test on: nobody with 20 changes left more than a year before the end.")
    groups = np.unique(leaver_of, return_inverse=True)[1]
    return {
        "leavers": int(groups.max()) + 1,
        "files": len(leaver_of),
        "newcomers": round(unknown / len(leaver_of), 3),
        "rows": {name: _figures(np.array(row), groups) for name, row in places.items()},
    }


def _figures(places: np.ndarray, groups: np.ndarray) -> dict[str, Any]:
    """Shares of files, with a 95 % interval from drawing leavers anew, as their files are not independent."""
    hits = places <= FIRST
    of_leaver, n = np.bincount(groups, hits), np.bincount(groups)
    draws = np.random.default_rng(1).integers(0, len(n), (RESAMPLES, len(n)))
    low, high = np.quantile(of_leaver[draws].sum(axis=1) / n[draws].sum(axis=1), [0.025, 0.975])
    return {
        "top1": round(float((places <= 1).mean()), 4),
        "top3": round(float(hits.mean()), 4),
        "interval": [round(float(low), 4), round(float(high), 4)],
    }


def _measure(repo: Path, quick: bool) -> dict[str, Any]:
    result = replay(history(repo), quick)
    best = max(SINGLE, key=lambda name: result["rows"][name]["top3"])
    mine, theirs = result["rows"]["shipped choice"]["top3"], result["rows"][best]["top3"]
    return {"repo": str(repo), "top3": mine, "best_single": best, "behind_best": round(theirs - mine, 4), **result}


def measure(repos: Sequence[Path], quick: bool) -> Iterator[dict[str, Any]]:
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(_measure, repos, [quick] * len(repos))


def table(result: dict[str, Any]) -> str:
    lines = [
        f"{result['repo']}: {result['files']} files of {result['leavers']} leavers, "
        f"{result['newcomers']:.0%} by newcomers; {result['behind_best']:+.3f} behind {result['best_single']}",
        f"  {'':30} {'top-1':>6} {'top-3':>6} {'95 %':>14}",
    ]
    for name, row in result["rows"].items():
        low, high = row["interval"]
        lines.append(f"  {name:30} {row['top1']:6.3f} {row['top3']:6.3f}  {low:.3f} – {high:.3f}")
    return "\n".join(lines)


def main() -> int:
    return over_histories("successor", __doc__, "ask about some of the files only", measure, table)


if __name__ == "__main__":
    sys.exit(main())
