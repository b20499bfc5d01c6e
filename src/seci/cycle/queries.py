"""Questions about the next step."""

from __future__ import annotations

from collections.abc import Iterable

from seci.accounts.actor import Actor
from seci.cycle import wording
from seci.cycle.models import Proposal
from seci.cycle.transfers import Activity
from seci.cycle.views import NextItem, NextPage
from seci.kit.clock import Micros
from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.spiral.models import AssetRisk
from seci.spiral.queries.base import person_refs
from seci.spiral.views import AssetRef

PER_PAGE = 10
MODES = {"S": (Activity.PAIR, Activity.REVIEW), "E": (Activity.INTERVIEW,), "C": (), "I": ()}


def proposals(
    actor: Actor, at: Micros, *, asset: int | None = None, mode: str = "", page: int = 1, size: int = PER_PAGE
) -> NextPage:
    """The transfers that would help most, in the order of the lot."""
    rows = Proposal.objects.select_related("asset")
    if asset is not None:
        rows = rows.filter(asset=asset)
    if mode in MODES:
        rows = rows.filter(activity__in=MODES[mode])
    pager = Pager(max(page, 1), size, rows.count())
    start = pager.first - 1 if pager.total else 0
    shown = list(rows[start : pager.last])
    first = shown[0].asset if asset is not None and shown else None
    return NextPage(
        items=items(shown, at),
        gaps=Proposal.objects.count(),
        pager=pager,
        asset=AssetRef(first.pk, first.name) if first else None,
        mode=mode,
    )


def items(rows: Iterable[Proposal], at: Micros) -> tuple[NextItem, ...]:
    rows = list(rows)
    people = {person for row in rows for person in (row.holder_id, row.learner_id) if person is not None}
    refs = person_refs(people, at)
    risks = {risk.asset_id: risk for risk in AssetRisk.objects.filter(asset__in=[row.asset_id for row in rows])}
    return tuple(
        wording.item(
            wording.Facts(
                key=str(row.pk),
                activity=Activity(row.activity),
                asset=AssetRef(row.asset_id, row.asset.name),
                holder=refs[row.holder_id],
                learner=refs[row.learner_id] if row.learner_id else None,
                hours=row.hours,
                changes=row.changes,
                together=row.together,
                tied=row.tied,
                effect=Figure(
                    -row.share,
                    risks[row.asset_id].events,
                    -row.relief_high / row.relief * row.share,
                    -row.relief_low / row.relief * row.share,
                    unit="share",
                ),
                relief=Figure(row.relief, risks[row.asset_id].events, row.relief_low, row.relief_high, unit="h/week"),
                holders=risks[row.asset_id].holders,
                events=risks[row.asset_id].events,
                demand=risks[row.asset_id].demand,
            )
        )
        for row in rows
        if row.asset_id in risks
    )
