"""Reflecting back: what has changed in the artifact, in the expert's words, a few lines at a time."""

from __future__ import annotations

from seci.externalization.state import State
from seci.externalization.turn import Change, Reflect
from seci.externalization.understanding.statements import Statement, statements
from seci.externalization.understanding.wording import counted

MOST_LINES = 4
"""Lines of one reflection: a diff, never a wall of text."""

AFTER_TOLD, AFTER_LEARNED, LEARNED_FROM = 3, 5, 10
"""Verdicts between two reflections: on rules that were told, on what the verdicts show, and before the first of
these, since a first guess from few verdicts is not worth an expert's time."""


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
