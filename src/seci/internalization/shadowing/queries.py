"""A ranking as its learner may see it now."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.internalization.access import case_of, learner
from seci.internalization.exercises.shadowbox import SMALLEST_PANEL
from seci.internalization.shadowing import store
from seci.internalization.shadowing.access import get_ranking
from seci.kit.database import Database


@dataclass(frozen=True, slots=True)
class Told:
    """How the experts rank, told after one's own ranking; as it was on that day.

    tau      agreement with their median ranks, -1 to 1; None where they rank all alike. ceiling: the experts' own
    reasons  (option that an expert puts first, their reason), the rarer views last
    """

    order: tuple[str, ...]
    experts: int
    tau: float | None
    ceiling: float | None
    top: bool
    seen: tuple[str, ...]
    missed: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RankingView:
    """step: rank, revise, done. `told` is None before the first ranking."""

    id: int
    artifact: int
    title: str
    situation: str
    options: tuple[str, ...]
    step: str
    first: tuple[str, ...]
    reason: str
    second: tuple[str, ...]
    why: str
    told: Told | None

    @property
    def places(self) -> range:
        return range(1, len(self.options) + 1)


def ranking(actor: Actor, db: Database, ranking: int) -> RankingView:
    """A ranking of one's own; nothing of the experts' before the first one was given. Raises NotFound."""
    found = get_ranking(actor, db, ranking)
    case = case_of(db, found.case)
    step = "rank" if found.first is None else "revise" if found.second is None else "done"
    return RankingView(
        found.id, case.artifact, case.title, case.situation, case.options, step, found.first or (), found.reason,
        found.second or (), found.why, _told(db, case.id, found.result) if found.result else None,
    )  # fmt: skip


def to_rank(actor: Actor, db: Database, artifact: int) -> int:
    """How many cases somebody could rank now."""
    return sum(len(store.of_panel(db, case)) >= SMALLEST_PANEL for case in store.waiting(db, artifact, learner(actor)))


def _told(db: Database, case: int, result: dict[str, object]) -> Told:
    panel = [one for one in store.of_panel(db, case) if one.reason]
    firsts = [one.order[0] for one in panel]
    ordered = sorted(panel, key=lambda one: -firsts.count(one.order[0]))
    return Told(
        order=tuple(result["order"]),  # type: ignore[arg-type]
        experts=int(result["experts"]),  # type: ignore[call-overload]
        tau=result["tau"],  # type: ignore[arg-type]
        ceiling=result["ceiling"],  # type: ignore[arg-type]
        top=bool(result["top"]),
        seen=tuple(result["seen"]),  # type: ignore[arg-type]
        missed=tuple(result["missed"]),  # type: ignore[arg-type]
        reasons=tuple((one.order[0], one.reason) for one in ordered),
    )
