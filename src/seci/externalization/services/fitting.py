"""Whether an answer fits the question it is sent to. What was said freely is taken as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seci.externalization.listening.fold import EVERYTHING
from seci.externalization.state import State
from seci.externalization.turn import Answer, Ask, Contradiction, Explain, Judge, Question, Reflect, Sign
from seci.kit.errors import BadInput
from seci.kit.records import clean


def check(question: Question, answer: Answer, state: State) -> Answer:
    """The answer as it is written down. Raises BadInput that says what would fit."""
    answer = replace(answer, text=clean(answer.text), choice=clean(answer.choice))
    if answer.reply == "retract":
        return _taken_back(answer, state)
    if answer.reply != "answer":
        return answer
    match question:
        case Judge():
            _one_of(answer.choice, question.outcomes, "verdict")
            known = [*question.case.values, *(one.key for one in state.attributes)]
            _one_of_each(answer.looked, known, "attribute that was opened")
        case Explain():
            if answer.right is None and not answer.choice:
                raise BadInput("Say whether the verdict is right and whether the reason is, each yes or no.")
            if answer.choice:
                _one_of(answer.choice, question.outcomes, "verdict")
        case Contradiction():
            _one_of(answer.choice, question.options, "answer")
        case Ask():
            _option(question, answer)
        case Reflect() | Sign():
            return answer
    return answer


def _option(question: Ask, answer: Answer) -> None:
    chosen = answer.choices if question.several else ((answer.choice,) if answer.choice else ())
    if not question.options and chosen:
        raise BadInput("This question is answered in words, not by a choice.")
    if chosen:
        _one_of_each(chosen, question.options, "answer")
    elif question.options and not answer.text.strip():
        raise BadInput(f"Choose one of {', '.join(question.options)}, say it in words, or skip the question.")


def _one_of(found: str, wanted: Sequence[str], what: str) -> None:
    if found not in wanted:
        said = f"{found[:60]!r} is none of them" if found else "none was given"
        raise BadInput(f"The {what} is one of {', '.join(wanted)}; {said}.")


def _one_of_each(found: Sequence[str], wanted: Sequence[str], what: str) -> None:
    for one in found:
        _one_of(one, wanted, what)


def _taken_back(answer: Answer, state: State) -> Answer:
    """What can be taken back: a claim, a turn, everything ("*"), or, when nothing is named, the last answer."""
    turns = {f"turn:{turn.id}" for turn in state.turns}
    if answer.claim not in ("", EVERYTHING, *turns) and state.claim(answer.claim) is None:
        raise BadInput(f"There is no claim {answer.claim[:40]!r} to take back; it may be gone already.")
    return answer
