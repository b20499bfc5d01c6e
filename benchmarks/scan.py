"""The whole of `seci scan`, from start-up to projections, beside `git log --raw` alone, in the same run.

    python -m benchmarks.scan REPO [--rounds 5] [--quick] --json

Each round times `git log --raw --no-renames` over the repository, then `seci scan` of it into a new instance, then
`seci scan` again after the last 200 commits of the main line have arrived (read off a copy that lacks them at
first). Printed are medians of wall seconds and of processor seconds of the whole process tree, and their ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LATE = 200


def timed(command: list[str], **environment: str) -> tuple[float, float]:
    """(wall, processor) seconds of a command and everything it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode(errors="replace"))
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent


def git(*arguments: str | Path) -> str:
    return subprocess.run(["git", *map(str, arguments)], check=True, capture_output=True, text=True).stdout.strip()


def measure(repository: Path, rounds: int) -> dict[str, Any]:
    raw, first, again, nothing = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.git"
        git("clone", "--quiet", "--bare", "--shared", repository, copy)
        tip = git("-C", copy, "rev-parse", "HEAD^{commit}")
        early = git("-C", copy, "rev-list", "--first-parent", f"--skip={LATE}", "-1", tip, "--")
        branch = git("-C", copy, "symbolic-ref", "HEAD")
        commits = int(git("-C", copy, "rev-list", "--count", tip, "--"))
        scan = [sys.executable, "-m", "seci", "scan", str(copy)]
        for number in range(rounds):
            data = Path(folder) / f"instance-{number}"
            git("-C", copy, "update-ref", branch, tip)
            raw.append(timed(["git", "-C", str(copy), "log", "--raw", "--no-renames", "--format=%H", tip, "--"]))
            first.append(timed(scan, SECI_DATA_DIR=str(data)))
            nothing.append(timed(scan, SECI_DATA_DIR=str(data)))
            shutil.rmtree(data)
            git("-C", copy, "update-ref", branch, early)
            timed(scan, SECI_DATA_DIR=str(data))
            git("-C", copy, "update-ref", branch, tip)
            again.append(timed(scan, SECI_DATA_DIR=str(data)))
            shutil.rmtree(data)

    def median(runs: list[tuple[float, float]]) -> dict[str, float]:
        return {
            "wall": round(statistics.median(run[0] for run in runs), 3),
            "cpu": round(statistics.median(run[1] for run in runs), 3),
        }

    found = {"raw": median(raw), "scan": median(first), "200_new": median(again), "nothing_new": median(nothing)}
    return {
        "repository": repository.name if repository.name != "repo" else repository.parent.name,
        "commits": commits,
        "rounds": rounds,
        **found,
        "scan_over_raw_wall": round(found["scan"]["wall"] / found["raw"]["wall"], 2),
        "scan_over_raw_cpu": round(found["scan"]["cpu"] / found["raw"]["cpu"], 2),
        "scan_less_1_5_over_raw_wall": round((found["scan"]["wall"] - 1.5) / found["raw"]["wall"], 2),
        "targets": {"scan_less_1_5_over_raw_wall": 3.0, "200_new_wall": 1.5},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    results = [measure(path, 1 if asked.quick else asked.rounds) for path in asked.repositories]
    if asked.json:
        print(json.dumps(results, indent=2))
        return
    for each in results:
        print(
            f"{each['repository']}: scan {each['scan']['wall']} s, {each['scan_over_raw_wall']} x git log --raw; "
            f"200 new commits {each['200_new']['wall']} s; nothing new {each['nothing_new']['wall']} s"
        )


if __name__ == "__main__":
    main()
