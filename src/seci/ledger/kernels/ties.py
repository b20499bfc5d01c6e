"""Who works with whom, and whether it goes both ways."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def ties(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The tie between each two people, in both directions together.

    forth, back   events from the lower id to the higher, and the other way
    weight        sum of the weights of both
    reciprocity   smaller of forth and back over the larger: 0 one way, 1 even

    Returns low, high, forth, back, weight, last (int64 each), reciprocity (float64).
    """
    a, b = nw.col("actor"), nw.col("other")
    return (
        events.filter(~b.is_null(), a != b)
        .select(
            nw.when(a < b).then(a).otherwise(b).alias("low"),
            nw.when(a < b).then(b).otherwise(a).alias("high"),
            nw.when(a < b).then(nw.lit(1)).otherwise(nw.lit(0)).alias("up"),
            "weight",
            "t",
        )
        .group_by("low", "high")
        .agg(
            forth=nw.col("up").sum().cast(nw.Int64),
            both=nw.len().cast(nw.Int64),
            weight=nw.col("weight").sum().cast(nw.Int64),
            last=nw.col("t").max(),
        )
        .with_columns(back=nw.col("both") - nw.col("forth"))
        .with_columns(
            reciprocity=nw.when(nw.col("forth") < nw.col("back"))
            .then(nw.col("forth") / nw.col("back"))
            .otherwise(nw.col("back") / nw.col("forth"))
        )
        .select("low", "high", "forth", "back", "weight", "last", "reciprocity")
    )
