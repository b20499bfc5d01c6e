"""How much of each mode happens on an asset, week by week."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def weekly_modes(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Events of each mode per asset and week.

    Returns asset, week, mode, events (int64). Weeks without an event have no row: nothing seen is not zero seen.
    """
    return (
        events.filter(~nw.col("asset").is_null(), ~nw.col("mode").is_null())
        .group_by("asset", "week", "mode")
        .agg(events=nw.len().cast(nw.Int64))
    )
