"""An interview in the terminal: a question as lines of text, and a typed line as an answer.

Pure on both sides, so that it can be tested without a terminal: `shown` makes the lines, `Reader.read` takes one
line and says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
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
)

WORDS: Mapping[str, Reply] = {
    "/skip": "skip",
    "/back": "back",
    "/depends": "depends",
    "/never": "cannot_happen",
    "/finish": "stop",
}
HELP = """\
  A line answers the question; a number or a letter chooses.
  /skip      leave this question out
  /depends   it depends: say on what after the word
  /never     this cannot happen
  /back      take the last answer back and answer again
  /claims    list what you said; /retract NUMBER takes one back
  /draft     the artifact as it stands (not while a case is judged)
  /why       why this is asked now
  /finish    go to the end and sign what there is
  /pause     rest; `seci interview --resume ID` goes on here"""

Order = Literal["why", "help", "pause", "claims", "draft"]
ORDERS: Mapping[str, Order] = {
    "/why": "why", "/help": "help", "/pause": "pause", "/claims": "claims", "/draft": "draft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Again:
    """What was typed is no answer yet: one line that says why, or what has come to light."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something else than an answer is asked for."""

    order: Order


Read = Answer | Again | Wanted


def letters(count: int) -> Iterator[str]:
    return iter("abcdefghijklmnopqrstuvwxyz"[:count])


def shown(question: Question, attributes: Sequence[Attribute], cases: Mapping[str, Case] | None = None) -> list[str]:
    """The lines of a question. Tiles of a board are closed."""
    match question:
        case Ask():
            return [question.text, *_indented([question.hint] if question.hint else []), *_numbered(question.options)]
        case Judge():
            head = question.text or "What would you say here?"
            who = ["(whoever learns beside you answers this one)"] if question.by == "junior" else []
            return [head, *who, *_tiles(question, attributes), *_lettered(question.outcomes)]
        case Reflect():
            return [question.text, *_changes(question), "Enter to confirm, or say what is wrong."]
        case Contradiction():
            found = [_brief(cases[one], attributes) for one in question.cases if cases and one in cases]
            return [question.text, *_indented(found), *_numbered(question.options)]
        case Explain():
            values = _indented(_values(question.case, attributes))
            said = [f"The artifact answers: {question.outcome}", f"because {question.reason}"]
            ask = "Enter if verdict and reason are right, r if only the reason is wrong, or the right verdict:"
            return [question.text or "An unseen case.", *values, *said, ask, *_lettered(question.outcomes)]
        case Sign():
            lines = [f"{name}: {text}" for name, text in question.summary.items()]
            return [question.text, *_indented(lines), "Type sign to sign, or say what is still wrong."]
        case Done():
            return [question.text or "That was all."]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _numbered(options: Sequence[str]) -> list[str]:
    return [f"  {number}  {option}" for number, option in enumerate(options, 1)]


def _lettered(outcomes: Sequence[str]) -> list[str]:
    return ["", *(f"  {letter}  {one}" for letter, one in zip(letters(len(outcomes)), outcomes, strict=True))]


def _tiles(question: Judge, attributes: Sequence[Attribute]) -> list[str]:
    title = [question.case.title] if question.case.title else []
    if not question.board:
        return [*title, *_indented(_values(question.case, attributes))]
    names = [f"{number:3}  {one.name}" for number, one in enumerate(on_board(question, attributes), 1)]
    return [*title, *names, "Type numbers to look (1 4), then a letter to judge; a letter with ? for not sure."]


def on_board(question: Judge, attributes: Sequence[Attribute]) -> list[Attribute]:
    """The attributes of a case in a steady order; what the bank no longer describes keeps its key as its name."""
    known = [one for one in attributes if one.key in question.case.values]
    keys = {one.key for one in known}
    return [*known, *(Attribute(key, key, "category") for key in question.case.values if key not in keys)]


def _values(case: Case, attributes: Sequence[Attribute]) -> list[str]:
    board = on_board(Judge(case, ()), attributes)
    width = max((len(one.name) for one in board), default=0)
    return [f"{one.name.ljust(width)}  {in_words(case.values.get(one.key), one.unit)}" for one in board]


def _brief(case: Case, attributes: Sequence[Attribute]) -> str:
    return f"{case.title or case.id}: {'; '.join(' '.join(line.split()) for line in _values(case, attributes)[:6])}"


def _changes(question: Reflect) -> list[str]:
    lines = []
    for change in question.changes:
        if change.before:
            lines.append(f"  - {change.before}")
        if change.after:
            lines.append(f"  + {change.after}")
        if change.because:
            lines.append(f"      {change.because}")
    return lines


def in_words(value: Value, unit: str = "") -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:.10g} {unit}".strip()


