"""What is asked next.

The stages come in order: frame, incident, then attributes, structure, cases and reflection together, then say-do
check, teach-back, closing, signature. Within the middle, whatever is worth most for its effort comes first:

    score = worth of the slot · how open it still is ÷ effort            questions in words; open ones count double
    score = expected information of the best case in bits ÷ effort       cases

so that the dialogue moves by itself from talk to cases and back (the agenda as in docassemble; the one scale for both
is ours). At most two questions in words come between two cases; after an open one a closed one goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from seci.externalization.asking import casework, closing, reasons, reflect
from seci.externalization.asking import in_words as asking
from seci.externalization.state import State
from seci.externalization.turn import Ask, Done, Judge, Question

IN_A_ROW = 2
"""Questions in words between two cases."""

OPEN_EFFORT = 2.0

URGE = 0.25
"""By how much the worth of questions in words grows with every case since the last: the talk is spread over the
cases, since attributes and pictures come to mind while judging (asking them all first costs fidelity)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be asked now; `make` words it."""

    score: float
    make: Callable[[], Question]
    is_open: bool = False


def next_question(state: State) -> Question:
    """The next question of a dialogue; Done when it is signed or stopped."""
    if state.signed or state.stopped:
        return Done("Thank you. This is written down.")
    return asking.frame(state) or _opening(state) or _middle(state) or closing.next_question(state)


def _opening(state: State) -> Question | None:
    """The questions of the protocol on one lived case, each followed at once by the best follow-up on its words."""
    if state.finishing or state.judgements:
        return None
    waiting = asking.follow_up(state, on_last_answer=True)
    if waiting is not None and _in_a_row(state, since_protocol=True) < 1:
        return waiting
    return asking.opening(state)


def _middle(state: State) -> Question | None:
    if state.finishing:
        return None
    must = (
        asking.needed(state)
        or asking.picture(state)
        or reasons.unexplained(state)
        or casework.needed(state)
        or reflect.due(state)
    )
    if must is not None:
        return must
    if casework.offers_an_end(state):
        return None
    best = max(_candidates(state), key=lambda one: _now(state, one), default=None)
    return best.make() if best is not None else None


def _now(state: State, one: Candidate) -> float:
    """After an open question, another open one waits."""
    return one.score / 2 if one.is_open and state.last_open else one.score


def _candidates(state: State) -> Iterator[Candidate]:
    case = casework.next_case(state)
    if case is not None:
        yield Candidate(case.worth, case.question)
    elif state.judgements:
        return  # every case was judged: what is left belongs to the end
    if case is None or _in_a_row(state) < IN_A_ROW:
        urge = 1 + URGE * _cases_in_a_row(state)
        for worth, prompt in asking.in_words(state):
            effort = OPEN_EFFORT if not prompt.options else 1.0
            yield Candidate(worth * urge / effort, lambda prompt=prompt: prompt, not prompt.options)  # type: ignore[misc]


def _cases_in_a_row(state: State) -> int:
    """Cases since the last question in words."""
    count = 0
    for turn in reversed(state.turns):
        if isinstance(turn.question, Ask):
            break
        count += isinstance(turn.question, Judge)
    return count


def _in_a_row(state: State, *, since_protocol: bool = False) -> int:
    """Questions in words since the last case, or follow-ups since the last question of the protocol."""
    count = 0
    for turn in reversed(state.turns):
        if isinstance(turn.question, Judge):
            break
        if isinstance(turn.question, Ask):
            if since_protocol and turn.question.about is None:
                break
            count += 1
    return count
