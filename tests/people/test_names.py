from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.people.names import Name, alike, fold, misspellings, near, read


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ana Krivokapić", "ana krivokapic"),
        ("Mazo, Andrey", "Andrey Mazo"),
        ("john.doe", "John Doe"),
        ("JohnDoe", "John Doe"),
        ("Jane_Roe", "Jane Roe"),
        ("Erika Mustermann (EXT)", "Erika Mustermann"),
        ("Jean-Noël AVILA via GitGitGadget", "Jean Noel Avila"),
        ("Himanshu Sahdev aka CunningLearner", "Himanshu Sahdev"),
        ("Dr. Ada Byron, Jr.", "Ada Byron"),
        ("Søren Łukasz", "soren lukasz"),
    ],
)
def test_one_name_is_read_alike_however_it_is_written(one: str, two: str) -> None:
    assert read(one) == read(two)


@pytest.mark.parametrize(("text", "full"), [("Ada", False), ("A B", False), ("J. Doe", False), ("Li Wu", False)])
def test_too_little_stands_for_nobody(text: str, full: bool) -> None:
    assert read(text).full is full


def test_a_chinese_name_stands_for_a_person_in_one_word() -> None:
    assert read("王小明").full
    assert not read("王").full


@pytest.mark.parametrize(
    ("one", "two", "result"),
    [
        ("vomacka", "vomacke", True),
        ("dewata", "dewatta", True),
        ("crittenden", "critenden", True),
        ("abcd", "abdc", True),
        ("abcd", "badc", False),
        ("smith", "smyths", False),
        ("", "a", True),
    ],
)
def test_near_is_one_slip_of_the_finger(one: str, two: str, result: bool) -> None:
    assert near(one, two) is result
    assert near(two, one) is result


@given(st.text("abcd", max_size=6), st.integers(0, 5), st.sampled_from("abcdx"))
def test_words_that_are_near_share_a_misspelling_or_exchange_two_letters(word: str, at: int, letter: str) -> None:
    changed = word[:at] + letter + word[at + 1 :]
    assert near(word, changed)
    assert misspellings(word) & misspellings(changed)


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    name = read(text)
    assert name == Name(name.tokens)
    assert all(name.tokens)
    assert fold(text) == fold(fold(text)) or not text.isascii()


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_has_no_direction(one: str, two: str) -> None:
    assert alike(read(one), read(two)) == alike(read(two), read(one))


def test_names_without_a_common_word_are_not_alike() -> None:
    assert not alike(read("Junio Hamano"), read("Wincent Colaiuta"))
    assert alike(read("Felipe Volpone"), read("Felipe Barreto"))
    assert alike(read("Nanako Shiraishi"), read("しらいしななこ"))
