"""Who knows what: assets × people, and who can help with one asset."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.kit.clock import Micros, to_date
from seci.kit.pager import Pager
from seci.people.models import Person, Unit
from seci.people.views import UnitRef
from seci.spiral.coverage import HOLDER
from seci.spiral.directory import FAMILIAR, band
from seci.spiral.freshness import freshness
from seci.spiral.models import Holding
from seci.spiral.queries.base import assets_in_use, contacts, ended, person_refs, seen_lately
from seci.spiral.views import AssetRef, Cell, HolderRow, MatrixPage, MatrixRow

ASSETS_PER_PAGE, PEOPLE_PER_PAGE, HOLDERS_SHOWN = 25, 16, 24


def who(
    actor: Actor,
    at: Micros,
    *,
    q: str = "",
    who: str = "",
    unit: int | None = None,
    topic: str = "",
    page: int = 1,
    people_page: int = 1,
) -> MatrixPage:
    """Assets × people: who has had to do with what. People by name, assets by name; no totals."""
    assets = assets_in_use().filter(name__icontains=q) if q else assets_in_use()
    if topic:
        assets = assets.filter(topic=topic)
    pager = Pager(max(page, 1), ASSETS_PER_PAGE, assets.count())
    shown = list(assets.order_by("name", "pk")[pager.first - 1 if pager.total else 0 : pager.last])
    holdings = Holding.objects.filter(asset__in=shown, person__nature=Person.Nature.PERSON)
    if unit:
        holdings = holdings.filter(person__unit=unit)
    holdings = holdings.filter(person__name__icontains=who) if who else holdings.filter(held__gte=FAMILIAR)
    names = holdings.order_by("person__name", "person").values_list("person").distinct()
    holders = names.filter(held__gte=HOLDER)
    if not who and holders.count() >= PEOPLE_PER_PAGE:
        # Enough columns for those who hold something shown here; everybody else is one search away.
        names = holders
    people_pager = Pager(max(people_page, 1), PEOPLE_PER_PAGE, names.count())
    first = people_pager.first - 1 if people_pager.total else 0
    columns = [person for (person,) in names[first : people_pager.last]]
    refs = person_refs(columns, at)
    cells: dict[tuple[int, int], Holding] = {
        (holding.asset_id, holding.person_id): holding
        for holding in Holding.objects.filter(asset__in=shown, person__in=columns)
    }
    everyone = dict(
        Holding.objects.filter(asset__in=shown).values_list("asset").annotate(Count("pk")).order_by("asset")
    )
    rows = []
    for asset in shown:
        line = tuple(_cell(cells.get((asset.pk, person)), asset.decay, at) for person in columns)
        more = everyone.get(asset.pk, 0) - sum(cell is not None for cell in line)
        rows.append(MatrixRow(AssetRef(asset.pk, asset.name), asset.topic, line, more))
    return MatrixPage(
        people=tuple(refs[person] for person in columns),
        rows=tuple(rows),
        pager=pager,
        people_pager=people_pager,
        units=tuple(UnitRef(u.pk, u.name) for u in Unit.objects.all()),
        topics=tuple(assets_in_use().order_by("topic").values_list("topic", flat=True).distinct()),
        q=q,
        who=who,
        unit=unit,
        topic=topic,
        ended=ended(actor, at),
    )


def _cell(holding: Holding | None, decay: str, at: Micros) -> Cell | None:
    if holding is None:
        return None
    return Cell(
        person=holding.person_id,
        band=band(holding.held),
        freshness=freshness(holding.last_t, at, decay),
        events=contacts(holding).events,
        last_t=holding.last_t,
    )


def holder_rows(
    actor: Actor, asset: Asset, at: Micros, hidden: Collection[int] = (), count: int = HOLDERS_SHOWN
) -> tuple[tuple[HolderRow, ...], int]:
    """Who can help with an asset, by last contact, and how many ever had any; hidden entries only for their owner.

    Whoever has not been seen for a year that is told of, or has left, cannot help and is not listed.
    """
    found = Holding.objects.filter(asset=asset, person__nature=Person.Nature.PERSON).exclude(
        person__in=set(hidden) - {actor.person}
    )
    total = found.count()
    here = found.filter(seen_lately(at, "person__attendance__")).exclude(person__leaves_on__lte=to_date(at))
    rows = list(here.select_related("person__unit").order_by("-last_t", "person__name")[:count])
    refs = person_refs([row.person_id for row in rows], at)
    return tuple(
        HolderRow(
            person=refs[row.person_id],
            band=band(row.held),
            freshness=freshness(row.last_t, at, asset.decay),
            contacts=contacts(row),
            last_t=row.last_t,
            unit=UnitRef(row.person.unit.pk, row.person.unit.name) if row.person.unit else None,
            you=row.person_id == actor.person,
            hidden=row.person_id in hidden,
        )
        for row in rows
    ), total
