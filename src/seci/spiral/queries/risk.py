"""What is at risk: coverage, knowledge at risk and bus factor of every asset, and how they moved."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, Sum

from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.kit.clock import DAY, Micros
from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.people.views import PersonRef
from seci.spiral import reading
from seci.spiral.freshness import freshness
from seci.spiral.models import AssetRisk, AssetTrend, FileReading, Holding
from seci.spiral.queries.base import assets_in_use, ended, person_refs
from seci.spiral.turn import Turn
from seci.spiral.views import AssetRef, AssetRow, RiskPage, RiskRow, TrendPoint

ROWS_PER_PAGE = 25


def asset_rows(risks: Iterable[AssetRisk]) -> tuple[AssetRow, ...]:
    return tuple(
        AssetRow(
            asset=AssetRef(risk.asset_id, risk.asset.name),
            turn=reading.turn(risk),
            coverage=reading.coverage(risk),
            at_risk=reading.at_risk(risk),
            holders=reading.holders(risk),
            missing=reading.missing(risk),
        )
        for risk in risks
    )


def assets_that_need_you(actor: Actor, count: int = 7) -> tuple[AssetRow, ...]:
    """The assets with the most knowledge at risk, as rows of the home page."""
    known = AssetRisk.objects.filter(asset__in=assets_in_use(), events__gte=reading.ENOUGH_EVENTS)
    return asset_rows(known.select_related("asset").order_by("-at_risk", "asset_id")[:count])


def turns(actor: Actor) -> tuple[Turn, ...]:
    """The current turn of every asset in use."""
    return tuple(reading.turn(risk) for risk in AssetRisk.objects.filter(asset__in=assets_in_use()))


SORTS = {
    "at_risk": ("-at_risk", "asset_id"),
    "coverage": ("coverage", "asset_id"),
    "holders": ("holders", "-at_risk", "asset_id"),
    "last": ("last_t", "asset_id"),
    "name": ("asset__name", "asset_id"),
}


def risk(actor: Actor, at: Micros, *, q: str = "", only: str = "all", sort: str = "at_risk", page: int = 1) -> RiskPage:
    """Coverage, knowledge at risk and bus factor of every asset."""
    everything = AssetRisk.objects.filter(asset__in=assets_in_use())
    known = everything.filter(events__gte=reading.ENOUGH_EVENTS)
    rows = everything.filter(asset__name__icontains=q) if q else everything
    rows = rows.filter(_only(only, at))
    pager = Pager(max(page, 1), ROWS_PER_PAGE, rows.count())
    order = SORTS.get(sort, SORTS["at_risk"])
    start = pager.first - 1 if pager.total else 0
    shown = list(rows.select_related("asset", "asset__file_reading").order_by(*order)[start : pager.last])
    single = known.filter(holders=1).count()
    nobody = known.filter(holders=0).count()
    count = known.count()
    return RiskPage(
        sentence=_risk_sentence(count, single, nobody),
        rows=_risk_rows(actor, shown, at),
        pager=pager,
        coverage=_mean_coverage(known),
        at_risk=_total_at_risk(known),
        single=Figure(float(single), count, of="assets", unit="assets") if count else Figure.unknown(of="assets"),
        files_at_risk=_files_at_risk(),
        trend=organization_trend(),
        ended=ended(actor, at),
        q=q,
        only=only,
        sort=sort if sort in SORTS else "at_risk",
    )


def _only(only: str, at: Micros) -> Q:
    if only == "single":
        return Q(holders=1, events__gte=reading.ENOUGH_EVENTS)
    if only == "nobody":
        return Q(holders=0, events__gte=reading.ENOUGH_EVENTS)
    if only in ("fading", "stale"):
        # The mixed half-life stands in for the classes, which differ by asset; rows show the exact state.
        edge = at - (335 if only == "stale" else 167) * DAY
        return Q(last_t__lt=edge)
    return Q()


def _risk_sentence(count: int, single: int, nobody: int) -> str:
    if not count:
        return "Not enough data yet: no asset has five events."
    parts = []
    if nobody:
        parts.append(f"{nobody} {'are' if nobody > 1 else 'is'} held by nobody here")
    if single:
        parts.append(
            f"{single} rest{'' if single > 1 else 's'} on one person each" if single > 1 else "1 rests on one person"
        )
    if count == 1:
        held = "is held by nobody here" if nobody else "rests on one person" if single else "is held by two or more"
        return f"The one asset with enough events {held}."
    return f"Of {count} assets, {' and '.join(parts)}." if parts else f"All {count} assets are held by two or more."


def _risk_rows(actor: Actor, risks: list[AssetRisk], at: Micros) -> tuple[RiskRow, ...]:
    assets = [risk.asset_id for risk in risks]
    trends: dict[int, list[float | None]] = {}
    for asset, coverage in (
        AssetTrend.objects.filter(asset__in=assets).order_by("quarter").values_list("asset", "coverage")
    ):
        trends.setdefault(asset, []).append(coverage)
    # Guests see assets and coverage; who the people are is for members.
    alone = [risk.asset_id for risk in risks if risk.holders == 1 and actor.is_at_least("member")]
    keepers = single_holders(alone, at)
    return tuple(
        RiskRow(
            asset=AssetRef(risk.asset_id, risk.asset.name),
            coverage=reading.coverage(risk),
            at_risk=reading.at_risk(risk),
            bus_factor=reading.bus_factor(_files(risk.asset), active=False),
            bus_factor_active=reading.bus_factor(_files(risk.asset), active=True),
            holders=reading.holders(risk),
            files_at_risk=reading.files_at_risk(_files(risk.asset)),
            files=_live_files(risk.asset),
            freshness=freshness(risk.last_t, at, risk.asset.decay),
            last_t=risk.last_t,
            trend=tuple(trends.get(risk.asset_id, [])),
            single=keepers.get(risk.asset_id),
        )
        for risk in risks
    )


def _files(asset: Asset) -> FileReading | None:
    return getattr(asset, "file_reading", None)


def _live_files(asset: Asset) -> int:
    found = _files(asset)
    return found.files if found else 0


def single_holders(assets: list[int], at: Micros) -> dict[int, PersonRef]:
    """Who, of those here, holds each of these assets that one person alone holds."""
    rows = Holding.objects.filter(asset__in=assets, held__gte=0.5).order_by("-last_t").values_list("asset", "person")
    refs = person_refs({person for _, person in rows}, at)
    keepers: dict[int, PersonRef] = {}
    for asset, person in rows:
        if refs[person].here:
            keepers.setdefault(asset, refs[person])
    return keepers


def _mean_coverage(known: QuerySet[AssetRisk]) -> Figure:
    """Mean coverage over assets, weighted by how often they are needed."""
    rows = list(known.values_list("coverage", "coverage_low", "coverage_high", "demand"))
    weight = sum(row[3] for row in rows)
    if not weight:
        return Figure.unknown(len(rows), of="assets", unit="share")
    value, low, high = (sum(row[i] * row[3] for row in rows) / weight for i in range(3))
    return Figure(value, len(rows), low, high, of="assets", unit="share")


def _total_at_risk(known: QuerySet[AssetRisk]) -> Figure:
    rows = list(known.values_list("at_risk", "at_risk_low", "at_risk_high"))
    if not rows:
        return Figure.unknown(of="assets", unit="h/week")
    value, low, high = (sum(row[i] for row in rows) for i in range(3))
    return Figure(value, len(rows), low, high, of="assets", unit="h/week")


def _files_at_risk() -> Figure:
    rows = list(FileReading.objects.filter(asset__in=assets_in_use()).values_list("files", "at_risk"))
    files = sum(row[0] for row in rows)
    if not files:
        return Figure.unknown(of="files", unit="files", status="established part")
    return Figure(float(sum(row[1] for row in rows)), files, of="files", unit="files", status="established part")


def quarter_label(quarter: int) -> str:
    return f"{1970 + quarter // 4} Q{quarter % 4 + 1}"


def organization_trend() -> tuple[TrendPoint, ...]:
    """Mean coverage and knowledge at risk summed over assets at the ends of past quarters.

    The mean weighs every asset by how often it is needed now, as the figure of today does, so that the two compare.
    """
    known = AssetTrend.objects.filter(asset__in=assets_in_use(), coverage__isnull=False)
    needed = F("asset__risk__demand")
    sums = (
        known.values("quarter")
        .order_by("quarter")
        .annotate(covered=Sum(F("coverage") * needed), weight=Sum(needed), sum=Sum("at_risk"), n=Sum("events"))
    )
    return tuple(
        TrendPoint(
            quarter_label(row["quarter"]),
            row["covered"] / row["weight"] if row["weight"] else None,
            row["sum"],
            None,
            row["n"],
        )
        for row in sums
    )


def asset_trend(asset: int) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(quarter_label(p.quarter), p.coverage, p.at_risk, p.holders, p.events)
        for p in AssetTrend.objects.filter(asset=asset).order_by("quarter")
    )
