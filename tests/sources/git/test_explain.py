"""A discount is explained by the evidence that made it."""

from __future__ import annotations

from pathlib import Path

from seci.sources.git.evidence import Evidence, read
from seci.sources.git.explain import reasons
from tests.repositories import Commit, write_repository
from tests.sources.git.conftest import NOON


def told(folder: Path, commits: list[Commit]) -> tuple[list[str], Path]:
    repository = write_repository(folder / "repository", commits)
    store = folder / "evidence"
    read(repository, store, now=lambda: NOON)
    evidence = Evidence.load(store)
    return [evidence.sha(row) for row in range(len(evidence.commits))], store


def test_a_generated_file_is_given_as_the_reason(tmp_path: Path) -> None:
    shas, store = told(
        tmp_path,
        [
            Commit("Alice", "2024-01-02", {"src/engine.py": "start"}),
            Commit("Alice", "2024-01-03", {"package-lock.json": "{}"}),
        ],
    )
    assert reasons(store, shas) == {shas[1]: ("a lock file",)}


def test_work_of_an_assistant_is_given_as_the_reason(tmp_path: Path) -> None:
    shas, store = told(
        tmp_path,
        [
            Commit("Alice", "2024-01-02", {"src/engine.py": "start"}),
            Commit(
                "Alice",
                "2024-01-03",
                {"src/engine.py": "go"},
                trailers=["Co-authored-by: Claude <noreply@anthropic.com>"],
            ),
        ],
    )
    (sentence,) = reasons(store, shas)[shas[1]]
    assert "assistant program" in sentence


def test_an_unknown_commit_and_an_empty_store_explain_nothing(tmp_path: Path) -> None:
    _, store = told(tmp_path, [Commit("Alice", "2024-01-02", {"src/engine.py": "start"})])
    assert reasons(store, ["ab" * 20, "not a sha"]) == {}
    assert reasons(tmp_path / "nothing", ["ab" * 20]) == {}
