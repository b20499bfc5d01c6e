"""Who of the people known by then reviewed each change of a history?

    python -m benchmarks.reviewers REPO... [--json] [--quick]

Units in landing order, the last 30 % of the reviewed ones are the test. A unit is asked at its author date, with only
what had landed before; where merges are squashed (median time from author date to landing under an hour) the author
date says nothing, and the question is put seven days before landing. Both are always printed; `headline` says which
counts. Candidates are all who were active in the last 365 days, without authors and bots; a reviewer who is not among
them is a miss.

    MRR          mean of 1 / place of the best-placed true reviewer, with a 95 % bootstrap interval
    top-3        share of units with a true reviewer among the first three
    established  MRR over true reviewers with at least 20 reviews by then (units without one are left out)
    tail         MRR without the five most active reviewers, neither as candidates nor as truth

Rows: the formula, which is the default; the learned ranker; the choice between them that `LearnedReviewers.best`
makes for each unit from the units before it; and the baselines. `--quick` asks about every n-th unit only.

A file is known by its latest path through its renames; nothing else of a unit's future is used.
"""

from __future__ import annotations

import heapq
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.door import over_histories
from benchmarks.landed_units import History, Landed, history
from benchmarks.reviewer_baselines import NAMES, Baselines
from seci.cycle.learned_reviewers import LearnedReviewers
from seci.cycle.learning import place
from seci.cycle.reviewers import Floats, ReviewerState, Signals
from seci.kit.clock import DAY, Micros
from seci.kit.errors import SeciError

TEST_FROM = 70
LEARN = 6000
QUICK_TEST, QUICK_LEARN = 240, 480
LAG = 7 * DAY
ESTABLISHED = 20
BUSIEST = 5
RESAMPLES = 1000
OURS = ("formula", "learned", "formula or learned")


@dataclass(frozen=True, slots=True)
class Question:
    """A unit and the instant at which its reviewer is asked for."""

    at: Micros
    place: int
    landed: Landed
    test: bool


@dataclass(slots=True)
class Tally:
    """One row of the table: reciprocal ranks by unit, NaN where a unit does not count."""

    all: list[float]
    established: list[float]
    tail: list[float]

    def figures(self, seed: int = 1) -> dict[str, Any]:
        ranks = np.array(self.all)
        draws = np.random.default_rng(seed).integers(0, len(ranks), (RESAMPLES, len(ranks)))
        low, high = np.quantile(ranks[draws].mean(axis=1), [0.025, 0.975])
        return {
            "mrr": round(float(ranks.mean()), 4),
            "interval": [round(float(low), 4), round(float(high), 4)],
            "top3": round(float((ranks >= 1 / 3).mean()), 4),
            "established": _mean(self.established),
            "tail": _mean(self.tail),
            "n": len(ranks),
        }


def _mean(ranks: Sequence[float]) -> float | None:
    known = [r for r in ranks if r == r]
    return round(float(np.mean(known)), 4) if known else None


def questions(found: History, lag: Micros, quick: bool) -> list[Question]:
    """Test units and those before them that the ranker learns from, in the order in which they are asked."""
    reviewed = [landed for landed in found.landed if landed.unit.reviewers and landed.unit.authors]
    start = len(reviewed) * TEST_FROM // 100
    asked = [
        Question(min(landed.authored, landed.unit.at - lag) if lag else landed.authored, i, landed, i >= start)
        for i, landed in enumerate(reviewed)
    ]
    test, before = asked[start:], asked[max(0, start - LEARN) : start]
    if quick:
        test, before = _every(test, QUICK_TEST), _every(before[-4 * QUICK_LEARN :], QUICK_LEARN)
    return sorted([*before, *test], key=lambda q: (q.at, q.place))


