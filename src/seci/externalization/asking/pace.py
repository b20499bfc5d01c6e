"""How long the dialogue takes: minutes used and minutes to go, from the pace of this expert so far."""

from __future__ import annotations

from math import ceil
from statistics import median

from seci.externalization.state import State
from seci.externalization.turn import Ask, Contradiction, Explain, Judge, Question, Reflect

OPEN, CLOSED, CASE, DIFF = 45.0, 12.0, 14.0, 20.0
"""Seconds for a question in words, one with options, a case, a change to confirm: where the expert's own are unknown.
Twenty cases in five minutes and ten questions in words in eight leave the rest of twenty-five for the end."""

LONGEST = 180.0
"""Seconds above which somebody did something else in between."""

CASES_AT_LEAST, TEACH_BACK = 20, 10
"""Cases before an end is offered, and cases of the teach-back."""


def _usual(question: Question) -> float:
    match question:
        case Ask(options=options):
            return CLOSED if options else OPEN
        case Judge() | Explain():
            return CASE
        case Reflect() | Contradiction():
            return DIFF
        case _:
            return 0.0


def seconds_used(state: State) -> float:
    """Seconds spent on the questions so far; a question whose time is unknown counts as usual."""
    return sum(
        min(turn.answer.latency_ms / 1000, LONGEST) if turn.answer.latency_ms else _usual(turn.question)
        for turn in state.turns
    )


def seconds_per_case(state: State) -> float:
    """The median of this expert's verdicts, once there are five."""
    known = [min(one.latency_ms / 1000, LONGEST) for one in state.judgements if one.latency_ms]
    return median(known) if len(known) >= 5 else CASE


def is_used_up(state: State) -> bool:
    """Whether the minutes that the expert has are used, but for those that the end needs; once there were enough cases,
    also as many questions as usually fit into them, so that who answers at once is not asked the more for it."""
    seconds = seconds_used(state)
    if sum(isinstance(turn.question, Judge) for turn in state.turns) >= CASES_AT_LEAST:
        seconds = max(seconds, CASE * len(state.turns))
    return seconds > 60 * state.setting.minutes - _end(state)


def _end(state: State) -> float:
    left = max(0, TEACH_BACK - len(state.taught)) if state.judgements else 0
    closing = sum(f"close.{one}" not in state.asked for one in ("why", "exceptions", "counter", "owner", "expires"))
    return left * seconds_per_case(state) + closing * 0.5 * OPEN


def minutes_left(state: State) -> int:
    """Minutes to go, rounded up: cases until an end may be offered, follow-ups on the way, teach-back and closing."""
    if state.signed or state.stopped:
        return 0
    seconds = _end(state)
    if not state.finishing and not is_used_up(state):
        cases = max(0, CASES_AT_LEAST - len(state.judgements))
        frame = sum(not state.words(slot) for slot in ("decision", "who", "situation")) + (not state.outcomes)
        seconds += cases * (seconds_per_case(state) + 0.15 * OPEN) + frame * OPEN + min(3, len(state.pending)) * CLOSED
    return ceil(seconds / 60)
