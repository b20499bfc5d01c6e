from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.combination.live.passage import find, quoted, take
from seci.kit.errors import BadInput

TEXT = (
    "# Reviews\n\nAnswer within one business day. Small changes are reviewed faster.\n\n"
    "A change with more than 300 lines is *split* before\nit is reviewed.\n\n"
    "Answer within one business day, also in December.\n"
)


def test_a_passage_is_found_again_wherever_it_moves() -> None:
    passage = take(TEXT, TEXT.index("Small"), TEXT.index("faster") + 7)
    moved = "New beginning.\n\n" + TEXT.replace("# Reviews", "# How we review")
    place = find(passage, moved)
    assert place
    assert place.exact
    assert moved[place.start : place.end] == "Small changes are reviewed faster."


def test_of_two_alike_the_one_in_its_surroundings_is_meant() -> None:
    second = TEXT.rindex("Answer")
    place = find(take(TEXT, second, second + 30), "Put before it.\n\n" + TEXT)
    assert place
    assert place.start == second + len("Put before it.\n\n")


def test_a_passage_whose_words_were_changed_is_found_as_changed() -> None:
    start = TEXT.index("A change")
    changed = TEXT.replace("more than 300 lines", "more than 400 lines")
    place = find(take(TEXT, start, TEXT.index("reviewed.\n\nAnswer") + 9), changed)
    assert place
    assert not place.exact
    assert "400 lines" in changed[place.start : place.end]


def test_a_passage_that_was_deleted_is_nowhere() -> None:
    start = TEXT.index("A change")
    assert find(take(TEXT, start, start + 60), TEXT.replace(TEXT[start : start + 70], "")) is None


def test_words_copied_from_the_page_are_found_in_the_markdown() -> None:
    passage = quoted(TEXT, "300 lines is split before it is reviewed")
    assert passage.quote == "300 lines is *split* before\nit is reviewed"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Answer within one business day", "stands 2 times"),
        ("Answer never", "does not stand"),
        (" ", "Say which passage"),
    ],
)
def test_words_that_name_no_one_passage_are_refused_in_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        quoted(TEXT, words)


@settings(max_examples=40)
@given(st.text(alphabet="ab \n", min_size=1, max_size=60), st.data())
def test_in_the_text_it_was_taken_from_a_passage_stands_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        place = find(take(text, start, end), text)
        assert place
        assert (place.start, place.end) == (start, end)
