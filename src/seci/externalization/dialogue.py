"""The dialogue: a question out, an answer in, and a state that is nothing but the fold of both.

    state = begin(setting)
    question = ask(state)                       # the same for the same setting and turns
    state = step(state, Turn("1", question, answer, at))
    ...
    artifact = draft(state)

`interview` is the same as a generator: it yields questions, is sent answers and returns the state. Page, terminal,
agent and test drive this one piece of code; storing a turn before the next question is theirs.

`step` never fits a learner and takes any answer, so that stored turns can be folded again at any time, also by later
versions: it reads the question that was asked from the turn and never asks again.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from seci.externalization.asking.agenda import next_question
from seci.externalization.asking.pace import minutes_left
from seci.externalization.drafting import draft as drafting
from seci.externalization.drafting.draft import Draft
from seci.externalization.listening import fold
from seci.externalization.state import Setting, State
from seci.externalization.turn import Answer, Question, Turn

__all__ = ["Draft", "Setting", "State", "ask", "begin", "draft", "interview", "remaining", "replay", "step"]


def begin(setting: Setting) -> State:
    """Before the first question."""
    return fold.begin(setting)


def step(state: State, turn: Turn) -> State:
    """The state after one more turn. Total: whatever was answered, nothing is raised."""
    return fold.step(state, turn)


def replay(setting: Setting, turns: Sequence[Turn]) -> State:
    """The state after stored turns."""
    state = begin(setting)
    for turn in turns:
        state = step(state, turn)
    return state


def ask(state: State) -> Question:
    """The next question. Fits the learner only where it needs a case; what was worked out is kept in the state."""
    return next_question(state)


def draft(state: State) -> Draft:
    """The artifact as it stands, with its claims, context, convergence and what is still open."""
    return drafting.draft(state)


def remaining(state: State) -> int:
    """Minutes to go, rounded up, from the pace of this expert so far."""
    return minutes_left(state)


def interview(setting: Setting, turns: Sequence[Turn] = ()) -> Generator[Question, Answer, State]:
    """The dialogue as a generator, after the turns already taken. Turn ids count from 1; `at` is left 0."""
    state = replay(setting, turns)
    while True:
        question = ask(state)
        if question.stage == "done":
            return state
        answer = yield question
        state = step(state, Turn(str(len(state.turns) + 1), question, answer, 0))
