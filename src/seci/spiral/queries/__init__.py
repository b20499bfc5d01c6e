"""Questions about assets, one function each, the actor first."""

from seci.spiral.queries.asset import asset_page, evidence, get_asset, layers_of, person_page
from seci.spiral.queries.base import asset_named, ended, person_named
from seci.spiral.queries.combining import combination
from seci.spiral.queries.departure import leave, replay, transfer
from seci.spiral.queries.risk import assets_that_need_you, organization_trend, risk, turns
from seci.spiral.queries.skill import asset_ability, own_abilities
from seci.spiral.queries.team import team
from seci.spiral.queries.who import holder_rows, who

__all__ = [
    "asset_ability",
    "asset_named",
    "asset_page",
    "assets_that_need_you",
    "combination",
    "ended",
    "evidence",
    "get_asset",
    "holder_rows",
    "layers_of",
    "leave",
    "organization_trend",
    "own_abilities",
    "person_named",
    "person_page",
    "replay",
    "risk",
    "team",
    "transfer",
    "turns",
    "who",
]
