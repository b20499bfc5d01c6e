"""Reflecting back: what has changed in the artifact, in the expert's words, a few lines at a time."""

from __future__ import annotations

from seci.cases.case import Judgement
from seci.externalization.asking import words_of
from seci.externalization.protocols import common
from seci.externalization.state import State
from seci.externalization.statements import Statement, statements
from seci.externalization.turn import Ask, Change, Reflect
from seci.externalization.understanding import understood
from seci.externalization.wording import counted

GOES_BY_RULES = 3
"""Rules in force from which on a verdict without one is asked about."""

MOST_LINES = 4
"""Lines of one reflection: a diff, never a wall of text."""

AFTER_TOLD, AFTER_LEARNED, LEARNED_FROM = 3, 5, 10
"""Verdicts between two reflections: on rules that were told, on what the verdicts show, and before the first of
these, since a first guess from few verdicts is not worth an expert's time."""


def unexplained(state: State) -> Ask | None:
    """The reason of a verdict that was not what we had understood, or that no rule explains although this expert goes
    by rules; asked once, right after it."""
    last = state.judgements[-1] if state.judgements else None
    if last is None or last.because or last.repeat_of:
        return None
    if last.predicted is not None and last.predicted != last.outcome:
        return _because(state, "cases.because")
    return _because(state, "cases.which") if _has_no_rule(state, last) else None


def _has_no_rule(state: State, last: Judgement) -> bool:
    """Whether this expert goes by rules and none covers the case; an outcome whose reason was asked for twice without
    a rule coming of it is what is said where no rule fits, and is not asked about again."""
    known = understood(state)
    if len(known.rules) < GOES_BY_RULES or known.told(last.case.values) is not None:
        return False
    asked = {mark.split("|")[1].partition(":")[2] for mark in state.asked if mark.startswith("cases.which|")}
    ruled = {rule.cornerstone for rule in state.rules}
    without = [one for one in state.judgements if one.case.id in asked - ruled and one.outcome == last.outcome]
    return len(without) < 2


def _because(state: State, key: str) -> Ask | None:
    """The question for the reason of the last verdict, unless it was asked."""
    last = state.judgements[-1]
    slot = f"because:{last.case.id}"
    if state.turns[-1].answer.choice == "" or any(mark.endswith(f"|{slot}|") for mark in state.asked):
        return None
    return common()[key].asked({**words_of(state), "outcome": last.outcome}, slot=slot)


def due(state: State) -> Reflect | None:
    """The changes to show now; None while nothing has changed or too few verdicts lie between."""
    since = len(state.judgements) - state.reflected_at
    if since < AFTER_TOLD:
        return None
    found = changes(state)
    told = [one for one in found if one.node.startswith("rule:")]
    learned = since >= AFTER_LEARNED and len(state.judgements) >= LEARNED_FROM
    shown = (found if learned else told)[:MOST_LINES]
    return Reflect(_text(shown), tuple(shown)) if shown else None


def changes(state: State) -> list[Change]:
    """Every difference between what was last shown and what is understood now, the best supported first."""
    now = statements(state)
    found = [_change(state, one) for one in now if state.shown.get(one.node) != one.words]
    gone = [
        Change(node, words, "", "Later verdicts do not bear it out.")
        for node, words in state.shown.items()
        if node not in {one.node for one in now}
    ]
    return sorted(found, key=lambda one: (not one.claims, -len(one.cases))) + gone


def _change(state: State, one: Statement) -> Change:
    because = _evidence(one)
    return Change(one.node, state.shown.get(one.node, ""), one.words, because, one.claims, one.cases)


def _evidence(one: Statement) -> str:
    said = counted(len(one.claims), "sentence") if one.claims else ""
    judged = counted(len(one.cases), "case") if one.cases else ""
    return " · ".join(part for part in (judged, said) if part) or "said once, no case yet"


def _text(shown: list[Change]) -> str:
    if any(change.before for change in shown):
        return "The framework changed. Is this what you mean?"
    return "This is what we have understood. Is it what you mean?"
