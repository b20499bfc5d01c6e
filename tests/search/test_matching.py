from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.search.matching import fitness, fold, words


@pytest.mark.parametrize(
    ("query", "title", "fit"),
    [
        ("scan engine", "Scan engine", 5),
        ("sca eng", "Scan engine", 4),
        ("eng", "Scan engine", 3),
        ("engine scan", "Scan engine", 3),
        ("gin", "Scan engine", 2),
        ("src/scan", "Scan engine", 1),
        ("pump", "Scan engine", 0),
        ("muller", "Jürgen Müller", 3),
        ("MÜLLER", "Jürgen Müller", 3),
        ("strasse", "Straße", 5),
        ("山田", "山田太郎", 4),
    ],
)
def test_a_title_fits_as_a_person_would_say(query: str, title: str, fit: int) -> None:
    assert fitness(words(query), title, "src/scan/") == fit


@given(st.text(min_size=1).filter(lambda text: bool(words(text))))
def test_every_title_is_found_by_itself(title: str) -> None:
    assert fitness(words(title), title) > 0


@given(st.text(), st.text(min_size=1).filter(lambda text: bool(words(text))))
def test_more_words_never_fit_better_than_the_worst_of_them(title: str, query: str) -> None:
    together = fitness(words(query), title)
    assert (together > 0) == all(fitness([word], title) > 0 for word in words(query))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
