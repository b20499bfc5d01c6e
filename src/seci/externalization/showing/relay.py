"""Questions for whoever passes them on: a program or an agent between the dialogue and the person.

What the artifact would say of a case, and why the case was chosen, stay behind: they could lead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from seci.externalization.codec import question_data, question_of
from seci.externalization.services.answering import Shown
from seci.externalization.state import Setting
from seci.externalization.store import Written
from seci.externalization.turn import Judge, Question
from seci.kit.errors import BadInput
from seci.kit.records import clean

CONSENT = (
    "Your answers are written down word for word. Until you sign, only you read them, and you can take any of them "
    "back. What you sign becomes an artifact with the words it rests on. Do you agree?"
)


def relayed(shown: Shown) -> dict[str, Any]:
    """A question as plain data, with the number that an answer must name."""
    return {
        "interview": shown.elicitation,
        "number": shown.number,
        "answered": shown.answered,
        "state": shown.state,
        "question": question_data(blind(shown.question)),
    }


def blind(question: Question) -> Question:
    """The question without what could lead the expert."""
    if isinstance(question, Judge):
        return replace(question, predicted=None, audit=False, repeat_of=None)
    return question


def told(written: Written) -> dict[str, Any]:
    """A turn as it is sent out: question and answer, without what could lead in a later one."""
    question = question_of(written.question)
    return {
        "number": written.number,
        "question": question_data(blind(question)),
        "answer": written.answer,
        "asked_at": written.asked_at,
        "answered_at": written.answered_at,
        "speaker": written.speaker,
        "door": written.door,
    }


@dataclass(frozen=True, slots=True)
class Opening:
    setting: Setting
    asset: int | None
    bank: int | None
    title: str


def opening(form: Mapping[str, Any]) -> Opening:
    """How an interview is to be opened. Raises BadInput that names the field."""
    from seci.externalization import conversions

    known = {"asset", "bank", "title", "conversion", "decision", "protocol", "minutes", "outcomes"}
    if strange := sorted(str(name) for name in form if name not in known):
        raise BadInput(f"An interview is not opened with {strange[0][:40]!r}; it knows {', '.join(sorted(known))}.")
    conversion = _text(form, "conversion")
    setting = conversions.setting(conversion) if conversion else Setting()
    outcomes = form.get("outcomes", [])
    if not isinstance(outcomes, list) or not all(isinstance(one, str) for one in outcomes):
        raise BadInput("outcomes is a list of texts.")
    return Opening(
        setting=replace(
            setting,
            decision=_text(form, "decision") or setting.decision,
            protocol=_text(form, "protocol") or setting.protocol,
            minutes=_number(form, "minutes") or setting.minutes,
            outcomes=tuple(clean(one) for one in outcomes) or setting.outcomes,
        ),
        asset=_number(form, "asset"),
        bank=_number(form, "bank"),
        title=_text(form, "title"),
    )


def _text(form: Mapping[str, Any], name: str) -> str:
    found = form.get(name) or ""
    if not isinstance(found, str):
        raise BadInput(f"{name} is a text.")
    return found


def _number(form: Mapping[str, Any], name: str) -> int | None:
    found = form.get(name)
    if found is not None and (not isinstance(found, int) or isinstance(found, bool)):
        raise BadInput(f"{name} is a whole number.")
    return found
