"""How long it takes from writing knowledge down until someone practices it."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from seci.ledger.kinds import Mode


def lead_times(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """For each asset the first externalization and the first internalization after it.

    Returns asset, articulated, practiced, lead (int64 µs each). Assets that lack either have no row: their lead
    time is unknown, and those still waiting are censored, not zero.
    """
    about = events.filter(~nw.col("asset").is_null())
    first = (
        about.filter(nw.col("mode") == int(Mode.EXTERNALIZATION)).group_by("asset").agg(articulated=nw.col("t").min())
    )
    practice = about.filter(nw.col("mode") == int(Mode.INTERNALIZATION)).select("asset", "t")
    return (
        practice.join(first, on="asset", how="inner")
        .filter(nw.col("t") > nw.col("articulated"))
        .group_by("asset")
        .agg(articulated=nw.col("articulated").min(), practiced=nw.col("t").min())
        .with_columns(lead=nw.col("practiced") - nw.col("articulated"))
    )
