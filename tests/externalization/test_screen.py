"""What a page shows of a question, and what it never shows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.showing.retelling import Piece, pieces, retell
from seci.externalization.showing.screen import parts, said, screen, web_link
from seci.externalization.turn import (
    Answer,
    Ask,
    Change,
    Contradiction,
    Done,
    Explain,
    Judge,
    Question,
    Reflect,
    Sign,
    Turn,
)

NULLS = Attribute("nulls", "Missing values", "number", "%")
OWNER = Attribute("owner", "Owner on call", "boolean")
CASE = Case("c1", {"nulls": 7.4, "owner": None}, title="Load of 14 March", link="https://example.org/14")
OUTCOMES = ("Hold", "Ship")


def test_the_prediction_and_the_reason_for_the_choice_of_a_case_never_reach_the_page() -> None:
    secret = "Quarantine"
    plain = Judge(CASE, OUTCOMES, "What would you do?", board=True)
    marked = Judge(CASE, OUTCOMES, "What would you do?", board=True, predicted=secret, audit=True, repeat_of="c0")
    assert screen(marked, [NULLS, OWNER]) == screen(plain, [NULLS, OWNER])
    assert secret not in repr(screen(marked, [NULLS, OWNER]))


def test_tiles_of_a_board_are_open_in_the_order_in_which_they_were_opened() -> None:
    shown = screen(Judge(CASE, OUTCOMES, board=True), [NULLS, OWNER], opened=("owner", "nulls"))
    assert [(tile.key, tile.place) for tile in shown.tiles] == [("nulls", 2), ("owner", 1)]


def test_what_is_not_known_of_a_case_is_said_in_words() -> None:
    tiles = screen(Judge(CASE, OUTCOMES), [NULLS, OWNER]).tiles
    assert [(tile.name, tile.value, tile.known) for tile in tiles] == [
        ("Missing values", "7.4 %", True),
        ("Owner on call", "not known", False),
    ]


@pytest.mark.parametrize(
    ("value", "attribute", "words"),
    [
        (3.0, Attribute("d", "Age", "number", "days"), "3 days"),
        (-2.5, None, "−2.5"),
        (12000.0, None, "12,000"),
        (True, OWNER, "yes"),
        (False, OWNER, "no"),
        ("billing", None, "billing"),
        (0.0, NULLS, "0 %"),
    ],
)
def test_values_are_said_as_a_person_would(value: Any, attribute: Attribute | None, words: str) -> None:
    assert said(value, attribute) == words


@pytest.mark.parametrize("link", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x", ""])
def test_a_link_that_is_no_web_address_is_left_out(link: str) -> None:
    assert web_link(link) == ""


def test_a_diff_shows_only_the_words_that_changed() -> None:
    found = parts("Hold when missing values are over 5 %.", "Hold when missing values are over 5.2 %.")
    assert found == (
        ("same", "Hold when missing values are over "),
        ("gone", "5"),
        ("new", "5.2"),
        ("same", "%."),
    )


def test_sentences_with_nothing_in_common_stand_one_after_the_other() -> None:
    assert parts("Hold it.", "Ask whoever owns the feed first") == (
        ("gone", "Hold it."),
        ("new", "Ask whoever owns the feed first"),
    )


@given(st.text(), st.text())
def test_both_sentences_can_be_read_from_their_diff(before: str, after: str) -> None:
    found = parts(before, after)
    without_space = "".join
    assert without_space("".join(words for part, words in found if part != "new").split()) == "".join(before.split())
    assert without_space("".join(words for part, words in found if part != "gone").split()) == "".join(after.split())


def test_the_words_that_became_questions_are_marked() -> None:
    told = "Usually I hold it, unless it is a backfill."
    turns = [
        Turn("1", Ask("incident", "Tell me."), Answer(text=told), 1),
        Turn("2", Ask("cases", "How often is usually?", about=("1", 0, 7)), Answer(choice="8 of 10"), 2),
        Turn("3", Ask("cases", "Any other exception?", about=("1", 19, 42)), Answer("skip"), 3),
    ]
    latest, _, first = retell(turns)
    assert first.pieces == (
        Piece("Usually", "How often is usually?"),
        Piece(" I hold it, "),
        Piece("unless it is a backfill", "Any other exception?"),
        Piece("."),
    )
    assert latest.verdict == "Skipped"


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.just("?"))))
def test_marks_never_change_the_words(text: str, marks: list[tuple[int, int, str]]) -> None:
    assert "".join(piece.text for piece in pieces(text, marks)) == text


def test_a_contradiction_lists_the_verdicts_it_speaks_of() -> None:
    turns = [Turn("4", Judge(CASE, OUTCOMES), Answer(choice="Ship"), 1)]
    question = Contradiction("You said hold, you shipped.", "k1", ("c1",))
    shown = screen(question, [NULLS, OWNER], turns, {"k1": "over five percent I hold"})
    assert [(row.title, row.verdict, [tile.name for tile in row.tiles]) for row in shown.rows] == [
        ("Load of 14 March", "Ship", ["Missing values"])
    ]
    assert shown.about == "over five percent I hold"


def test_the_teach_back_offers_every_other_outcome() -> None:
    shown = screen(Explain(CASE, "Hold", "Over 5 %.", ("Hold", "Ship", "Ask")), [NULLS])
    assert [option for _, option in shown.choices] == ["Ship", "Ask"]


QUESTIONS: list[Question] = [
    Ask("frame", "What is decided?", options=("a", "b")),
    Judge(CASE, OUTCOMES),
    Reflect("Is this what you mean?", (Change("n1", "", "Hold it", claims=("k1",)),)),
    Contradiction("Which holds?", "k1", ("c1",)),
    Explain(CASE, "Hold", "", OUTCOMES),
    Sign("To sign", {"Decision": "Hold or ship"}),
    Done("Thank you"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("reply", ["answer", "depends", "cannot_happen", "skip", "confirm", "correct", "back", "stop"])
def test_every_question_can_be_shown_and_told_again(question: Question, reply: Any) -> None:
    shown = screen(question, [NULLS])
    assert shown.stage
    assert shown.text == question.text
    (told,) = retell([Turn("1", question, Answer(reply, text="x", choice="Ship", right=(True, False)), 1)])
    assert None not in asdict(told).values()
