"""Questions about assets, one function each, the actor first."""

from seci.spiral.queries.departure import leave, replay
from seci.spiral.queries.risk import assets_that_need_you, organization_trend, risk, turns
from seci.spiral.queries.who import holder_rows, who

__all__ = [
    "assets_that_need_you",
    "holder_rows",
    "leave",
    "organization_trend",
    "replay",
    "risk",
    "turns",
    "who",
]
