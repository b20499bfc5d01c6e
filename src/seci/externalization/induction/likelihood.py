"""How likely verdicts and looks are: experts slip, look at things they do not need, and miss some that they do."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma

import numpy as np

from seci.cases.attribute import Attribute
from seci.cases.case import Judgement
from seci.externalization.induction.grid import Floats, Ints

SLIPS = (1.0, 17.0)
"""Beta prior of the share of verdicts that are slips: mean 5.6 %."""

MISSED = 0.08
"""How often an attribute that is needed is not opened on the board."""

TRUST = 0.7
"""How much a look weighs beside what the model of looks says: real looks are not independent of each other."""


MOST_TOLD = 4.0
"""What all looks at one attribute can tell, in nats: whoever opens the same tiles on every case shows a habit, and
a habit repeated a hundred times is no hundred times the evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was judged.

    table   cases × attributes
    verdict number of the outcome
    looks   cases × attributes: log odds of what was seen on the board, were the attribute needed for the case
            against it not being needed; 0 where there was no board
    """

    table: Floats
    verdict: Ints
    outcomes: int
    looks: Floats

    @property
    def n(self) -> int:
        return len(self.verdict)

    def slips(self) -> Floats:
        """Log likelihood of all verdicts by the number of those that a hypothesis gets wrong (slip rate unknown)."""
        wrong = np.arange(self.n + 1)
        a, b = SLIPS
        log = [_log_beta(a + w, b + self.n - w) - _log_beta(a, b) for w in range(self.n + 1)]
        found: Floats = np.array(log) - wrong * np.log(max(1, self.outcomes - 1))
        return found


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def looks(attributes: tuple[Attribute, ...], judgements: list[Judgement]) -> Floats:
    """cases × attributes. How often experts look at what they do not need is taken from the least looked at half."""
    found = np.zeros((len(judgements), len(attributes)))
    rows = [n for n, one in enumerate(judgements) if one.looked]
    if not rows:
        return found
    opened = np.array([[one.key in judgements[n].looked for one in attributes] for n in rows])
    rates = np.sort(opened.mean(axis=0))
    least = rates[: max(1, len(rates) // 2)].mean()
    stray = float(np.clip((least * len(rows) + 0.15 * 4) / (len(rows) + 4), 0.05, 1 - MISSED))
    seen, unseen = np.log((1 - MISSED) / stray), np.log(MISSED / (1 - stray))
    found[np.array(rows)] = np.where(opened, TRUST * seen, TRUST * unseen)
    told = np.abs(found.sum(axis=0))
    found *= np.minimum(1.0, MOST_TOLD / np.maximum(told, MOST_TOLD))
    return found
