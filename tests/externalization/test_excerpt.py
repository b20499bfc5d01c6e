"""The part of a text around the words in question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.externalization.showing.excerpt import Passage, excerpt


def test_the_words_in_question_are_marked_apart_from_other_claims() -> None:
    text = "We hold it above five percent. Unless it is a backfill."
    found = excerpt(text, [(1, 3, 29), (2, 31, 54)], current=2)
    assert found.passages == (
        Passage("We "),
        Passage("hold it above five percent", 1),
        Passage(". "),
        Passage("Unless it is a backfill", 2, now=True),
        Passage("."),
    )
    assert not found.cut_before
    assert not found.cut_after


def test_a_long_text_is_cut_around_the_words() -> None:
    found = excerpt("a" * 10_000 + "here" + "b" * 10_000, [(7, 10_000, 10_004)], current=7, around=10)
    assert "".join(one.text for one in found.passages) == "a" * 10 + "here" + "b" * 10
    assert found.cut_before
    assert found.cut_after


@given(st.text(), st.lists(st.tuples(st.integers(1, 5), st.integers(0, 40), st.integers(0, 40))), st.integers(1, 5))
def test_marks_never_change_the_words(text: str, spans: list[tuple[int, int, int]], current: int) -> None:
    found = excerpt(text, spans, current)
    assert "".join(one.text for one in found.passages) == text
    assert sum(one.now for one in found.passages) <= len(spans)
