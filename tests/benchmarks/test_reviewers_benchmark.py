"""The reviewer benchmark on a small history with planted habits: it finds them, and looks at nothing ahead."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.landed_units import History, history
from benchmarks.reviewers import questions, replay
from seci.kit.clock import DAY
from tests.repositories import Commit

HOME = {"core": "Bob", "ui": "Charlie", "docs": "Dora"}
TEAM = ("Alice", *HOME.values())


def reviewed(number: int, *, lag: int = 2) -> Commit:
    """A change of one of three folders, reviewed by whoever looks after it, by somebody else."""
    folder = list(HOME)[number % 3]
    author = next(p for p in itertools.islice(itertools.cycle(TEAM), number, None) if p != HOME[folder])
    day = date(2022, 1, 1) + timedelta(days=3 * number)
    reviewer = HOME[folder]
    return Commit(
        author,
        day.isoformat(),
        {f"{folder}/{number % 5}.txt": str(number)},
        message=f"Change {number} (#{number + 1})",
        trailers=[f"Reviewed-by: {reviewer} <{reviewer.lower()}@example.org>"],
        committed=(day + timedelta(days=lag)).isoformat(),
    )


@pytest.fixture
def repo(make_repository: Callable[..., Path]) -> Path:
    return make_repository([reviewed(i) for i in range(90)])


@pytest.fixture
def found(repo: Path) -> History:
    return history(repo)


def test_each_pull_request_is_one_unit_asked_at_its_author_date(found: History) -> None:
    assert len(found.landed) == 90
    assert not found.squashed
    assert all(landed.unit.at - landed.authored == 2 * DAY for landed in found.landed)
    assert all(len(landed.unit.reviewers) == 1 for landed in found.landed)


def test_who_looks_after_a_folder_is_found_and_chance_is_not(found: History) -> None:
    result = replay(found, 0, quick=True)
    rows = result["rows"]
    assert result["units"] == 27
    assert rows["formula"]["mrr"] > 0.95
    assert rows["random"]["mrr"] < 0.9
    low, high = rows["formula"]["interval"]
    assert low <= rows["formula"]["mrr"] <= high


def test_the_past_does_not_change_when_the_future_does(found: History) -> None:
    """Reviewers of the last units swapped: what is asked about the units before them stays as it was."""
    last = found.landed[-1]
    other = list(last.unit.authors)
    swapped = replace(last, unit=replace(last.unit, reviewers=other, authors=last.unit.reviewers))
    before, after = replay(found, 0, False), replay(replace(found, landed=[*found.landed[:-1], swapped]), 0, False)
    n = before["units"]
    assert after["units"] == n
    # Only the one unit that was changed may count differently.
    for name in ("formula", "learned", "cHRev"):
        assert abs(before["rows"][name]["mrr"] - after["rows"][name]["mrr"]) <= 1 / n + 1e-4


def test_the_lag_puts_each_question_a_week_before_landing(found: History) -> None:
    asked = questions(found, 7 * DAY, quick=False)
    assert all(q.at == q.landed.unit.at - 7 * DAY for q in asked)
    assert sum(q.test for q in asked) == 27


def test_a_history_of_squashed_merges_is_recognized(make_repository: Callable[..., Path]) -> None:
    assert history(make_repository([reviewed(i, lag=0) for i in range(20)])).squashed


def test_it_runs_as_a_program(repo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reviewers", str(repo), "--quick", "--json"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)
    assert result["headline"] == "author date"
    assert set(result["runs"]) == {"author date", "lag 7 days"}
    assert result["mrr"] > result["best_baseline"] - 0.1


def test_a_folder_that_is_no_repository_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reviewers", str(tmp_path), "--json"], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
