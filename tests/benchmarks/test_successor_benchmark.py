"""The successor benchmark on a small history in which it is known who took over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.landed_units import history
from benchmarks.successor import departures, replay
from tests.repositories import Commit


def change(day: int, author: str, path: str) -> Commit:
    return Commit(author, (date(2020, 1, 1) + timedelta(days=day)).isoformat(), {path: f"{author} {day}"})


@pytest.fixture
def repo(make_repository: Callable[..., Path]) -> Path:
    """Alice owns core and leaves after 24 changes; Bob, who works beside her, takes over; Charlie is elsewhere."""
    commits = [change(3 * i, "Alice", f"core/{i % 4}.txt") for i in range(24)]
    commits += [change(3 * i + 1, "Bob", "core/beside.txt") for i in range(20)]
    commits += [change(3 * i + 2, "Charlie", "ui/page.txt") for i in range(24)]
    commits += [change(100 + i, "Bob", f"core/{i}.txt") for i in range(4)]
    commits += [change(600 + i, "Charlie", "ui/page.txt") for i in range(3)]
    return make_repository(sorted(commits, key=lambda c: c.when))


def test_the_one_who_left_their_files_and_who_changed_them_next_are_found(repo: Path) -> None:
    found = history(repo)
    (departure,) = [d for d in departures(found, quick=False) if len(d.files) == 4]
    assert [path for path, _, _ in departure.files] == [f"core/{i}.txt" for i in range(4)]
    assert len({successor for _, successor, _ in departure.files}) == 1


def test_who_works_beside_is_named(repo: Path) -> None:
    result = replay(history(repo), quick=True)
    assert result["rows"]["shipped choice"]["top1"] == 1.0
    assert result["rows"]["folder authors"]["top1"] == 1.0


def test_it_runs_as_a_program(repo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.successor", str(repo), "--quick", "--json"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)
    assert result["behind_best"] <= 0.02
    assert result["files"] == 4


def test_a_history_nobody_left_is_one_sentence(make_repository: Callable[..., Path]) -> None:
    still_here = make_repository([change(i, "Alice", "a.txt") for i in range(5)])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.successor", str(still_here)], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1
