"""Restatements: the artifact said back in sentences, how far one version is from the next, and how long words take
to become structure (R123, R026)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from seci.externalization.turn import Reflect, Sign
from seci.kit.figures import Figure

if TYPE_CHECKING:
    from seci.externalization.state import State

SECOND = 1_000_000


def distance(before: Mapping[str, str], after: Mapping[str, str]) -> float:
    """The share of statements that are not in both (Jaccard distance): 0 nothing changed, 1 nothing stayed."""
    one, other = set(before.values()), set(after.values())
    return 1 - len(one & other) / len(one | other) if one | other else 0.0


@dataclass(frozen=True, slots=True)
class Restatement:
    """One time the artifact was said back.

    cases      verdicts given until then
    distance   to the restatement before
    corrected  whether the expert corrected it
    """

    turn: str
    cases: int
    distance: float
    corrected: bool


def trace(state: State) -> tuple[Restatement, ...]:
    """The restatements of a dialogue in their order: where it converges, the distances fall and stay low."""
    return tuple(_trace(state))


def _trace(state: State) -> Iterator[Restatement]:
    gone, cases = state.undone | state.withdrawn, 0
    shown: dict[str, str] = {}
    for turn in state.turns:
        if turn.id in gone or turn.answer.reply in ("retract", "back"):
            continue
        question = turn.question
        cases += question.stage == "cases" and bool(turn.answer.choice)
        if isinstance(question, Reflect):
            after = dict(shown)
            for change in question.changes:
                after[change.node] = change.after
            after = {node: words for node, words in after.items() if words}
            corrected = turn.answer.reply in ("correct", "depends", "cannot_happen")
            yield Restatement(turn.id, cases, distance(shown, after), corrected)
            shown = after


def structuring_time(state: State) -> Figure:
    """Minutes from the moment something was said to the moment its place in the artifact was confirmed: the median
    over claims, with the middle half of them as its range. Unknown while nothing was confirmed."""
    waited = sorted(_waited(state))
    if not waited:
        return Figure.unknown(of="claims", unit="minutes")
    quarter = len(waited) // 4
    return Figure(
        median(waited), len(waited), waited[quarter], waited[-1 - quarter], level=0.5, of="claims", unit="minutes",
        status="proposal",
    )  # fmt: skip


def _waited(state: State) -> Iterator[float]:
    said = {turn.id: turn.at for turn in state.turns}
    confirmed: dict[str, int] = {}
    for turn in state.turns:
        if turn.answer.reply != "confirm":
            continue
        if isinstance(turn.question, Reflect):
            cited = {claim for change in turn.question.changes for claim in change.claims}
        else:
            cited = {one.id for one in state.claims} if isinstance(turn.question, Sign) else set()
        for identity in cited:
            confirmed.setdefault(identity, turn.at)
    for claim in state.claims:
        at = said.get(claim.source.removeprefix("turn:"))
        if claim.status == "confirmed" and claim.id in confirmed and at is not None:
            yield (confirmed[claim.id] - at) / SECOND / 60
