"""The five kernels over a large ledger: the portable expressions beside SQL written by hand, both run by DuckDB.

    python -m benchmarks.kernels [--events 10000000] [--json] [--quick]

Synthetic events of three years in monthly Parquet segments as the ledger seals them: 100,000 people in teams of ten,
50,000 assets, five of them each team's own; 70 % of the events stay with the team's assets; people and assets are
used very unequally. With fewer events people and assets shrink in proportion.

Each kernel runs on one thread (two cost a fifth more processor time) in a process of its own over all its
result columns, which are summed up so that nothing can be left
out; both ways must say the same (whole numbers equal, floats within 1e-9). Processor seconds and peak memory are of
the kernel, the latter with the process around it.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from seci.kit.clock import DAY, stopwatch
from seci.ledger import kernels

MONTHS = 36
FIRST_DAY = 19_000
LAST = (FIRST_DAY + 30 * MONTHS) * DAY
RATE = math.log(2) / (90 * DAY)
PEOPLE_PER_EVENT, TEAM, OWN_ASSETS = 0.01, 10, 5

PORTABLE: dict[str, Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]] = {
    "familiarity": partial(kernels.familiarity, at=LAST),
    "weekly_modes": kernels.weekly_modes,
    "concentration": kernels.concentration,
    "lead_times": kernels.lead_times,
    "ties": kernels.ties,
}

BY_HAND = {
    "familiarity": f"""
        SELECT actor, asset, count(*) AS events, max(t) AS last,
            sum(round(weight * exp((t - {LAST}) * {RATE}) * 1000000)::BIGINT)::BIGINT AS familiarity
        FROM events WHERE asset IS NOT NULL GROUP BY actor, asset""",
    "weekly_modes": """
        SELECT asset, week, mode, count(*) AS events FROM events
        WHERE asset IS NOT NULL AND mode IS NOT NULL GROUP BY asset, week, mode""",
    "concentration": """
        WITH shares AS (
            SELECT asset, actor, count(*) AS n FROM events WHERE asset IS NOT NULL GROUP BY asset, actor
        ), running AS (
            SELECT asset, n, sum(n) OVER (PARTITION BY asset) AS total, sum(n) OVER (
                PARTITION BY asset ORDER BY n, actor ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS before FROM shares
        )
        SELECT asset, sum(n)::BIGINT AS events, count(*) AS people, -sum(n / total * log2(n / total)) AS entropy,
            1 + 1 / count(*) - 2 * sum(before)::BIGINT / (count(*) * sum(n)::BIGINT) AS gini,
            count(*) FILTER (2 * before > total) AS half_holders
        FROM running GROUP BY asset""",
    "lead_times": """
        WITH first AS (
            SELECT asset, min(t) AS articulated FROM events WHERE mode = 1 AND asset IS NOT NULL GROUP BY asset
        )
        SELECT asset, first.articulated AS articulated, min(t) AS practiced, min(t) - first.articulated AS lead
        FROM events JOIN first USING (asset) WHERE mode = 3 AND t > first.articulated
        GROUP BY asset, first.articulated""",
    "ties": """
        WITH dyads AS (
            SELECT least(actor, other) AS low, greatest(actor, other) AS high,
                count(*) FILTER (actor < other) AS forth, count(*) FILTER (actor > other) AS back,
                sum(weight)::BIGINT AS weight, max(t) AS last
            FROM events WHERE other IS NOT NULL AND actor <> other GROUP BY 1, 2
        )
        SELECT *, CASE WHEN forth < back THEN forth / back ELSE back / forth END AS reciprocity FROM dyads""",
}


def generate(folder: Path, n: int) -> None:
    """Monthly segments with the columns, types and order that the ledger seals."""
    draw = np.random.default_rng(11)
    people = max(TEAM, int(n * PEOPLE_PER_EVENT))
    assets = people // TEAM * OWN_ASSETS
    for month in range(MONTHS):
        size = n // MONTHS + (month < n % MONTHS)
        # The exponents give the inequality: the busiest percent of people makes about a tenth of the events.
        actor = np.minimum((people * draw.random(size) ** 2.0).astype(np.int64), people - 1)
        team = actor // TEAM
        own = team * OWN_ASSETS + (OWN_ASSETS * draw.random(size) ** 1.5).astype(np.int64)
        foreign = np.minimum((assets * draw.random(size) ** 3.0).astype(np.int64), assets - 1)
        asset = np.where(draw.random(size) < 0.7, own, foreign)
        mate = team * TEAM + draw.integers(0, TEAM, size)
        stranger = np.minimum((people * draw.random(size) ** 2.0).astype(np.int64), people - 1)
        other = np.where(draw.random(size) < 0.8, mate, stranger)
        alone = draw.random(size) < 0.6
        mode = draw.choice(4, size, p=[0.4, 0.15, 0.1, 0.35])
        t = (FIRST_DAY + 30 * month) * DAY + draw.integers(0, 30 * DAY, size)
        order = np.lexsort((t, asset))
        table = pa.table(
            {
                "t": pa.array(t[order], pa.int64()),
                "week": pa.array(t[order] // (7 * DAY), pa.int32()),
                "actor": pa.array(actor[order] + 1, pa.int32()),
                "other": pa.array(other[order] + 1, pa.int32(), mask=alone[order]),
                "asset": pa.array(asset[order] + 1, pa.int32()),
                "mode": pa.array(mode[order], pa.int8()),
                "weight": pa.array(draw.integers(100, 3_000, size), pa.int32()),
            }
        )
        pq.write_table(table, folder / f"month={month:03}.parquet", compression="zstd", row_group_size=500_000)


def summary_of(columns: list[str]) -> str:
    return ", ".join(["count(*)", *(f"sum({column})" for column in columns)])


def run_one(folder: Path, kernel: str, way: str) -> dict[str, Any]:
    """One kernel, in this process; `way` is portable or by_hand."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1; SET memory_limit = '800MB'; SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
    connection.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet('{folder}/month=*.parquet')")
    before, wall = resource.getrusage(resource.RUSAGE_SELF), stopwatch()
    if way == "portable":
        result = PORTABLE[kernel](nw.from_native(connection.table("events"))).to_native()
    else:
        result = connection.sql(BY_HAND[kernel])
    columns = sorted(result.columns)
    sums = result.aggregate(summary_of(columns)).fetchall()[0]
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": stopwatch() - wall,
        "cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak_gb": after.ru_maxrss / 1e6,
        "rows": sums[0],
        "sums": {
            name: int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)
            for name, value in zip(columns, sums[1:], strict=True)
        },
    }


