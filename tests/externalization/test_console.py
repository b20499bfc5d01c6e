from __future__ import annotations

import pytest

from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.showing.console import Again, Reader, Wanted, shown, timed
from seci.externalization.turn import (
    Answer,
    Ask,
    Change,
    Contradiction,
    Explain,
    Judge,
    Reflect,
    Sign,
)

ATTRIBUTES = (Attribute("nulls", "Missing values", "number", unit="%"), Attribute("owner", "Owner known", "boolean"))
CASE = Case("c7", {"nulls": 7.4, "owner": None}, title="Deliveries of May")
BOARD = Judge(CASE, ("accept", "hold"), board=True, predicted="hold", audit=True)


def test_a_board_is_closed_until_numbers_open_it_and_the_order_of_looks_is_kept() -> None:
    lines = "\n".join(shown(BOARD, ATTRIBUTES))
    assert "Missing values" in lines
    assert "7.4" not in lines
    reader = Reader(BOARD, ATTRIBUTES)
    assert reader.read("2 1") == Again(("  Owner known: not known", "  Missing values: 7.4 %"))
    assert reader.read("9") == Again(("There is no 9; the board goes from 1 to 2.",))
    assert reader.read("b? too many nulls") == Answer(
        choice="hold", sure=False, text="too many nulls", looked=("owner", "nulls")
    )


def test_what_the_artifact_would_say_and_why_a_case_was_drawn_are_not_shown() -> None:
    open_case = Judge(CASE, ("yes", "no"), predicted="yes-predicted", audit=True, repeat_of="c3")
    text = "\n".join(shown(open_case, ATTRIBUTES))
    assert "7.4 %" in text
    assert "predicted" not in text
    assert "c3" not in text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("a", Answer(choice="accept")),
        ("hold", Answer(choice="hold")),
        ("B!", Answer(choice="hold", sure=True)),
        ("/depends on the sender", Answer("depends", text="on the sender")),
        ("/never", Answer("cannot_happen")),
        ("/skip", Answer("skip")),
        ("/back", Answer("back")),
        ("/finish", Answer("stop")),
    ],
)
def test_a_line_is_a_verdict_or_another_answer(line: str, answer: Answer) -> None:
    assert Reader(BOARD, ATTRIBUTES).read(line) == answer


def test_a_line_that_is_no_answer_says_what_would_be() -> None:
    reader = Reader(BOARD, ATTRIBUTES)
    for line in ("", "z", "/dance", "/retract 1"):
        read = reader.read(line)
        assert isinstance(read, Again)
        assert read.lines[0]
    assert reader.read("/pause") == Wanted("pause")


def test_options_are_chosen_by_number_by_name_or_answered_in_words() -> None:
    ask = Ask("structure", "One thing, or many?", options=("One thing settles it", "I weigh things up"))
    assert Reader(ask, ()).read("2") == Answer(choice="I weigh things up")
    assert Reader(ask, ()).read("one thing settles it") == Answer(choice="One thing settles it")
    assert Reader(ask, ()).read("both, really") == Answer(text="both, really")
    several = Ask("frame", "Which?", options=("a", "b", "c"), several=True)
    assert Reader(several, ()).read("1, 3") == Answer(choices=("a", "c"))
    assert isinstance(Reader(Ask("frame", "What?"), ()).read("  "), Again)


def test_a_diff_is_confirmed_by_enter_and_corrected_by_words() -> None:
    reflect = Reflect("Is this what you mean?", (Change("n1", "hold if nulls > 10", "hold if nulls > 5", "3 cases"),))
    assert shown(reflect, ())[1:4] == ["  - hold if nulls > 10", "  + hold if nulls > 5", "      3 cases"]
    assert Reader(reflect, ()).read("") == Answer("confirm")
    assert Reader(reflect, ()).read("only on Mondays") == Answer("correct", text="only on Mondays")


def test_an_explained_case_is_right_wrong_in_its_reason_or_wrong() -> None:
    explain = Explain(CASE, "hold", "because nulls > 5", ("accept", "hold"))
    assert Reader(explain, ATTRIBUTES).read("") == Answer(right=(True, True))
    assert Reader(explain, ATTRIBUTES).read("r it is the owner") == Answer(right=(True, False), text="it is the owner")
    assert Reader(explain, ATTRIBUTES).read("a fine") == Answer(right=(False, False), choice="accept", text="fine")
    assert Reader(explain, ATTRIBUTES).read("b") == Answer(right=(True, True))


def test_only_the_word_signs() -> None:
    sign = Sign("Read it once more.", {"Decision": "hold?"})
    assert Reader(sign, ()).read("sign") == Answer("confirm")
    assert isinstance(Reader(sign, ()).read(""), Again)
    assert Reader(sign, ()).read("yes") == Answer("correct", text="yes")


def test_claims_are_taken_back_by_their_number() -> None:
    reader = Reader(Ask("frame", "What?"), (), claims=("3:0-5", "4:2-9"))
    assert reader.read("/retract 2") == Answer("retract", claim="4:2-9")
    assert isinstance(reader.read("/retract 3"), Again)


def test_a_contradiction_lists_its_cases_and_time_counts_for_verdicts_only() -> None:
    question = Contradiction("You said over 5 % is held.", "claim", ("c7",))
    lines = shown(question, ATTRIBUTES, {"c7": CASE})
    assert any("Deliveries of May" in line and "7.4 %" in line for line in lines)
    assert Reader(question, ATTRIBUTES).read("2") == Answer(choice="My verdicts")
    assert timed(Answer(choice="hold"), 1200).latency_ms == 1200
    assert timed(Answer(text="words"), 1200).latency_ms is None
