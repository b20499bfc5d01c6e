"""What if someone leaves, and what we would have warned about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import numpy as np

from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.kit.clock import Micros, from_date, to_date
from seci.kit.errors import NotFound
from seci.kit.figures import Figure, share
from seci.people.models import Person
from seci.people.views import PersonRef
from seci.spiral import departure, reading
from seci.spiral.departure import Loss
from seci.spiral.familiarity import WAYS, Holdings
from seci.spiral.horizon import NEVER
from seci.spiral.models import AssetRisk, Attendance, FileReading, Forewarned, Holding, KnowerSet
from seci.spiral.presence import Presence
from seci.spiral.queries.base import assets_in_use, contacts, ended, person_refs
from seci.spiral.queries.risk import single_holders
from seci.spiral.trend import QUARTER
from seci.spiral.views import AssetRef, LossRow, ReplayPage, Successor, WarningRow, WhatIfPage

SUGGESTED = 12
"""So many people are offered at once."""


def leave(actor: Actor, at: Micros, people: Sequence[int], on: date | None = None, q: str = "") -> WhatIfPage:
    """What is lost when `people` leave on a day (now when none is given). Raises NotFound for an unknown person."""
    chosen = person_refs(people, at)
    for person in people:
        if person not in chosen:
            raise NotFound(f"There is no person {person}.")
    suggestions, more = _called(q, people, at) if q else ([] if people else _alone(at), 0)
    page = WhatIfPage(
        chosen=tuple(chosen.values()),
        on=on,
        q=q,
        suggestions=tuple(sorted(suggestions, key=lambda p: p.name)),
        more=more,
        ended=ended(actor, at),
    )
    return what_is_lost(at, chosen, on, page) if chosen else page


def _called(q: str, people: Sequence[int], at: Micros) -> tuple[list[PersonRef], int]:
    """People whose name contains `q`, and how many more there are."""
    found = Person.objects.filter(nature=Person.Nature.PERSON, name__icontains=q).exclude(pk__in=people)
    shown = person_refs([person.pk for person in found.order_by("name", "pk")[:SUGGESTED]], at)
    return list(shown.values()), max(0, found.count() - SUGGESTED)


def _alone(at: Micros) -> list[PersonRef]:
    """Who alone holds the assets with the most at risk: where a lead may want to begin."""
    held = AssetRisk.objects.filter(asset__in=assets_in_use(), events__gte=reading.ENOUGH_EVENTS, holders=1)
    assets = held.order_by("-at_risk", "asset_id").values_list("asset", flat=True)[:SUGGESTED]
    return list({one.id: one for one in single_holders(list(assets), at).values()}.values())


def what_is_lost(at: Micros, chosen: dict[int, PersonRef], on: date | None, page: WhatIfPage) -> WhatIfPage:
    when = max(at, from_date(on)) if on else at
    assets, losses = losses_of(chosen, when)
    names = dict(Asset.objects.filter(pk__in=[loss.asset for loss in losses]).values_list("pk", "name"))
    refs = person_refs({person for loss in losses for person in loss.successors}, at)
    theirs = _having_to_do(names, chosen)
    files = dict(FileReading.objects.filter(asset__in=names).values_list("asset", "files"))
    gone = orphaned_files(names, chosen)
    pairs = {
        (row.asset_id, row.person_id): row for row in Holding.objects.filter(asset__in=names, person__in=list(refs))
    }
    rows = tuple(
        _loss_row(
            loss,
            AssetRef(loss.asset, names[loss.asset]),
            tuple(
                Successor(
                    refs[person],
                    f"{contacts(pairs[loss.asset, person])}, last {to_date(pairs[loss.asset, person].last_t)}",
                )
                for person in loss.successors
            ),
            (files.get(loss.asset, 0), gone.get(loss.asset, 0)),
            assets[loss.asset],
            theirs[loss.asset],
        )
        for loss in losses
    )
    orphaned = sum(loss.orphaned for loss in losses)
    return WhatIfPage(
        chosen=page.chosen,
        on=on,
        sentence=_sentence(len(losses), orphaned),
        losses=rows,
        at_risk_before=total((loss.at_risk_before, loss.at_risk_before_range) for loss in losses),
        at_risk_after=total((loss.at_risk_after, loss.at_risk_after_range) for loss in losses),
        orphaned=Figure(float(orphaned), len(losses), of="assets they have worked on", unit="assets"),
        suggestions=page.suggestions,
        more=page.more,
        q=page.q,
        ended=page.ended,
    )


def _having_to_do(assets: Collection[int], chosen: dict[int, PersonRef]) -> dict[int, tuple[PersonRef, ...]]:
    """Those of the leavers who had to do with each asset."""
    pairs = Holding.objects.filter(asset__in=assets, person__in=list(chosen)).values_list("asset", "person")
    found: dict[int, list[PersonRef]] = {}
    for asset, person in pairs:
        found.setdefault(asset, []).append(chosen[person])
    return {asset: tuple(sorted(people, key=lambda p: p.name)) for asset, people in found.items()}


def losses_of(leaving: Collection[int], at: Micros) -> tuple[dict[int, int], list[Loss]]:
    """Losses by asset, and the number of events behind each asset."""
    touched = assets_in_use().filter(holdings__person__in=leaving).distinct()
    risks = list(AssetRisk.objects.filter(asset__in=touched).order_by("asset_id"))
    assets = np.array([risk.asset_id for risk in risks], np.int64)
    sizes = dict(FileReading.objects.filter(asset__in=assets.tolist()).values_list("asset", "files"))
    holdings = holdings_of(assets.tolist())
    losses = departure.depart(
        holdings,
        presence_of(sorted(set(holdings.person.tolist()) | set(leaving))),
        assets,
        np.array([sizes.get(int(asset), 0) for asset in assets], np.int64),
        np.array([risk.demand for risk in risks]),
        leaving,
        at,
    )
    return {risk.asset_id: risk.events for risk in risks}, losses


def holdings_of(assets: Collection[int]) -> Holdings:
    """The holdings of people on `assets`, as columns."""
    rows = list(
        Holding.objects.filter(asset__in=assets, person__nature=Person.Nature.PERSON)
        .order_by("asset", "person")
        .values_list(
            "asset", "person", "familiarity", "authored", "reviewed", "paired", "documented", "combined", "first_t",
            "last_t",
        )
    )  # fmt: skip
    table = np.array(rows, np.float64).reshape(-1, 5 + len(WAYS))
    whole = table.astype(np.int64)
    return Holdings(whole[:, 0], whole[:, 1], table[:, 2], whole[:, 3:8], whole[:, 8], whole[:, 9])


def presence_of(people: Sequence[int]) -> Presence:
    """Presence of `people` (sorted); someone never seen has no months."""
    told = Attendance.objects.filter(person__in=people).values_list("person", "months", "until")
    seen = {person: (months, until) for person, months, until in told}
    leaving = Person.objects.filter(pk__in=people, leaves_on__isnull=False).values_list("pk", "leaves_on")
    exits = {person: from_date(day) for person, day in leaving if day}
    return Presence(
        np.array(people, np.int64),
        np.array([seen.get(person, (0, NEVER))[0] for person in people], np.int64),
        np.array([exits.get(person, NEVER) for person in people], np.int64),
        np.array([seen.get(person, (0, NEVER))[1] for person in people], np.int64),
    )


def total(parts: Iterable[tuple[float, tuple[float, float]]]) -> Figure:
    """Knowledge at risk summed over assets; the ranges move together, so their ends are summed too."""
    found = list(parts)
    low, high = (sum(span[end] for _, span in found) for end in (0, 1))
    return Figure(sum(value for value, _ in found), len(found), low, high, of="assets", unit="h/week")


def orphaned_files(assets: Collection[int], leaving: Collection[int]) -> dict[int, int]:
    """Live files of each asset that all of their knowers here would leave behind."""
    gone: dict[int, int] = {}
    for row in KnowerSet.objects.filter(asset__in=assets):
        if set(row.people) <= set(leaving):
            gone[row.asset_id] = gone.get(row.asset_id, 0) + row.files
    return gone


def _loss_row(
    loss: Loss,
    asset: AssetRef,
    best: tuple[Successor, ...],
    files: tuple[int, int],
    events: int,
    leaving: tuple[PersonRef, ...],
) -> LossRow:
    verdict = "orphaned" if loss.orphaned else "one left" if loss.holders_after == 1 else "thinner"
    return LossRow(
        asset=asset,
        verdict=verdict,  # type: ignore[arg-type]
        before=Figure(loss.before, events, *loss.before_range, unit="share"),
        after=Figure(loss.after, events, *loss.after_range, unit="share"),
        files=files[0],
        files_orphaned=files[1],
        next_best=best,
        transfer=transfer(best, leaving),
        leaving=leaving,
    )


def transfer(best: Sequence[Successor], leaving: Sequence[PersonRef]) -> str:
    """What to do first so that an asset is handed over, as a sentence."""
    who = " and ".join(person.name for person in leaving)
    if not best:
        return f"Interview {who}: nobody else knows it."
    return f"Pair {best[0].person.name} with {who} on the next changes."


def _sentence(touched: int, orphaned: int) -> str:
    if not touched:
        return "Nothing that we can see rests on them."
    rest = f"{touched - orphaned} would be thinner" if touched > orphaned else "no other is touched"
    if not orphaned:
        return f"No asset would be left without a holder; {touched} would be thinner."
    return f"{orphaned} asset{'s' if orphaned > 1 else ''} would be held by nobody here; {rest}."


def replay(actor: Actor, at: Micros, on: date | None = None) -> ReplayPage:
    """The warnings of the last quarter that had ended on the day `on`, and what came of them."""
    quarters = list(Forewarned.objects.order_by("quarter").values_list("quarter", flat=True).distinct())
    if not quarters:
        return ReplayPage(sentence="Not enough history yet to replay.")
    wanted = (from_date(on) // QUARTER - 1) if on else quarters[max(0, len(quarters) - 5)]
    past = [quarter for quarter in quarters if quarter <= wanted]
    first, last = _end(quarters[0]), _end(quarters[-1])
    if not past:
        return ReplayPage(
            on=on, first=first, last=last, error=f"Nothing is kept from before {first}; choose a later day."
        )
    quarter = past[-1]
    rows = list(Forewarned.objects.filter(quarter=quarter, asset__in=assets_in_use()).select_related("asset"))
    refs = person_refs({row.holder_id for row in rows}, at)
    told = [_warning(row, refs[row.holder_id]) for row in rows]
    came = [w.came_true for w in told if w.came_true is not None]
    left = {row.holder_id for row in rows if row.left_at}
    return ReplayPage(
        on=_end(quarter),
        first=first,
        last=last,
        left=tuple(sorted((refs[person] for person in left), key=lambda p: p.name)),
        sentence=_replayed(_end(quarter), len(rows), sum(came)),
        warnings=tuple(sorted(told, key=lambda w: (w.came_true is not True, w.asset.name))),
        came_true=share(sum(came), len(came), of="warnings") if came else None,
        ended=ended(actor, at),
    )


def _replayed(day: date, warned: int, lost: int) -> str:
    if not warned:
        return f"On {day} no asset rested on one person, so there was nothing to warn about."
    if warned == 1:
        since = "; it has lost that person since" if lost else ", who is still here"
        return f"On {day} we would have warned you about 1 asset that rested on one person{since}."
    since = f"{lost or 'none'} of them lost that person since"
    return f"On {day} we would have warned you about {warned} assets that rested on one person each; {since}."


def _end(quarter: int) -> date:
    return to_date((quarter + 1) * QUARTER)


def _warning(row: Forewarned, holder: PersonRef) -> WarningRow:
    if row.left_at is None:
        happened, came_true = f"As far as the history goes, {holder.name} is still here.", False
    else:
        more = f"{row.changes:,} changes and reviews by others" if row.changes > 1 else "one change or review by others"
        others = more if row.changes else "nobody else touched it"
        happened, came_true = (
            f"{holder.name} was last seen on {to_date(row.left_at)}; in the year after that: {others}.",
            True,
        )
    return WarningRow(
        asset=AssetRef(row.asset_id, row.asset.name),
        said=f"{holder.name} alone held it, coverage {row.coverage:.0%}.",
        happened=happened,
        came_true=came_true,
    )
