"""Who could take over files when someone leaves, from who changed and reviewed them and what lies around them.

    S(p | file, leaver) = share_A(file) + ½ share_R(file)          every amount halved in 90 days
                        + share_A(folders) + ½ share_R(folders)    ½ per level up, 4 levels
                        + popularity_A(p)

with the shares of `reviewers`, but changes counting most: the truth it is held against is who changed the file next.
No single signal is best everywhere: people of a small project take over what lies beside their own work, in a large
one whoever is active does. So `Takeovers` follows, on earlier departures of the same history, which signal named the
one who did take over, and leaves the formula for another only where that was right clearly more often.

Correct successors are named in a third to a half of cases by any known method (Rigby and others, ICSE 2016: 34 to
48 %): a proposal, never an assignment.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from seci.cycle.learning import place
from seci.cycle.reviewers import SIGNALS, Evidence, Floats, Ints, ReviewerState, Signals
from seci.kit.clock import Micros

FIRST = 3
"""A successor counts as named when among the first three."""

CLEARLY = 3.0
"""Standard errors by which another scorer must lead, over the takeovers that only one of the two named. Files of one
leaver go to the same people, so they say less than their number."""

SCORERS = (
    "formula",
    "most active",
    "most active lately",
    "file authors",
    "folder authors",
    "folder authors lately",
    "folder authors and reviewers",
    "reviewers of the leaver",
)


@dataclass(frozen=True, slots=True)
class Successor:
    """Someone who could take over, with the facts that speak for it. The score has no unit: it only orders."""

    person: int
    score: float
    evidence: Evidence


class Takeovers:
    """How often each scorer named who took over where the formula did not, and the other way round."""

    def __init__(self) -> None:
        self.n = 0
        self._won, self._lost = dict.fromkeys(SCORERS, 0), dict.fromkeys(SCORERS, 0)

    @property
    def choice(self) -> str:
        """The scorer to go by: the formula, or the one furthest ahead of it."""
        return max(SCORERS, key=self._lead)

    def best(self, signals: Signals) -> Floats:
        """Score of each candidate by that scorer."""
        return scores(signals)[self.choice]

    def learn(self, signals: Signals, successor: int) -> None:
        """Takes in who changed a leaver's file next. A newcomer teaches nothing."""
        chosen = signals.person == successor
        if not chosen.any():
            return
        self.n += 1
        named = {name: place(score, chosen) <= FIRST for name, score in scores(signals).items()}
        for name, hit in named.items():
            self._won[name] += hit and not named["formula"]
            self._lost[name] += named["formula"] and not hit

    def _lead(self, name: str) -> float:
        """Takeovers that this scorer named and the formula did not, more than chance makes likely; else 0."""
        won, lost = self._won[name], self._lost[name]
        lead = won - lost
        return lead if lead > CLEARLY * (won + lost) ** 0.5 else 0


def scores(signals: Signals) -> dict[str, Floats]:
    """Every scorer's score of each candidate; ties go to who has changed most."""
    lately, share = signals.share[:, : len(SIGNALS)], signals.share[:, len(SIGNALS) :]
    file_reviewed, file_changed, folder_reviewed, folder_changed, affinity, _, changes = share.T
    folder = folder_changed + folder_reviewed / 2
    by_scorer = {
        "formula": file_changed + file_reviewed / 2 + folder + changes,
        "most active": changes,
        "most active lately": lately[:, -1],
        "file authors": file_changed,
        "folder authors": folder_changed,
        "folder authors lately": lately[:, 3],
        "folder authors and reviewers": folder,
        "reviewers of the leaver": affinity,
    }
    return {name: score + 1e-6 * changes for name, score in by_scorer.items()}


def rank(
    state: ReviewerState,
    paths: Sequence[str],
    leaving: Collection[int],
    at: Micros,
    *,
    takeovers: Takeovers | None = None,
    limit: int = FIRST,
) -> list[Successor]:
    """Who could take over `paths` from `leaving` at `at`, best first; nobody without any sign of fitting.

    takeovers  what earlier departures of this history taught; without it the formula decides
    """
    signals = state.signals(paths, leaving, at)
    score = (takeovers or Takeovers()).best(signals)
    fits = scores(signals)["formula"] > 0
    order: Ints = np.lexsort((signals.person, -score))
    return [
        Successor(int(signals.person[i]), float(score[i]), state.evidence(int(signals.person[i]), paths, leaving))
        for i in order[fits[order]][:limit]
    ]
