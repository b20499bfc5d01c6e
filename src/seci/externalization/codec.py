"""Questions and answers as plain data, as they are stored, sent over REST and shown to agents.

What is stored can always be read again: a field that an older version did not have takes its default, and a question
of a form that is no longer known is read as words, so that no turn is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast, get_args

from seci.externalization.turn import (
    Answer,
    Ask,
    Contradiction,
    Done,
    Explain,
    Judge,
    Question,
    Reflect,
    Reply,
    Sign,
    Stage,
    Turn,
)
from seci.kit.errors import BadInput
from seci.kit.records import from_data, to_data

FORM = "form"
FORMS: dict[str, type] = {
    kind.__name__.lower(): kind for kind in (Ask, Judge, Reflect, Contradiction, Explain, Sign, Done)
}
LONGEST = 100_000
"""Characters of an answer that are kept; nobody writes more by hand."""

MOST = 400
"""Entries of a list in an answer: attributes opened, options chosen."""


def question_data(question: Question) -> dict[str, Any]:
    return {FORM: type(question).__name__.lower(), **to_data(question)}


def question_of(data: Mapping[str, Any]) -> Question:
    """A stored question. One whose form is not known any more comes back as an Ask with its words."""
    kind = FORMS.get(str(data.get(FORM, "")))
    try:
        if kind is None:
            raise KeyError(FORM)
        question: Question = from_data(kind, data)
        return question
    except (KeyError, TypeError, ValueError):
        stage = data.get("stage") if data.get("stage") in get_args(Stage) else "frame"
        return Ask(cast(Stage, stage), str(data.get("text", "")))


def answer_data(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = to_data(answer)
    return data


def answer_of(data: Mapping[str, Any]) -> Answer:
    """A stored answer."""
    return from_data(Answer, data)


def turn_of(number: int, question: Mapping[str, Any], answer: Mapping[str, Any], at: int, speaker: int | None) -> Turn:
    return Turn(str(number), question_of(question), answer_of(answer), at, speaker)


def read_answer(data: object) -> Answer:
    """An answer that came from outside. Raises BadInput that says which field is wrong and what belongs there."""
    if not isinstance(data, Mapping):
        raise BadInput("An answer is an object with fields such as reply, text, choice; this is none.")
    known = {spot.name for spot in fields(Answer)}
    if strange := sorted(str(name) for name in data if name not in known):
        raise BadInput(f"An answer has no field {strange[0][:40]!r}; it knows {', '.join(sorted(known))}.")
    for name, check in _CHECKS.items():
        if name in data:
            check(name, data[name])
    return from_data(Answer, data)


def _is_reply(name: str, value: object) -> None:
    if value not in get_args(Reply):
        raise BadInput(f"The reply of an answer is one of {', '.join(get_args(Reply))}; {str(value)[:40]!r} is not.")


def _is_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise BadInput(f"The {name} of an answer is text.")
    if len(value) > LONGEST:
        raise BadInput(
            f"The {name} has {len(value):,} characters; keep it to {LONGEST:,} and say the rest in the next."
        )


def _is_texts(name: str, value: object) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise BadInput(f"The field {name} of an answer is a list of texts.")
    if len(value) > MOST:
        raise BadInput(f"The field {name} of an answer has {len(value):,} entries; {MOST} are the most.")


def _is_flag(name: str, value: object) -> None:
    if value is not None and not isinstance(value, bool):
        raise BadInput(f"The field {name} of an answer is true, false or left out.")


def _is_time(name: str, value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31):
        raise BadInput("latency_ms counts milliseconds from showing to sending, a whole number from 0 on.")


def _is_pair(name: str, value: object) -> None:
    if value is None:
        return
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(isinstance(one, bool) for one in value):
        raise BadInput("The field right of an answer is [verdict right, reason right], each true or false.")


_CHECKS = {
    "reply": _is_reply,
    "text": _is_text,
    "choice": _is_text,
    "claim": _is_text,
    "choices": _is_texts,
    "looked": _is_texts,
    "sure": _is_flag,
    "latency_ms": _is_time,
    "right": _is_pair,
}
