"""Git's print is taken in ahead of the parsing: nothing is lost, and giving up leaves nothing running."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seci.sources.git import slices
from seci.sources.git.history import History
from tests.repositories import Commit

MakeRepository = Callable[..., Path]


@pytest.fixture
def plan(make_repository: MakeRepository) -> tuple[slices.Plan, list[bytes]]:
    """A history of which git prints far more than may be taken in ahead."""
    path = make_repository([Commit("Alice", f"2025-01-01T00:{n:02}", {f"a/{n}.py": str(n)}) for n in range(40)])
    history = History.open(path)
    return slices.Plan(str(path), history.command), list(reversed(history.walk(history.tip or "").parents))


def takers() -> int:
    return sum("_run" in thread.name for thread in threading.enumerate())


def test_every_commit_comes_through_in_order_however_little_is_taken_at_once(
    plan: tuple[slices.Plan, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, commits = plan
    for name, few in (("AHEAD", 1), ("CHUNK", 5)):
        monkeypatch.setattr(slices, name, few)
    job = [(commit, min(n, 1)) for n, commit in enumerate(commits)]
    (found,) = slices.slices(reader, [job])

    assert bytes(found.sha) == b"".join(bytes.fromhex(commit.decode()) for commit in commits)
    assert list(found.paths) == [f"a/{n}.py".encode() for n in range(40)]


def test_a_read_that_is_given_up_ends_the_thread_that_waits_for_room(
    plan: tuple[slices.Plan, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, commits = plan
    for name, few in (("AHEAD", 1), ("CHUNK", 5)):
        monkeypatch.setattr(slices, name, few)
    before = takers()
    reading = slices.slices(reader, [[(commit, min(n, 1))] for n, commit in enumerate(commits)])
    next(reading)
    assert takers() == before + 1
    reading.close()  # type: ignore[attr-defined]
    assert takers() == before