def _every(asked: list[Question], wanted: int) -> list[Question]:
    return asked[:: max(1, -(-len(asked) // wanted))]


def replay(found: History, lag: Micros, quick: bool) -> dict[str, Any]:
    """Asks all questions of one history, each with only what had landed before it."""
    state, baselines, learned = ReviewerState(found.bots), Baselines(found.bots), LearnedReviewers()
    rows = {name: Tally([], [], []) for name in (*OURS, *NAMES)}
    pending: list[tuple[Micros, int, Signals, tuple[int, ...]]] = []
    candidates, reviewers, upcoming = [], [], 0
    for question in questions(found, lag, quick):
        while upcoming < len(found.landed) and found.landed[upcoming].unit.at < question.at:
            state.observe(found.landed[upcoming].unit)
            baselines.observe(found.landed[upcoming].unit)
            upcoming += 1
        while pending and pending[0][0] < question.at:
            _, _, signals, truth = heapq.heappop(pending)
            learned.learn(signals, np.array(truth))
        unit = question.landed.unit
        signals = state.signals(unit.paths, unit.authors, question.at)
        if question.test:
            scores: dict[str, Floats] = {
                "formula": signals.fixed,
                "learned": learned.scores(signals),
                "formula or learned": learned.best(signals),
                **baselines.scores(unit.paths, unit.authors, question.at, signals.person.tolist()),
            }
            _mark(rows, scores, signals, unit.reviewers, baselines)
            candidates.append(len(signals.person))
            reviewers.append(len(unit.reviewers))
        heapq.heappush(pending, (unit.at, question.place, signals, tuple(unit.reviewers)))
    if not candidates:
        raise SeciError("No reviewed change to test on: the history names no reviewers.")
    return {
        "lag_days": lag // DAY,
        "units": len(candidates),
        "candidates": round(float(np.mean(candidates)), 1),
        "reviewers_per_unit": round(float(np.mean(reviewers)), 2),
        "rows": {name: row.figures() for name, row in rows.items()},
    }


def _mark(
    rows: dict[str, Tally], scores: dict[str, Floats], signals: Signals, reviewers: Sequence[int], known: Baselines
) -> None:
    truth = np.isin(signals.person, reviewers)
    often = np.array([known.reviews.get(p, 0) >= ESTABLISHED for p in signals.person.tolist()], np.bool_)
    popularity = scores["most active, 90 d"]
    rare = np.argsort(np.argsort(-popularity, kind="stable"), kind="stable") >= BUSIEST
    for name, row in rows.items():
        score = scores[name]
        row.all.append(1 / place(score, truth))
        row.established.append(1 / place(score, truth & often) if (truth & often).any() else np.nan)
        row.tail.append(1 / place(score[rare], truth[rare]) if truth[rare].any() else np.nan)


def measure(repos: Sequence[Path], quick: bool) -> Iterator[dict[str, Any]]:
    """Both protocols of each history, side by side on two processes."""
    with ProcessPoolExecutor(2) as pool:
        for repo in repos:
            found = history(repo)
            lag, author = pool.submit(replay, found, LAG, quick), pool.submit(replay, found, 0, quick)
            runs = {"lag 7 days": lag.result(), "author date": author.result()}
            headline = "lag 7 days" if found.squashed else "author date"
            mrr = {name: row["mrr"] for name, row in runs[headline]["rows"].items()}
            yield {
                "repo": str(repo),
                "median_lag_hours": round(found.lag_hours, 2),
                "headline": headline,
                "mrr": mrr["formula or learned"],
                "best_baseline": max(mrr[name] for name in NAMES),
                "runs": runs,
            }


def table(result: dict[str, Any]) -> str:
    lines = []
    for name, run in result["runs"].items():
        chosen = " (headline)" if name == result["headline"] else ""
        lines += [
            f"{result['repo']}, {name}{chosen}: {run['units']} units, {run['candidates']} candidates, "
            f"{run['reviewers_per_unit']} reviewers each",
            f"  {'':30} {'MRR':>6} {'95 %':>14} {'top-3':>6} {'estab.':>7} {'tail':>6}",
        ]
        for label, row in run["rows"].items():
            low, high = row["interval"]
            established, tail = (" unknown" if row[k] is None else f"{row[k]:.3f}" for k in ("established", "tail"))
            lines.append(
                f"  {label:30} {row['mrr']:6.3f}  {low:.3f} – {high:.3f} {row['top3']:6.3f} {established:>7} {tail:>6}"
            )
    return "\n".join(lines)


def main() -> int:
    return over_histories("reviewers", __doc__, "ask about some of the units only", measure, table)


if __name__ == "__main__":
    sys.exit(main())
