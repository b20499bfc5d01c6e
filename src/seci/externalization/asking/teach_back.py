"""Teach-back (Pask 1975): the artifact answers cases it has not seen and gives its reason; the expert marks both."""

from __future__ import annotations

from seci.artifacts.execution import evaluate
from seci.artifacts.trace import why
from seci.artifacts.words import all_words, by_key
from seci.cases.case import Case
from seci.externalization.asking.pace import TEACH_BACK
from seci.externalization.state import State
from seci.externalization.turn import Explain
from seci.externalization.understanding import learner
from seci.externalization.understanding.rules import understood
from seci.kit.ids import seeded

TEXT = "We would say this. Is it right, and for the right reason?"


def next_case(state: State) -> Explain | None:
    """The next unseen case with the artifact's answer; None once ten were marked or none is left."""
    if len(state.taught) + len(_passed(state)) >= TEACH_BACK or not state.judgements:
        return None
    for case in _unseen(state):
        outcome = understood(state).predict([case])[0]
        if outcome is not None:
            return Explain(case, outcome, reason(state, case), state.outcomes, TEXT)
    return None


def _passed(state: State) -> set[str]:
    return {
        turn.question.case.id for turn in state.turns
        if isinstance(turn.question, Explain) and turn.question.case.id in state.skipped
    }  # fmt: skip


def _unseen(state: State) -> list[Case]:
    """Cases of the pool that were neither judged nor taught, in a drawn order."""
    seen = {one.case.id for one in state.judgements} | {one.case.id for one in state.taught}
    cases = [case for case in learner.pool(state) if case.id not in seen]
    seeded("teach back", state.setting.seed).shuffle(cases)
    return cases


def reason(state: State, case: Case) -> str:
    """Why the artifact answers so: the words of the rule that fits, or the way through what was learned."""
    known = understood(state)
    told = known.told(case.values)
    if told is not None:
        claim = state.claim(told.rule.claim)
        return claim.text if claim else all_words(told.rule.conditions, by_key(state.attributes))
    if known.induced is None:
        return ""
    return why(evaluate(known.induced.body, case.values))
