"""Proposals in bulk."""

from __future__ import annotations

from collections.abc import Sequence

from seci.cycle.transfers import NEAR_TIE, Transfer
from seci.kit.clock import Micros
from seci.kit.database import Database

COLUMNS = (
    "place", "tied", "activity", "asset_id", "holder_id", "learner_id", "hours", "relief", "relief_low",
    "relief_high", "share", "changes", "together", "as_of",
)  # fmt: skip


def answered(db: Database) -> set[tuple[str, int, int, int | None]]:
    """The transfers that somebody has accepted or declined already."""
    rows = db.rows("SELECT activity, asset_id, holder_id, learner_id FROM cycle_answer")
    return {(activity, asset, holder, learner) for activity, asset, holder, learner in rows}


def write_proposals(db: Database, transfers: Sequence[Transfer], as_of: int) -> None:
    """Replace all proposals, in the order given."""
    db.run("DELETE FROM cycle_proposal")
    db.run_many(
        f"INSERT INTO cycle_proposal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
        (
            (
                place, tied(transfers, place), str(t.activity), t.asset, t.holder, t.learner, t.hours,
                t.relief, t.relief_low, t.relief_high, t.share, t.changes, t.together, as_of,
            )
            for place, t in enumerate(transfers)
        ),
    )  # fmt: skip


def tied(transfers: Sequence[Transfer], place: int) -> bool:
    """Whether the lot decided between this transfer and a neighbor."""
    mine = transfers[place].relief_per_hour
    near = [t for t in transfers if abs(t.relief_per_hour - mine) <= NEAR_TIE * max(t.relief_per_hour, mine)]
    return len(near) > 1


def take(db: Database, proposal: int, verdict: str, by: int | None, at: Micros) -> bool:
    """Move a proposal to the answers; False when it is not there any more."""
    moved = db.run(
        "INSERT INTO cycle_answer (verdict, activity, asset_id, holder_id, learner_id, account, answered_at) "
        "SELECT ?, activity, asset_id, holder_id, learner_id, ?, ? FROM cycle_proposal WHERE id = ?",
        (verdict, by, at, proposal),
    )
    db.run("DELETE FROM cycle_proposal WHERE id = ?", (proposal,))
    return moved == 1
