"""An answer as a browser sends it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.externalization.showing.form import answer_in, in_order, number_in
from seci.externalization.turn import Answer
from seci.kit.errors import BadInput


def sent(**fields: str | list[str]) -> dict[str, list[str]]:
    return {key: value if isinstance(value, list) else [value] for key, value in fields.items()}


def test_a_verdict_comes_with_the_order_of_looks_and_the_time() -> None:
    form = sent(choice="Hold", looked="nulls,owner,nulls", latency="2310", sure="no", text=" too many \r\n nulls ")
    assert answer_in(form) == Answer(
        "answer", "too many \n nulls", "Hold", looked=("nulls", "owner"), latency_ms=2310, sure=False
    )


def test_what_the_browser_did_not_say_is_unknown() -> None:
    answer = answer_in(sent(choice="Hold", latency="", looked=""))
    assert (answer.latency_ms, answer.sure, answer.looked, answer.right) == (None, None, (), None)


@pytest.mark.parametrize(
    ("button", "right", "choice"),
    [("right", (True, True), ""), ("reason", (True, False), ""), ("not:Ship", (False, False), "Ship")],
)
def test_one_button_answers_a_teach_back(button: str, right: tuple[bool, bool], choice: str) -> None:
    answer = answer_in(sent(taught=button))
    assert (answer.right, answer.choice) == (right, choice)


def test_a_button_that_no_page_has_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="publish"):
        answer_in(sent(reply="publish"))


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "٣", "9" * 40])
def test_an_answer_must_say_which_question_it_answers(number: str) -> None:
    with pytest.raises(BadInput, match="load the page again"):
        number_in(sent(number=number))


@given(st.text(), st.text(), st.text(), st.text(), st.lists(st.text()))
def test_whatever_is_sent_becomes_an_answer(text: str, choice: str, latency: str, looked: str, many: list[str]) -> None:
    answer = answer_in(sent(text=text, choice=choice, latency=latency, looked=looked, choices=many, sure=text))
    assert answer.choice == choice
    assert answer.latency_ms is None or 0 <= answer.latency_ms <= 86_400_000


def test_a_tile_opened_twice_counts_where_it_was_opened_first() -> None:
    assert in_order("nulls,owner", "nulls") == ("nulls", "owner")
    assert in_order("", "nulls") == ("nulls",)