def in_a_process(folder: Path, kernel: str, way: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.kernels", "--one", str(folder), kernel, way]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["rows"] == other["rows"] and all(
        value == other["sums"][name]
        if isinstance(value, int)
        else math.isclose(value, other["sums"][name], rel_tol=1e-9)
        for name, value in one["sums"].items()
    )


def bench(n: int) -> dict[str, Any]:
    rows = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, n)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
        for kernel in PORTABLE:
            by_hand = in_a_process(folder, kernel, "by_hand")
            portable = in_a_process(folder, kernel, "portable")
            rows[kernel] = {
                "rows": portable["rows"],
                "equal": agree(portable, by_hand),
                **{
                    f"{way}_{measure}": round(result[measure], 3)
                    for way, result in (("portable", portable), ("by_hand", by_hand))
                    for measure in ("cpu_seconds", "seconds", "peak_gb")
                },
            }
    total = {way: round(sum(row[f"{way}_cpu_seconds"] for row in rows.values()), 3) for way in ("portable", "by_hand")}
    return {
        "events": n,
        "bytes_per_event": round(size / n, 1),
        "kernels": rows,
        "portable_cpu_seconds": total["portable"],
        "by_hand_cpu_seconds": total["by_hand"],
        "ratio": round(total["portable"] / total["by_hand"], 2),
        "peak_gb": max(row["portable_peak_gb"] for row in rows.values()),
        "all_equal": all(row["equal"] for row in rows.values()),
        "targets": {"events": 10_000_000, "portable_cpu_seconds": 7.0, "peak_gb": 1.0},
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernels", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--quick", action="store_true", help="1,000,000 events")
    parser.add_argument("--json", action="store_true", help="print data as JSON")
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "KERNEL", "WAY"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        folder, kernel, way = given.one
        print(json.dumps(run_one(Path(folder), kernel, way)))
        return 0
    result = bench(1_000_000 if given.quick else given.events)
    if given.json:
        print(json.dumps(result))
    else:
        for kernel, row in result["kernels"].items():
            print(
                f"{kernel:14} {row['rows']:>10,} rows  portable {row['portable_cpu_seconds']:6.2f} CPU-s "
                f"{row['portable_peak_gb']:.2f} GB  by hand {row['by_hand_cpu_seconds']:6.2f} CPU-s "
                f"{row['by_hand_peak_gb']:.2f} GB  {'equal' if row['equal'] else 'DIFFERENT'}"
            )
        print(
            f"all five: portable {result['portable_cpu_seconds']} CPU-s, by hand {result['by_hand_cpu_seconds']} CPU-s"
        )
    return 0 if result["all_equal"] else 1


if __name__ == "__main__":
    sys.exit(main())
