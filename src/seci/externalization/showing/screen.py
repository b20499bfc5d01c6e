"""One question as a page shows it: tiles of a case, lines of a diff, the rows behind a contradiction.

What the artifact would say of a case (`Judge.predicted`) and why a case was chosen (`audit`, `repeat_of`) have no
place here, so that no template can show them before the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.externalization.turn import (
    Ask,
    Change,
    Contradiction,
    Done,
    Explain,
    Judge,
    Question,
    Reflect,
    Sign,
    Stage,
    Turn,
)

Kind = Literal["ask", "judge", "reflect", "contradiction", "explain", "sign", "done"]
Part = Literal["same", "gone", "new"]

KINDS: Mapping[type, Kind] = {
    Ask: "ask",
    Judge: "judge",
    Reflect: "reflect",
    Contradiction: "contradiction",
    Explain: "explain",
    Sign: "sign",
    Done: "done",
}
STAGES: Mapping[Stage, str] = {
    "frame": "The decision",
    "incident": "One time it happened",
    "attributes": "What you look at",
    "structure": "How you settle it",
    "cases": "Cases",
    "reflect": "Is this what you mean?",
    "say_do": "Words and verdicts",
    "teach_back": "Teach-back",
    "sign": "To sign",
    "done": "Done",
}
# Below this likeness two sentences are shown one after the other instead of word by word.
LIKE = 0.35


@dataclass(frozen=True, slots=True)
class Tile:
    """One attribute of a case. `place` is when it was opened on a board, counted from 1; None is closed."""

    key: str
    name: str
    value: str
    known: bool = True
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One change of a diff, cut into what stays, what goes and what comes."""

    node: str
    parts: tuple[tuple[Part, str], ...]
    because: str
    cases: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A case that was judged before, named by the turn in which that was."""

    number: str
    title: str
    verdict: str
    tiles: tuple[Tile, ...]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """externalization/_question.html.

    choices  what can be answered with one touch, each with the key that stands for it
    board    whether the tiles are closed until opened
    made_up  whether the case was made up, so that it may not happen at all
    """

    kind: Kind
    stage: str
    text: str
    hint: str = ""
    why: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False
    title: str = ""
    link: str = ""
    board: bool = False
    tiles: tuple[Tile, ...] = ()
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    outcome: str = ""
    reason: str = ""
    reason_wanted: bool = False
    about: str = ""
    summary: tuple[tuple[str, str], ...] = ()
    made_up: bool = False


def screen(
    question: Question,
    attributes: Sequence[Attribute] = (),
    turns: Sequence[Turn] = (),
    quotes: Mapping[str, str] | None = None,
    opened: Sequence[str] = (),
) -> Screen:
    """What to show of a question. `quotes` are the words of claims by id; `opened` the tiles that are open already."""
    kind, stage = KINDS[type(question)], STAGES[question.stage]
    match question:
        case Ask():
            return Screen(
                kind,
                stage,
                question.text,
                hint=question.hint,
                why=question.why,
                choices=keyed(question.options),
                several=question.several,
                about=words_asked_about(question, turns),
            )
        case Judge():
            return Screen(
                kind,
                stage,
                question.text,
                choices=keyed(question.outcomes),
                title=question.case.title,
                link=web_link(question.case.link),
                board=question.board,
                tiles=tiles(question.case, attributes, opened if question.board else None),
                reason_wanted=question.reason_wanted,
                made_up=question.case.source != "real",
            )
        case Reflect():
            lines = tuple(line(change, quotes or {}) for change in question.changes)
            return Screen(kind, stage, question.text, lines=lines)
        case Contradiction():
            said = (quotes or {}).get(question.claim, "")
            rows = judged(question.cases, attributes, turns)
            return Screen(kind, stage, question.text, choices=keyed(question.options), rows=rows, about=said)
        case Explain():
            others = tuple(one for one in question.outcomes if one != question.outcome)
            return Screen(
                kind,
                stage,
                question.text,
                choices=keyed(others, 3),
                title=question.case.title,
                link=web_link(question.case.link),
                tiles=tiles(question.case, attributes),
                outcome=question.outcome,
                reason=question.reason,
            )
        case Sign():
            return Screen(kind, stage, question.text, summary=tuple(question.summary.items()))
        case Done():
            return Screen(kind, stage, question.text)


def keyed(options: Iterable[str], first: int = 1) -> tuple[tuple[str, str], ...]:
    """Options with the digit that answers them; the tenth and later have none."""
    return tuple((str(at) if at < 10 else "", option) for at, option in enumerate(options, first))


def web_link(link: str) -> str:
    """A link that may be followed from a page; anything but http and https is left out."""
    return link if re.match(r"https?://", link, re.IGNORECASE) else ""


def tiles(case: Case, attributes: Sequence[Attribute], opened: Sequence[str] | None = None) -> tuple[Tile, ...]:
    """What is known of a case, in the order of the attributes; values of no known attribute come last.

    With `opened`, only those tiles are open, in that order; without it there is no board and no order.
    """
    named = {one.key: one for one in attributes}
    keys = [*named, *(key for key in case.values if key not in named)]
    places = {key: at for at, key in enumerate(opened or (), 1)}
    return tuple(
        Tile(
            key,
            named[key].name if key in named else key.replace("_", " "),
            said(case.values.get(key), named.get(key)),
            case.values.get(key) is not None,
            places.get(key),
        )
        for key in keys
    )


def said(value: Value, attribute: Attribute | None = None) -> str:
    """A value in words: `7.4 %`, `yes`, `not known`."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    number = f"{value:,.0f}" if value == int(value) else f"{value:.4g}"
    unit = attribute.unit if attribute else ""
    return f"{number} {unit}".rstrip().replace("-", "−")


def line(change: Change, quotes: Mapping[str, str]) -> Line:
    found = tuple(quotes[claim] for claim in change.claims if quotes.get(claim))
    return Line(change.node, parts(change.before, change.after), change.because, len(change.cases), found)


def parts(before: str, after: str) -> tuple[tuple[Part, str], ...]:
    """What stays, goes and comes between two sentences, word by word where they are alike."""
    if not before or not after:
        return ((("new", after),) if after else ()) + ((("gone", before),) if before else ())
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    matcher = SequenceMatcher(None, [one.strip() for one in old], [one.strip() for one in new], autojunk=False)
    if matcher.ratio() < LIKE:
        return (("gone", before), ("new", after))
    found: list[tuple[Part, str]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(new[k:m])))
            continue
        if i < j:
            found.append(("gone", "".join(old[i:j]).strip()))
        if k < m:
            found.append(("new", "".join(new[k:m]).strip()))
    return tuple(found)


def words_asked_about(question: Ask, turns: Sequence[Turn]) -> str:
    """The expert's own words that made us ask; empty when there are none."""
    if question.about is None:
        return ""
    turn, start, end = question.about
    return next((one.answer.said[start:end] for one in turns if one.id == turn), "")


def judged(ids: Sequence[str], attributes: Sequence[Attribute], turns: Sequence[Turn]) -> tuple[Row, ...]:
    """The verdicts on these cases, in the order in which they were given."""
    return tuple(
        Row(
            turn.id,
            turn.question.case.title,
            turn.answer.choice,
            tuple(one for one in tiles(turn.question.case, attributes) if one.known),
            web_link(turn.question.case.link),
        )
        for turn in turns
        if isinstance(turn.question, Judge) and turn.question.case.id in ids and turn.answer.reply == "answer"
    )
