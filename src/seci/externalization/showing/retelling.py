"""What has been said so far, as a page tells it again: each answer with the words in it that became questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from seci.externalization.showing.screen import KINDS, STAGES, Kind
from seci.externalization.turn import Answer, Ask, Contradiction, Explain, Judge, Question, Reflect, Turn

REPLIES = {
    "depends": "It depends",
    "cannot_happen": "Cannot happen",
    "skip": "Skipped",
    "confirm": "Confirmed",
    "correct": "Corrected",
    "retract": "Took a statement back",
    "back": "Went one question back",
    "stop": "Stopped here",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an answer. `asked` is the question that these words became; empty where they became none."""

    text: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One turn, told again. `verdict` is what was chosen or replied; `pieces` are the words."""

    id: str
    kind: Kind
    stage: str
    asked: str
    verdict: str
    pieces: tuple[Piece, ...]
    at: int
    taken_back: bool = False


def retell(turns: Sequence[Turn], taken_back: Collection[str] = ()) -> tuple[Past, ...]:
    """All turns, the latest first."""
    marks: dict[str, list[tuple[int, int, str]]] = {}
    for turn in turns:
        if isinstance(turn.question, Ask) and turn.question.about is not None:
            source, start, end = turn.question.about
            marks.setdefault(source, []).append((start, end, turn.question.text))
    return tuple(
        Past(
            turn.id,
            KINDS[type(turn.question)],
            STAGES[turn.question.stage],
            asked(turn.question),
            verdict(turn.question, turn.answer),
            pieces(turn.answer.text, marks.get(turn.id, ())),
            turn.at,
            turn.id in taken_back,
        )
        for turn in reversed(turns)
    )


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """The text cut at its marks; of marks that overlap the first keeps the words. All pieces together are the text."""
    found: list[Piece] = []
    at = 0
    for start, end, question in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], question))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def asked(question: Question) -> str:
    """The question in one line; of a case, its name."""
    if isinstance(question, Judge | Explain):
        return question.case.title or question.text
    return question.text


def verdict(question: Question, answer: Answer) -> str:
    """What was chosen, in one line; empty when only words were given."""
    if isinstance(question, Reflect) and answer.reply == "answer":
        return ""
    if answer.reply != "answer":
        return REPLIES[answer.reply]
    if isinstance(question, Explain) and answer.right is not None:
        return taught(question, answer)
    chosen = answer.choices or ((answer.choice,) if answer.choice else ())
    doubt = ", not a sure one" if isinstance(question, Judge) and answer.sure is False else ""
    named = ", ".join(chosen)
    return f"Holds: {named}" if isinstance(question, Contradiction) and named else named + doubt


def taught(question: Explain, answer: Answer) -> str:
    assert answer.right is not None
    right, reason = answer.right
    if not right:
        return f"Not {question.outcome}" + (f" but {answer.choice}" if answer.choice else "")
    return f"{question.outcome} is right" + ("" if reason else ", for another reason")
