"""`python -m benchmarks.spread REPO... [--quick] [--json]`: does knowledge spread if other reviewers are asked?

Replays the reviewed changes of each history (Mirsaeedi and Rigby, ICSE 2020; design report B3): once as they were,
then with one reviewer of each change, drawn by lot, replaced by each rule's choice, then with one learner added.
Candidates were active in the 180 days before; nothing lies in the future of the change; who leaves is real. At the
end of each quarter, among the files that reviewed changes have touched and that still exist:

    far              files that fewer than two people know who contribute again later
    worst_one, _two  files that nobody would know if the worst one, or two, of these people left as well
    expertise        share of the files of a change that its reviewers knew before, summed over the quarter
    busiest, gini    reviews done by the ten busiest; how uneven reviews are
    extra_reviews, extra_changes   percent more reviews; percent of the changes that got one more

Figures are percent of reality, median over quarters; rules with a lot: mean and sd over the seeds. Somebody with
no activity after the end of the history counts as gone, so its last two quarters are left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import spread_rules as rules
from benchmarks.spread_history import world
from benchmarks.spread_replay import Quarter, Rule, World, quarter_of, replay
from seci.kit.clock import stopwatch
from seci.kit.errors import BadInput

MEASURES = ("expertise", "busiest", "gini", "far", "worst_one", "worst_two")
SEEDS = 5
LEFT_OUT = 2
QUICK_CHANGES = 3_000
THRIFTY = 1.5
SMALL_SHARE = 0.018

Make = Callable[[], Rule]


def replacing(past: World) -> dict[str, Make]:
    return {
        "cHRev": lambda: rules.CHRev(past),
        "TurnoverRec": rules.TurnoverRec,
        "Sofia": lambda: rules.Sofia(past),
        "SofiaWL": lambda: rules.SofiaWL(past),
        "gated": lambda: rules.Gated(past),
        "ours": rules.Exchange,
    }


def adding() -> dict[str, Make]:
    return {
        "add-one, fewer than 3 knowers": rules.AddingFew,
        "add-one, p(all leave) > .05": rules.AddingLikely,
        "add-one, ours": rules.Adding,
        "add-one, ours, within 7 %": rules.AddingWithin,
        "add-one, ours, within 2 %": lambda: rules.AddingWithin(SMALL_SHARE),
        "add-one, ours, thrifty": lambda: rules.Adding(THRIFTY),
    }


def compare(real: Sequence[Quarter], other: Sequence[Quarter]) -> dict[str, float | None]:
    """Percent change of each measure against reality, median over the quarters where reality is not zero."""
    found: dict[str, float | None] = {}
    for name in MEASURES:
        pairs = [(getattr(r, name), getattr(o, name)) for r, o in zip(real, other, strict=True)]
        change = [100.0 * (o - r) / r for r, o in pairs if r]
        found[name] = statistics.median(change) if change else None
    found["extra_reviews"] = 100.0 * sum(q.extra for q in other) / sum(q.reviews for q in other)
    found["extra_changes"] = 100.0 * sum(q.widened for q in other) / sum(q.changes for q in other)
    return found


def summary(runs: Sequence[dict[str, float | None]]) -> dict[str, dict[str, float] | None]:
    """Mean and standard deviation over the seeds; None is unknown: reality is zero in every quarter."""
    found: dict[str, dict[str, float] | None] = {}
    for name in runs[0]:
        values = [value for run in runs if (value := run[name]) is not None]
        sd = statistics.stdev(values) if len(values) > 1 else 0.0
        found[name] = {"mean": round(statistics.fmean(values), 2), "sd": round(sd, 2)} if values else None
    return found


def named(repo: Path) -> str:
    """The name of the folder, or of the one around it where it is only called `repo`."""
    return repo.parent.name if repo.name == "repo" else repo.name


def measure(repo: Path, seeds: int, quick: bool) -> dict[str, object]:
    begun = stopwatch()
    past = world(repo)
    if quick:
        past = past.beginning(QUICK_CHANGES)
    if not any(len(change.reviewers) for change in past.changes):
        return {"repository": named(repo), "note": "no commit names a reviewer, nothing can be replayed"}
    last = quarter_of(past.changes[-1].at) - LEFT_OUT
    real = replay(past, Rule, 0, last)
    if not real:
        return {"repository": named(repo), "note": "reviews span less than three quarters, nothing can be compared"}
    rows: dict[str, object] = {}
    for name, make in replacing(past).items():
        rows[name] = summary([compare(real, replay(past, make, seed, last)) for seed in range(seeds)])
        sys.stderr.write(f"{named(repo)}: {name}, {stopwatch() - begun:.0f} s\n")
    for name, make in adding().items():
        rows[name] = summary([compare(real, replay(past, make, 0, last))])
        sys.stderr.write(f"{named(repo)}: {name}, {stopwatch() - begun:.0f} s\n")
    return {
        "repository": named(repo),
        "quarters": len(real),
        "changes": sum(quarter.changes for quarter in real),
        "reviews": sum(quarter.reviews for quarter in real),
        "seeds": seeds,
        "reality": {name: statistics.median(getattr(quarter, name) for quarter in real) for name in MEASURES},
        "rows": rows,
    }


def table(results: Sequence[dict[str, object]]) -> str:
    lines = []
    for result in results:
        lines.append(f"\n{result['repository']}: " + str(result.get("note") or head(result)))
        rows = result.get("rows")
        if not isinstance(rows, dict):
            continue
        columns = (*MEASURES, "extra_reviews", "extra_changes")
        lines.append(f"{'':32}" + "".join(f"{column:>16}" for column in columns))
        for name, row in rows.items():
            lines.append(f"{name:32}" + "".join(f"{cell(row[column]):>16}" for column in columns))
    return "\n".join(lines)


def head(result: dict[str, object]) -> str:
    real = result["reality"]
    assert isinstance(real, dict)
    return (
        f"{result['quarters']} quarters, {result['changes']} reviewed changes, {result['reviews']} reviews; "
        f"median of reality: {real['far']:.0f} files at risk, worst two {real['worst_two']:.0f}"
    )


def cell(value: dict[str, float] | None) -> str:
    if value is None:
        return "unknown"
    spread = f" ± {value['sd']:.1f}" if value["sd"] else ""
    return f"{value['mean']:+.1f}{spread}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spread", description=__doc__)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--quick", action="store_true", help=f"the first {QUICK_CHANGES:,} changes, one seed")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    try:
        results = [measure(repo, 1 if given.quick else max(1, given.seeds), given.quick) for repo in given.repositories]
    except BadInput as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    print(json.dumps(results) if given.json else table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