class Reader:
    """Reads the lines typed at one question. Looks at a board add up until the verdict."""

    def __init__(self, question: Question, attributes: Sequence[Attribute], claims: Sequence[str] = ()) -> None:
        self.question, self.attributes, self.claims = question, attributes, claims
        self.looked: list[str] = []

    def read(self, line: str) -> Read:
        text = line.strip()
        word, _, rest = text.partition(" ")
        if word in ORDERS:
            return Wanted(ORDERS[word])
        if word == "/retract":
            return self._retract(rest.strip())
        if word in WORDS:
            return Answer(WORDS[word], text=rest.strip(), looked=tuple(self.looked))
        if word.startswith("/") and len(word) > 1 and word[1:].isalpha():
            return Again((f"There is no {word}; /help lists what there is.",))
        return self._answer(text)

    def _retract(self, number: str) -> Read:
        if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(self.claims):
            return Again(("Say which: /claims numbers what you said, /retract 2 takes the second back.",))
        return Answer("retract", claim=self.claims[int(number) - 1])

    def _answer(self, text: str) -> Read:
        match self.question:
            case Ask():
                return self._ask(self.question, text)
            case Judge():
                return self._judge(self.question, text)
            case Reflect():
                return Answer("correct", text=text) if text else Answer("confirm")
            case Contradiction():
                return self._option(self.question.options, text, "Choose by its number.")
            case Explain():
                return self._explain(self.question, text)
            case Sign():
                return self._sign(text)
            case Done():
                return Answer("skip")

    def _ask(self, question: Ask, text: str) -> Read:
        if not text:
            return Again(("Say it in a line, or /skip.",))
        if not question.options:
            return Answer(text=text)
        if question.several:
            numbers = text.replace(",", " ").split()
            chosen = [_numbered_one(question.options, one) for one in numbers]
            if all(one is not None for one in chosen):
                return Answer(choices=tuple(one for one in chosen if one is not None))
        found = _numbered_one(question.options, text) or _named(question.options, text)
        return Answer(choice=found) if found is not None else Answer(text=text)

    def _option(self, options: Sequence[str], text: str, hint: str) -> Read:
        found = _numbered_one(options, text) or _named(options, text)
        return Answer(choice=found) if found is not None else Again((hint,))

    def _judge(self, question: Judge, text: str) -> Read:
        if question.board and text and all(one.isascii() and one.isdigit() for one in text.replace(",", " ").split()):
            return self._open(question, text.replace(",", " ").split())
        verdict, _, because = text.partition(" ")
        sure = False if verdict.endswith("?") else True if verdict.endswith("!") else None
        found = _lettered_one(question.outcomes, verdict.rstrip("?!")) or _named(question.outcomes, text.rstrip("?!"))
        if found is None:
            return Again(("Judge by a letter; a reason may follow it. /depends, /never, /skip are answers too.",))
        reason = "" if _named(question.outcomes, text.rstrip("?!")) else because.strip()
        return Answer(choice=found, text=reason, sure=sure, looked=tuple(self.looked))

    def _open(self, question: Judge, numbers: Sequence[str]) -> Again:
        board = on_board(question, self.attributes)
        wrong = [one for one in numbers if not 1 <= int(one) <= len(board)]
        if wrong:
            return Again((f"There is no {wrong[0]}; the board goes from 1 to {len(board)}.",))
        lines = []
        for attribute in (board[int(one) - 1] for one in numbers):
            if attribute.key not in self.looked:
                self.looked.append(attribute.key)
            lines.append(f"  {attribute.name}: {in_words(question.case.values.get(attribute.key), attribute.unit)}")
        return Again(tuple(lines))

    def _explain(self, question: Explain, text: str) -> Read:
        if not text or text.lower() in ("y", "yes"):
            return Answer(right=(True, True))
        word, _, because = text.partition(" ")
        if word.lower() == "r" and "r" not in list(letters(len(question.outcomes))):
            return Answer(right=(True, False), text=because.strip())
        found = _lettered_one(question.outcomes, word) or _named(question.outcomes, text)
        if found is None:
            return Again(("Enter, r, or the letter of the right verdict.",))
        if found == question.outcome:
            return Answer(right=(True, True), text=because.strip())
        return Answer(right=(False, False), choice=found, text=because.strip())

    def _sign(self, text: str) -> Read:
        if text.lower() == "sign":
            return Answer("confirm")
        if not text:
            return Again(("Type sign to sign, /pause to think it over, or say what is still wrong.",))
        return Answer("correct", text=text)


def _numbered_one(options: Sequence[str], text: str) -> str | None:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    return None


def _lettered_one(options: Sequence[str], text: str) -> str | None:
    return dict(zip(letters(len(options)), options, strict=True)).get(text.lower())


def _named(options: Sequence[str], text: str) -> str | None:
    return next((one for one in options if one.casefold() == text.casefold()), None)


def timed(answer: Answer, milliseconds: int) -> Answer:
    """The answer with how long it took, where that is of use: verdicts only."""
    return replace(answer, latency_ms=max(0, milliseconds)) if answer.choice and answer.reply == "answer" else answer
