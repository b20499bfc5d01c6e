"""What if: after surprises that last, cases between a surprising one and its nearest opposite.

First half of the attributes in which the two differ is exchanged, then half of those that are left, until one flips
the verdict; then its range is halved. There is nothing to remember: which case comes next follows from the verdicts
so far, so that a dialogue can stop and go on at any point.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.cases.neighbors import midway
from seci.externalization.induction.grid import Coding

RECENT = 12
LASTING = 2
"""Recent verdicts that the artifact still misses after learning from them; a single one may be a slip."""

STEPS = 6


def next_what_if(
    attributes: Sequence[Attribute],
    judgements: Sequence[Judgement],
    answers: Sequence[str],
    *,
    avoid: Collection[str] = (),
) -> Case | None:
    """The case to ask next; None when nothing lasts that surprises, or the last bisection has come to its end.

    answers  what the artifact says now of the judged cases
    avoid    ids of cases that were called impossible or skipped: a bisection that needs one of them ends there
    """
    recent = range(max(0, len(judgements) - RECENT), len(judgements))
    lasting = [
        n
        for n in recent
        if judgements[n].case.source != "what_if"
        and judgements[n].predicted not in (None, judgements[n].outcome)
        and answers[n] != judgements[n].outcome
    ]
    if len(lasting) < LASTING:
        return None
    return bisection(attributes, judgements, lasting[-1], avoid=avoid)


def bisection(
    attributes: Sequence[Attribute], judgements: Sequence[Judgement], surprise: int, *, avoid: Collection[str] = ()
) -> Case | None:
    """The next case between a surprising one (by its place) and the nearest with another verdict; None at the end."""
    said = {one.case.id: one.outcome for one in judgements}
    one = judgements[surprise].case
    other = nearest_opposite(attributes, judgements, surprise)
    for _ in range(STEPS):
        between = midway(one, other, attributes) if other is not None else None
        if between is None or between.case.id in avoid:
            return None
        if between.case.id not in said:
            return between.case
        if said[between.case.id] == judgements[surprise].outcome:
            one = between.case
        else:
            other = between.case
    return None


def nearest_opposite(attributes: Sequence[Attribute], judgements: Sequence[Judgement], of: int) -> Case | None:
    """The judged case with another verdict that differs least, by standard scores; made-up cases do not count."""
    cases = [one.case for one in judgements]
    table = Coding.of(attributes, cases).table(cases)
    spread = np.array([np.nanstd(column) if (~np.isnan(column)).any() else 0.0 for column in table.T])
    away = np.nan_to_num(np.abs(table - table[of]) / np.where(spread > 0, spread, 1.0), nan=1.0).sum(axis=1)
    ranked = [int(n) for n in np.argsort(away, kind="stable")]
    opposite = (n for n in ranked if judgements[n].outcome != judgements[of].outcome and cases[n].source != "what_if")
    return next((cases[n] for n in opposite), None)
