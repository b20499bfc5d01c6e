"""Analytics over the whole ledger as portable expressions: one text, equal results on every engine.

A kernel is a function from a lazy frame of events to a lazy frame of results, written in Narwhals (`stable.v2`) and
run by DuckDB here, by Polars or Spark elsewhere. The columns of events are those of a sealed segment:

    t       microseconds since the epoch, UTC, int64
    week    t // 604 800 000 000, whole weeks since the epoch (they begin on a Thursday)
    actor, other, asset   ids; null is nothing
    mode    0 S, 1 E, 2 C, 3 I; null for kinds of no mode
    weight  thousandths

The dialect that all engines share: no timestamps and no date functions, `//` instead of `/` on integers, sums cast
to int64 (one engine gives floats), a total order wherever order matters, quantiles linear. A sum of floats depends on
the order of adding; where a result is compared or signed it is a sum of rounded integers (`MICRO`).
"""

from seci.ledger.kernels.concentration import concentration
from seci.ledger.kernels.familiarity import familiarity
from seci.ledger.kernels.lead_time import lead_times
from seci.ledger.kernels.ties import ties
from seci.ledger.kernels.weeks import weekly_modes

__all__ = ["concentration", "familiarity", "lead_times", "ties", "weekly_modes"]
