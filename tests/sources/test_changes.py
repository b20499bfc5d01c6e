from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CommandLineInstance
from tests.repositories import Commit

HISTORY = [
    Commit("Alice", "2024-01-01T09:00:00", {"core/engine.py": "a\nb\n", "README.md": "Hello\n"}, "Begin"),
    Commit("Alice", "2024-01-03T09:00:00", {"core/engine.py": "a\nb\nc\n"}, "Add c\n\nBecause it was missing."),
    Commit("Bob", "2024-01-05T22:30:00", {"core/engine.py": "a\nc\n", "tests/test_engine.py": "x\n"}, "Drop b"),
    Commit("Bob", "2024-01-15T22:30:00", {"README.md": "Hello you\n"}, "Say hello"),
    Commit("Carol", "2024-01-16T10:00:00", {"docs/how.md": "How\n"}, "Say how"),
]


@pytest.fixture
def found(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    """The cases of the history by title, through the terminal."""
    path = make_repository(HISTORY)
    assert instance.run("scan", path).returncode == 0

    def collect(*options: str) -> dict[str, Any]:
        done = instance.run("cases", "from-commits", path, *options, "--json")
        assert done.returncode == 0, done.stderr
        bank = json.loads(done.stdout)["bank"]["id"]
        whole = json.loads(instance.run("cases", "export", str(bank), "--json").stdout)
        return {case["title"]: case["values"] for case in whole["cases"]}

    return collect


def test_changes_come_with_what_was_known_when_they_were_made(found: Callable[..., dict[str, Any]]) -> None:
    cases = found()
    assert set(cases) == {"Add c", "Drop b", "Say hello", "Say how"}, "the first commit changes nothing that was there"
    add, drop, hello, how = (cases[name] for name in ("Add c", "Drop b", "Say hello", "Say how"))
    assert (add["files"], add["lines_added"], add["lines_removed"]) == (1, 1, 0)
    assert (add["author_changes"], add["author_knows"], add["author_new_here"]) == (1, 100, False)
    assert add["author_away"] == 2
    assert (add["weekday"], add["hour"], add["message_words"]) == ("Wednesday", 9, 6)
    assert (drop["lines_added"], drop["lines_removed"], drop["tests_touched"]) == (1, 1, True)
    assert (drop["author_changes"], drop["author_knows"], drop["author_new_here"]) == (0, 0, True)
    assert (drop["people_before"], drop["author_away"], drop["new_files"]) == (1, None, 1)
    assert (hello["docs_only"], hello["author_new_here"], hello["author_knows"]) == (True, True, 0)
    assert (how["author_knows"], how["people_before"], how["new_files"]) == (None, 0, 1)
    assert all("Alice" not in json.dumps(values) for values in cases.values())


def test_a_part_of_the_history_is_drawn_alike_each_time(found: Callable[..., dict[str, Any]]) -> None:
    late = found("--since", "2024-01-10")
    assert set(late) == {"Say hello", "Say how"}
    assert found("--most", "2") == found("--most", "2")
    assert len(found("--most", "2")) == 2


def test_what_cannot_be_is_one_sentence(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> None:
    path = make_repository(HISTORY)
    done = instance.run("cases", "from-commits", path)
    assert done.returncode == 3
    assert "has not been scanned" in done.stderr
    assert instance.run("scan", path).returncode == 0
    for options, said in (
        (("--since", "2030-01-01"), "No change"),
        (("--since", "soon"), "2026-01-31"),
        (("--most", "0"), "Between 1 and"),
    ):
        done = instance.run("cases", "from-commits", path, *options)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
