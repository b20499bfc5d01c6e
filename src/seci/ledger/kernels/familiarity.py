"""Who has had to do with what, and how recently."""

from __future__ import annotations

import math
from typing import Any

import narwhals.stable.v2 as nw

from seci.kit.clock import DAY, Micros

MICRO = 1_000_000


def familiarity(events: nw.LazyFrame[Any], at: Micros, half_life_days: float = 90.0) -> nw.LazyFrame[Any]:
    """Decayed contact of each person with each asset.

    familiarity = Σ weight · 2^(−(at − t) / half-life), in millionths of a thousandth, rounded event by event, so
    that adding the events up in any order gives the same whole number.

    Returns actor, asset, familiarity (int64), events, last (int64 µs).
    """
    rate = math.log(2.0) / (half_life_days * DAY)
    return (
        events.filter(~nw.col("asset").is_null())
        .with_columns(part=(nw.col("weight") * ((nw.col("t") - at) * rate).exp() * MICRO).round().cast(nw.Int64))
        .group_by("actor", "asset")
        .agg(
            familiarity=nw.col("part").sum().cast(nw.Int64),
            events=nw.len().cast(nw.Int64),
            last=nw.col("t").max(),
        )
    )
