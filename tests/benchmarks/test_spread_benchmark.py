"""The replay of reviewed changes, on a small history where the answer is known."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks import spread
from benchmarks.spread_history import world
from benchmarks.spread_replay import Rule, quarter_of, replay
from benchmarks.spread_rules import Adding
from tests.repositories import Commit, write_repository

CAROL = "Reviewed-by: Carol <carol@example.org>"
DAVE = "Reviewed-by: Dave <dave@example.org>"
ERIN = "Reviewed-by: Erin <erin@example.org>"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Alice writes five new files a week, Carol reviews; both leave after a year. Dave and Erin stay."""
    start = date(2020, 1, 6)
    commits = []
    for week in range(110):
        day = start + timedelta(weeks=week)
        if week < 52:
            files = {f"core/{week}_{number}.py": f"one {week}" for number in range(5)}
            commits.append(Commit("Alice", str(day), files, trailers=[CAROL]))
        for author, trailer in (("Erin", DAVE), ("Dave", "Reviewed-by: Erin <erin@example.org>")):
            commits.append(
                Commit(author, str(day + timedelta(days=1)), {"tool/a.py": f"{author} {week}"}, trailers=[trailer])
            )
    return write_repository(tmp_path_factory.mktemp("spread") / "history", commits)


def test_in_reality_the_files_of_the_two_who_left_are_at_risk(repository: Path) -> None:
    past = world(repository)
    quarters = replay(past, Rule, 0, quarter_of(past.changes[-1].at) - 1)
    assert quarters[-1].far == 260
    assert quarters[-1].extra == 0
    assert all(quarter.expertise <= quarter.changes for quarter in quarters)


def test_one_learner_on_the_changes_at_risk_keeps_their_files_known(repository: Path) -> None:
    past = world(repository)
    last = quarter_of(past.changes[-1].at) - 1
    real, added = (replay(past, make, 0, last)[-1] for make in (Rule, lambda: Adding(0.2)))
    assert added.far == real.far  # one learner beside two who leave: known by one, still fewer than two
    assert added.worst_one > real.worst_one
    assert spread.compare(replay(past, Rule, 0, last), replay(past, Rule, 0, last))["extra_changes"] == 0


def test_nothing_from_the_future_decides_who_is_asked(repository: Path) -> None:
    past = world(repository)
    half = past.beginning(len(past.changes) // 2)
    for change, features in zip(half.changes, half.features, strict=True):
        before = {p for c in past.changes if c.at < change.at for p in (*c.authors.tolist(), *c.reviewers.tolist())}
        assert set(features.person.tolist()) <= before


def test_the_command_prints_every_rule_as_json(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spread.main([str(repository), "--quick", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert set(result["rows"]) == {*spread.replacing(world(repository)), *spread.adding()}
    assert result["rows"]["ours"]["extra_reviews"]["mean"] == 0


def test_a_history_without_reviewers_is_said_to_tell_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = write_repository(tmp_path / "quiet", [Commit("Alice", "2024-01-02", {"a.py": "1"})])
    assert spread.main([str(quiet), "--json"]) == 0
    assert "no commit names a reviewer" in json.loads(capsys.readouterr().out)[0]["note"]
