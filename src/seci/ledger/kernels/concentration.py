"""On how few people an asset rests."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def concentration(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Concentration of the contact with each asset over the people who had any.

    entropy      Shannon, in bits: 0 when one person has it all
    gini         0 when all have the same, towards 1 when one has nearly all
    half_holders fewest people who together made half of the events (the absence factor)

    Ties in the ranking are broken by the id of the person, so that every engine ranks alike.
    Returns asset, events, people (int64), entropy, gini (float64), half_holders (int64).
    """
    return _readings(
        events.filter(~nw.col("asset").is_null())
        .group_by("asset", "actor")
        .agg(n=nw.len().cast(nw.Int64))
        .with_columns(
            total=nw.col("n").sum().over("asset").cast(nw.Int64),
            before=(nw.col("n").cum_sum(reverse=False).over("asset", order_by=["n", "actor"])).cast(nw.Int64),
        )
    )


def _readings(shares: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    # In ascending order, `before` is the running sum up to and with this person. Twice the sum of all running sums
    # gives the area under the Lorenz curve; a person is among the half holders while what lies below them is not
    # yet half of all.
    share = nw.col("n") / nw.col("total")
    return (
        shares.with_columns(
            bits=-share * share.log(2.0),
            holder=nw.when(2 * nw.col("before") > nw.col("total")).then(nw.lit(1)).otherwise(nw.lit(0)),
        )
        .group_by("asset")
        .agg(
            events=nw.col("n").sum().cast(nw.Int64),
            people=nw.len().cast(nw.Int64),
            entropy=nw.col("bits").sum(),
            under=nw.col("before").sum().cast(nw.Int64),
            half_holders=nw.col("holder").sum().cast(nw.Int64),
        )
        .with_columns(gini=1 + 1 / nw.col("people") - 2 * nw.col("under") / (nw.col("people") * nw.col("events")))
        .select("asset", "events", "people", "entropy", "gini", "half_holders")
    )
