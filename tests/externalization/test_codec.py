from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.cases.case import Case
from seci.externalization.codec import (
    answer_data,
    answer_of,
    question_data,
    question_of,
    read_answer,
)
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
)
from seci.kit.errors import BadInput

CASE = Case("c7", {"nulls": 7.4, "owner": True, "kind": "log", "age": None}, "what_if", "A table", "c1", ("nulls",))
QUESTIONS: list[Question] = [
    Ask("frame", "What is decided?", slot="decision", options=("a", "b"), several=True, about=("3", 0, 12)),
    Judge(CASE, ("accept", "hold"), board=True, audit=True, repeat_of="c7", predicted="hold", by="junior"),
    Reflect("Is this what you mean?", (Change("n1", "", "hold if nulls > 5", claims=("c",), cases=("c7",)),)),
    Contradiction("You said both.", "claim", ("c7", "c8")),
    Explain(CASE, "hold", "because nulls > 5", ("accept", "hold")),
    Sign("Read it once more.", {"Decision": "hold or not", "For": "juniors"}),
    Done("That was all."),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_a_question_survives_being_stored(question: Question) -> None:
    assert question_of(json.loads(json.dumps(question_data(question)))) == question


answers = st.builds(
    Answer,
    reply=st.sampled_from(["answer", "depends", "skip", "confirm", "retract", "back", "stop"]),
    text=st.text(max_size=60),
    choice=st.text(max_size=20),
    choices=st.lists(st.text(max_size=9), max_size=4).map(tuple),
    looked=st.lists(st.text(max_size=9), max_size=4).map(tuple),
    latency_ms=st.none() | st.integers(0, 10**6),
    sure=st.none() | st.booleans(),
    right=st.none() | st.tuples(st.booleans(), st.booleans()),
    claim=st.text(max_size=9),
)


@settings(max_examples=40, deadline=None)
@given(answers)
def test_an_answer_survives_being_stored_but_for_signs_no_database_takes(answer: Answer) -> None:
    stored = answer_of(json.loads(json.dumps(answer_data(answer))))
    assert answer_of(answer_data(stored)) == stored
    assert stored.reply == answer.reply
    assert "\0" not in stored.text + stored.choice
    if "\0" not in answer.text and answer.text.isprintable():
        assert stored.text == answer.text


def test_what_another_version_wrote_can_still_be_read() -> None:
    data = question_data(QUESTIONS[0])
    del data["options"]
    read = question_of({**data, "invented_later": 3})
    assert isinstance(read, Ask)
    assert (read.text, read.options) == ("What is decided?", ())
    unknown = question_of({"form": "hologram", "text": "Look here", "stage": "cases"})
    assert unknown == Ask("cases", "Look here")
    assert question_of({"form": "judge", "stage": "nowhere"}) == Ask("frame", "")
    assert answer_of({"reply": "answer", "mood": "fine"}) == Answer()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("yes", "object"),
        ({"mood": 1}, "no field 'mood'"),
        ({"reply": "publish"}, "reply"),
        ({"text": 3}, "text"),
        ({"text": "x" * 100_001}, "100,001"),
        ({"choices": "abc"}, "list of texts"),
        ({"looked": ["x"] * 401}, "401"),
        ({"sure": "very"}, "sure"),
        ({"latency_ms": -1}, "latency_ms"),
        ({"latency_ms": True}, "latency_ms"),
        ({"right": [True]}, "verdict right"),
    ],
)
def test_an_answer_from_outside_is_checked_and_the_field_is_named(data: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_answer(data)


def test_100_000_characters_and_halves_of_letters_are_taken() -> None:
    assert len(read_answer({"text": "🙂" * 100_000}).text) == 100_000
    assert answer_data(Answer(text="a\ud83d\0b")) == {"text": "a?b"}
