"""An exception from two cases: one on which a told rule errs, and its cornerstone, on which the same rule was right.

Experts justify in context: shown the two side by side, they pick what makes the difference, also where no reason came
to mind in words (ripple-down rules; Compton and Jansen 1990). What they pick narrows the rule, and rests on its case.
"""

from __future__ import annotations

from dataclasses import replace

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Claim
from seci.artifacts.words import by_key, condition_words
from seci.cases.attribute import Values
from seci.cases.case import Case, Judgement
from seci.externalization.state import Rule, State
from seci.externalization.turn import Ask, Turn
from seci.externalization.understanding.rules import fits, ordered, understood

MOST = 6
"""Differences to choose from; two cases that differ in more are too unlike to say what it was."""


def cornerstone(state: State, one: Judgement) -> Judgement | None:
    """The verdict on the case most like this one among those on which the told rule was right that errs here; None
    where no told rule errs, or it was wrong more often than right."""
    told = understood(state).told(one.case.values)
    if told is not None and told.rule.outcome == one.outcome:
        return None
    for rule in ordered([rule for rule in state.rules if rule.conditions and rule.outcome != one.outcome]):
        covered = [each for each in state.judgements if fits(rule, each.case.values)]
        right = [each for each in covered if each.outcome == rule.outcome]
        if one in covered and 2 * len(right) >= len(covered):
            return min(right, key=lambda each: len(differences(state, one.case, each.case)), default=None)
    return None


def differences(state: State, case: Case, other: Case) -> dict[str, Condition]:
    """What holds of the case and not of the other, by its words."""
    from seci.externalization.induction import tells_apart

    named = by_key(state.attributes)
    return {condition_words(one, named): one for one in tells_apart(state.attributes, case, [other])}


def slot(case: Case, other: Case) -> str:
    return f"apart:{case.id}:{other.id}"


def chosen(state: State, turn: Turn, question: Ask, said: str) -> State:
    """The exception that the choice makes: the rule that erred, narrowed by what was chosen. Fits no learner."""
    judged = state.judgements
    pairs = ((one, each.case) for one in judged for each in judged if slot(one.case, each.case) == question.slot)
    one, other = next(pairs, (None, None))
    condition = differences(state, one.case, other).get(said) if one is not None and other is not None else None
    if one is None or other is None or condition is None:
        return state
    claim = Claim(
        f"{turn.id}.0", "exception", said, said, f"turn:{turn.id}", 0, len(said), question.slot,
        status="retracted" if f"{turn.id}.0" in state.withdrawn else "proposed",
    )  # fmt: skip
    state = replace(state, claims=(*state.claims, claim))
    if claim.status == "retracted":
        return state
    erring = ordered([rule for rule in state.rules if _errs(rule, one, other.values)])
    wide = erring[0].conditions if erring else ()
    conditions = (*(part for part in wide if part != condition), condition)
    exception = Rule(claim.id, conditions, one.outcome, True, one.case.id)
    return replace(state, rules=(*state.rules, exception))


def _errs(rule: Rule, one: Judgement, right: Values) -> bool:
    return rule.outcome != one.outcome and fits(rule, one.case.values) and fits(rule, right)
