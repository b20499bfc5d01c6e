"""What the parts of a merge are read with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from seci.combination.queries import texts
from seci.search.embedding import store


class Counting:
    """A model that says what it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def vectors(self, said: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(said)
        return np.array([[len(one), 1] for one in said], np.float32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where vectors are kept, for an instance that has none yet."""
    monkeypatch.setenv("SECI_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(texts, "_kept", {})
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_a_text_that_was_read_before_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Counting()
    monkeypatch.setattr(texts, "rounded", lambda: model)
    monkeypatch.setattr(texts, "KEPT_AT_MOST", 3)
    first, again = texts.embedding(), texts.embedding()
    assert first
    assert again
    assert first(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert again(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert again(["dddd", "a"]).tolist() == [[4, 1], [1, 1]]
    assert model.asked == [["a", "bb"], ["ccc"], ["dddd"]]


def test_what_one_process_has_read_another_does_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "AT_MOST", 3)
    first, second = Counting(), Counting()
    assert store.vectors(first, ["a", "bb", "a"], folder).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert store.vectors(second, ["bb", "ccc", "dddd"], folder).tolist() == [[2, 1], [3, 1], [4, 1]]
    assert second.asked == [["ccc", "dddd"]]
    assert store.vectors(first, ["a", "dddd"], folder).tolist() == [[1, 1], [4, 1]]
    assert first.asked == [["a", "bb"], ["a"]], "of more than can be kept the oldest go"


def test_vectors_are_worked_out_where_none_can_be_kept(folder: Path) -> None:
    (folder / "counting.sqlite3").write_text("no database, and long enough to be taken for one" * 100)
    for nowhere in (folder, folder / "gone"):
        assert store.vectors(Counting(), ["a"], nowhere).tolist() == [[1, 1]]
