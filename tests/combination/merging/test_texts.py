"""What the parts of a merge are read with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from seci.combination.queries import texts


class Counting:
    """A model that says what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def vectors(self, said: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(said)
        return np.array([[len(one), 1] for one in said], np.float32)


def test_a_text_that_was_read_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Counting()
    monkeypatch.setattr(texts, "rounded", lambda: model)
    monkeypatch.setattr(texts, "_kept", {})
    monkeypatch.setattr(texts, "KEPT_AT_MOST", 3)
    first, again = texts.embedding(), texts.embedding()
    assert first
    assert again
    assert first(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert again(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert again(["dddd", "a"]).tolist() == [[4, 1], [1, 1]]
    assert model.asked == [["a", "bb"], ["ccc"], ["dddd"]]
