"""On how few people an asset rests."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def concentration(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Concentration of the contact with each asset over the people who had any.

    entropy      Shannon, in bits: 0 when one person has it all
    gini         0 when all have the same, towards 1 when one has nearly all
    half_holders fewest people who together made half of the events (the absence factor)

    People with equally many events are one step of the ranking: there are a few steps for thousands of people, and
    nothing depends on who of them comes first.
    Returns asset, events, people (int64), entropy, gini (float64), half_holders (int64).
    """
    steps = (
        events.filter(~nw.col("asset").is_null())
        .group_by("asset", "actor")
        .agg(n=nw.len().cast(nw.Int64))
        .group_by("asset", "n")
        .agg(people=nw.len().cast(nw.Int64))
        .with_columns(all=nw.col("n") * nw.col("people"))
        .with_columns(
            total=nw.col("all").sum().over("asset").cast(nw.Int64),
            upto=nw.col("all").cum_sum().over("asset", order_by="n").cast(nw.Int64),
        )
    )
    return _readings(steps)


def _readings(steps: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    # With `below` the events of all lower steps, the running sums of the people of a step are below + n, below + 2 n
    # and so on. Twice the sum of all running sums gives the area under the Lorenz curve; a person is among the half
    # holders when the running sum up to and with this person is over half of all.
    n, people, total = nw.col("n"), nw.col("people"), nw.col("total")
    below = nw.col("upto") - nw.col("all")
    missing = (total - 2 * below) // (2 * n)
    share = n / total
    return (
        steps.with_columns(
            bits=-people * share * share.log(2.0),
            under=people * below + n * (people * (people + 1) // 2),
            holders=nw.when(total <= 2 * below)
            .then(people)
            .otherwise(nw.when(missing < people).then(people - missing).otherwise(nw.lit(0))),
        )
        .group_by("asset")
        .agg(
            events=nw.col("all").sum().cast(nw.Int64),
            people=nw.col("people").sum().cast(nw.Int64),
            entropy=nw.col("bits").sum(),
            under=nw.col("under").sum().cast(nw.Int64),
            half_holders=nw.col("holders").sum().cast(nw.Int64),
        )
        .with_columns(gini=1 + 1 / nw.col("people") - 2 * nw.col("under") / (nw.col("people") * nw.col("events")))
        .select("asset", "events", "people", "entropy", "gini", "half_holders")
    )
