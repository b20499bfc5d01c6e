"""One asset whole, one cell with its events, one person's own picture."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum

from seci.accounts.actor import Actor
from seci.assets import queries as assets
from seci.assets.models import Asset, Scope
from seci.kit.clock import Micros
from seci.kit.database import of_django
from seci.kit.errors import NotFound
from seci.kit.figures import Figure, share
from seci.ledger import queries as ledger
from seci.ledger.kinds import Kind
from seci.ledger.models import Source
from seci.people.models import Identity, Person, Unit
from seci.people.queries import rule_in_words
from seci.people.views import IdentityRow, PersonFacts, UnitRef
from seci.sources.git import store as git
from seci.sources.git.evidence import Evidence
from seci.spiral import reading
from seci.spiral.coverage import HOLDER
from seci.spiral.directory import band
from seci.spiral.freshness import freshness
from seci.spiral.layers import Layers, layers
from seci.spiral.models import AssetRisk, FileAtRisk, Holding, KindCount
from seci.spiral.queries.base import assets_in_use, contacts, ended, person_refs
from seci.spiral.queries.risk import asset_trend
from seci.spiral.queries.skill import asset_ability
from seci.spiral.queries.who import HOLDERS_SHOWN, holder_rows
from seci.spiral.store import WAYS, WITHOUT_ARTIFACT
from seci.spiral.views import (
    AssetPage,
    AssetRef,
    EvidencePage,
    EvidenceRow,
    FileRow,
    NominationRow,
    OwnRow,
    PersonPage,
    ScopeRow,
)

FULL_WEIGHT = {"review": 0.5, "answer": 0.5}
WAY_WORDS = ("authoring", "reviewing", "pairing", "documents", "documents")
EVENTS_PER_PAGE = 50


def get_asset(actor: Actor, asset: int) -> Asset:
    """An asset by its number, or the one it was merged into. Raises NotFound."""
    found = Asset.objects.select_related("merged_into").filter(pk=asset).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    if found is None:
        raise NotFound(f"There is no asset {asset}.")
    return found


def asset_page(actor: Actor, asset: int, at: Micros) -> AssetPage:
    """Everything about one asset: figures, who can help, files at risk, trend, where it lives."""
    found = get_asset(actor, asset)
    risk = AssetRisk.objects.filter(asset=found).first()
    files = getattr(found, "file_reading", None)
    hidden = assets.hidden_people(actor, of_django(connection), found.pk)
    rows, total = holder_rows(actor, found, at, hidden, HOLDERS_SHOWN)
    named = nominations(actor, found.pk, at)
    return AssetPage(
        asset=AssetRef(found.pk, found.name),
        sentence=sentence(risk),
        state=found.state,  # type: ignore[arg-type]
        reason=found.reason,
        topic=found.topic,
        languages=tuple(found.languages),
        coverage=reading.coverage(risk),
        at_risk=reading.at_risk(risk),
        bus_factor=reading.bus_factor(files, active=False),
        bus_factor_active=reading.bus_factor(files, active=True),
        files_at_risk=reading.files_at_risk(files),
        files=files.files if files else 0,
        freshness=freshness(risk.last_t if risk else None, at, found.decay),
        last_t=risk.last_t if risk else None,
        turn=reading.turn(risk, tested_on(actor, found.pk, at)),
        holders=rows,
        holders_total=total,
        trend=asset_trend(found.pk),
        scopes=scopes(found),
        risky_files=risky_files(found.pk, at),
        nominations=named,
        agreement=share(sum(row.evident for row in named), len(named), of="people named") if named else None,
        layers=layers_of(found.pk),
        may_nominate=actor.is_at_least("member"),
        others=tuple(AssetRef(a.pk, a.name) for a in assets_in_use().exclude(pk=found.pk)[:200])
        if actor.is_at_least("lead")
        else (),
        may_edit=actor.is_at_least("lead"),
        ended=ended(actor, at, set(Scope.objects.filter(asset=found).values_list("source", flat=True))),
    )


def tested_on(actor: Actor, asset: int, at: Micros) -> int:
    """How many do it alone under pressure; 0 for guests and while fewer than five people were scored."""
    if not actor.is_at_least("member"):
        return 0
    return int(asset_ability(actor, of_django(connection), asset, at).independent.value or 0)


def sentence(risk: AssetRisk | None) -> str:
    """The headline: how many hold it, and what that means."""
    if risk is None or risk.events < reading.ENOUGH_EVENTS:
        return "Not enough data yet to say who holds it."
    if risk.holders == 0:
        return "Nobody here holds it now."
    if risk.holders == 1:
        return "It rests on one person."
    return f"{risk.holders} people here hold it."


def layers_of(asset: int | None = None) -> Layers:
    """The events of one asset (with what was merged into it), or of all assets in use, in their two layers."""
    rows = KindCount.objects.all()
    if asset is None:
        rows = rows.filter(asset__in=assets_in_use().values("pk"))
    else:
        rows = rows.filter(asset__in=Asset.objects.filter(Q(pk=asset) | Q(merged_into=asset)).values("pk"))
    summed = rows.values("kind").annotate(n=Sum("events")).values_list("kind", "n")
    return layers({Kind(kind): int(n) for kind, n in summed})


def scopes(asset: Asset) -> tuple[ScopeRow, ...]:
    rows = list(Scope.objects.filter(asset=asset).order_by("source", "prefix", "pattern"))
    titles = dict(Source.objects.filter(pk__in={row.source for row in rows}).values_list("pk", "title"))
    return tuple(ScopeRow(row.pk, titles.get(row.source, ""), f"{row.prefix}{row.pattern}") for row in rows)


def risky_files(asset: int, at: Micros, count: int = 20) -> tuple[FileRow, ...]:
    rows = list(FileAtRisk.objects.filter(asset=asset)[:count])
    refs = person_refs({row.knows_id for row in rows if row.knows_id}, at)
    return tuple(FileRow(r.path, refs.get(r.knows_id) if r.knows_id else None, r.changes, r.last_t) for r in rows)


def nominations(actor: Actor, asset: int, at: Micros) -> tuple[NominationRow, ...]:
    """Who was named as able to help, beside what the evidence says."""
    found = assets.nominations(actor, of_django(connection), asset)
    evident = set(Holding.objects.filter(asset=asset, held__gte=HOLDER).values_list("person", flat=True))
    refs = person_refs({each.person.id for each in found}, at)
    rows = []
    for person, ref in sorted(refs.items(), key=lambda pair: pair[1].name):
        mine = [each for each in found if each.person.id == person]
        own = next((each.id for each in mine if each.by == actor.account), None)
        rows.append(NominationRow(ref, len(mine), person in evident, own))
    return tuple(rows)


def evidence(actor: Actor, asset: int, person: int, at: Micros, page: int = 1) -> EvidencePage:
    """The events behind one cell, the latest first. Raises NotFound where there are none to be seen."""
    found = get_asset(actor, asset)
    holding = Holding.objects.filter(asset=found, person=person).first()
    own = actor.person == person
    hidden = person in assets.hidden_people(actor, of_django(connection), found.pk)
    if holding is None or (hidden and not own):
        raise NotFound("There is no recorded contact of this person with this asset.")
    refs = person_refs([person], at)
    merged = [found.pk, *Asset.objects.filter(merged_into=found).values_list("pk", flat=True)]
    identities = list(Identity.objects.filter(person=person).values_list("pk", flat=True))
    kinds = [kind for way in WAYS.values() for kind in way]
    events = ledger.events_behind(
        actor,
        of_django(connection),
        assets=merged,
        identities=identities,
        kinds=kinds,
        without_artifact=WITHOUT_ARTIFACT,
        page=page,
        size=EVENTS_PER_PAGE,
        total=contacts(holding).events,
    )
    return EvidencePage(
        asset=AssetRef(found.pk, found.name),
        person=refs[person],
        band=band(holding.held),
        freshness=freshness(holding.last_t, at, found.decay),
        contacts=contacts(holding),
        rows=evidence_rows(events.items, merged, at),
        pager=events.pager,
        last_t=holding.last_t,
        own=own,
        hidden=hidden,
    )


def evidence_rows(events: list[ledger.EventRecord], merged: list[int], at: Micros) -> tuple[EvidenceRow, ...]:
    titles = dict(Source.objects.filter(pk__in={event.source for event in events}).values_list("pk", "title"))
    others = dict(
        Identity.objects.filter(pk__in={event.other for event in events if event.other}).values_list("pk", "person")
    )
    refs = person_refs(set(others.values()), at)
    why = {source: discounts(source, events, merged) for source in titles}
    return tuple(
        EvidenceRow(
            sha=event.source_key,
            t=event.t,
            way=way_of(event.kind),  # type: ignore[arg-type]
            kind=event.kind,
            weight=event.weight / 1000,
            full_weight=FULL_WEIGHT.get(event.kind, 1.0),
            source=titles.get(event.source, ""),
            other=refs.get(others[event.other]) if event.other in others else None,
            discounts=why.get(event.source, {}).get(bytes.fromhex(event.source_key), ()) or lesser_part(event),
        )
        for event in events
    )


def lesser_part(event: ledger.EventRecord) -> tuple[str, ...]:
    """A review that was less than one, told by its weight: see `sources.git.events.WEIGHT`."""
    if event.kind not in FULL_WEIGHT or event.weight >= 500:
        return ()
    return ("passed it on: merged, committed or reported",) if event.weight <= 100 else ("acknowledged or tested it",)


def discounts(source: int, events: list[ledger.EventRecord], merged: list[int]) -> dict[bytes, tuple[str, ...]]:
    """Why events of a repository weigh less than in full; empty for sources of another kind."""
    shelf = settings.SECI_EVIDENCE_DIR / str(source)
    commits = [bytes.fromhex(event.source_key) for event in events if event.source == source]
    if not shelf.is_dir():
        return {}
    return git.discounts(of_django(connection), source, Evidence.load(shelf), commits, merged)


def way_of(kind: str) -> str:
    code = Kind[kind.upper()]
    return WAY_WORDS[next(way for way, kinds in WAYS.items() if code in kinds)]


def person_page(actor: Actor, person: int, at: Micros) -> PersonPage:
    """A person: whole for that person, and for everybody else only name, unit and function."""
    found = Person.objects.select_related("unit").filter(pk=person, merged_into=None).first()
    if found is None:
        raise NotFound(f"There is no person {person}.")
    own = actor.person == person
    ref = person_refs([person], at)[person]
    facts = PersonFacts(
        person=ref,
        unit=UnitRef(found.unit.pk, found.unit.name) if found.unit else None,
        function=found.function,
        starts_on=found.starts_on if own else None,
        leaves_on=found.leaves_on if own else None,
        identities=identities(person) if own or actor.is_at_least("lead") else (),
    )
    leads = actor.is_at_least("lead")
    may_split = leads and len(facts.identities) > 1
    if not own:
        return PersonPage(facts=facts, own=False, may_edit=leads, may_split=may_split, units=units())
    rows = own_rows(actor, person, at)
    last = max((row.last_t for row in rows), default=None)
    return PersonPage(
        facts=facts, own=True, may_edit=True, may_split=may_split, assets=rows, units=units(), last_t=last
    )


def own_rows(actor: Actor, person: int, at: Micros) -> tuple[OwnRow, ...]:
    """A person's own contact with every asset, by name of the asset."""
    rows = Holding.objects.filter(person=person, asset__in=assets_in_use()).select_related("asset")
    hidden = assets.hidden_assets(actor, of_django(connection), person)
    return tuple(
        OwnRow(
            asset=AssetRef(row.asset_id, row.asset.name),
            band=band(row.held),
            freshness=freshness(row.last_t, at, row.asset.decay),
            contacts=contacts(row),
            last_t=row.last_t,
            familiarity=Figure(row.familiarity, contacts(row).events),
            hidden=row.asset_id in hidden,
        )
        for row in rows.order_by("asset__name")
    )


def identities(person: int) -> tuple[IdentityRow, ...]:
    return tuple(
        IdentityRow(row.pk, row.name, row.email, rule_in_words(row.rule), row.confidence, row.confirmed)
        for row in Identity.objects.filter(person=person)
    )


def units() -> tuple[UnitRef, ...]:
    return tuple(UnitRef(unit.pk, unit.name) for unit in Unit.objects.all())
