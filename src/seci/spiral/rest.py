"""Who knows what, what is at risk, what we would have warned about, over REST: the same records as the pages show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Signed, sent
from seci.internalization.runs.queries import agreements
from seci.internalization.runs.views import AgreementRow
from seci.internalization.sittings.queries import open_tests
from seci.kit.clock import now
from seci.kit.database import of_django
from seci.spiral import queries
from seci.spiral.queries.combining import CombinationPage
from seci.spiral.queries.skill import AssetAbility, OwnAbility
from seci.spiral.queries.team import TeamPage
from seci.spiral.views import AssetPage, EvidencePage, MatrixPage, PersonPage, ReplayPage, RiskPage

router = Router(tags=["assets"])


@router.get("/who", auth=Signed("member"), summary="Assets and the people who had to do with them")
def who(
    request: HttpRequest,
    q: str = "",
    who: str = "",
    unit: int | None = None,
    topic: str = "",
    page: int = 1,
    people: int = 1,
) -> MatrixPage:
    found = queries.who(actor_of(request), now(), q=q, who=who, unit=unit, topic=topic, page=page, people_page=people)
    return sent(found)


@router.get("/assets/{asset}", auth=Signed("member"), summary="One asset: figures, who can help, files at risk, trend")
def asset(request: HttpRequest, asset: int) -> AssetPage:
    return sent(queries.asset_page(actor_of(request), asset, now()))


@router.get("/assets/{asset}/people/{person}", auth=Signed("member"), summary="The events behind one cell")
def evidence(request: HttpRequest, asset: int, person: int, page: int = 1) -> EvidencePage:
    return sent(queries.evidence(actor_of(request), asset, person, now(), page=page))


@router.get("/assets/{asset}/ability", auth=Signed("member"), summary="How many do it alone, from five people on")
def ability(request: HttpRequest, asset: int) -> AssetAbility:
    return sent(queries.asset_ability(actor_of(request), of_django(connection), asset, now()))


@router.get("/abilities", auth=Signed("member"), summary="What scored events say of oneself, asset by asset")
def abilities(request: HttpRequest) -> tuple[OwnAbility, ...]:
    return sent(queries.own_abilities(actor_of(request), of_django(connection), now()))


@router.get("/assets/{asset}/tests", auth=Signed("member"), summary="The test that each artifact's turn waits for")
def tests(request: HttpRequest, asset: int) -> list[dict[str, Any]]:
    actor = actor_of(request)
    return [one._asdict() for one in open_tests(actor, of_django(connection), queries.get_asset(actor, asset).pk)]


@router.get("/assets/{asset}/agreement", auth=Signed("member"), summary="How alike people decide, from five people on")
def agreement(request: HttpRequest, asset: int) -> tuple[AgreementRow, ...]:
    actor = actor_of(request)
    return sent(agreements(actor, of_django(connection), queries.get_asset(actor, asset).pk))


@router.get("/combination", auth=Signed("member"), summary="How well what is written is brought together")
def combination(request: HttpRequest, asset: int | None = None) -> CombinationPage:
    return sent(queries.combination(actor_of(request), of_django(connection), now(), asset))


@router.get("/units/{unit}/team", auth=Signed("member"), summary="What a unit of five or more does with what it knows")
def team(request: HttpRequest, unit: int, asset: int | None = None) -> TeamPage:
    return sent(queries.team(actor_of(request), of_django(connection), unit, now(), asset))


@router.get("/risk", auth=Signed("guest"), summary="Coverage, knowledge at risk and bus factor of every asset")
def risk(request: HttpRequest, q: str = "", only: str = "all", sort: str = "at_risk", page: int = 1) -> RiskPage:
    return sent(queries.risk(actor_of(request), now(), q=q, only=only, sort=sort, page=page))


@router.get("/leave/replay", auth=Signed("lead"), summary="What we would have warned about on a past day")
def replay(request: HttpRequest, on: date | None = None) -> ReplayPage:
    return sent(queries.replay(actor_of(request), now(), on))


@router.get("/people/{person}", auth=Signed("member"), summary="A person: whole for oneself, the head for others")
def person(request: HttpRequest, person: int) -> PersonPage:
    return sent(queries.person_page(actor_of(request), person, now()))
