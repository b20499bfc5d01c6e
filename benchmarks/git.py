"""How fast a history becomes evidence, beside `git log --raw` and PyDriller in the same run.

python -m benchmarks.git REPO... [--quick] [--json]

raw          `git log --raw` alone: commits a second of what no reader of diffs can beat on one core
evidence     history -> Parquet, in a new process (start-up and imports included) and in one that has already
             imported the libraries, as the worker of an instance has
ratio        time of evidence / time of raw; interleaved rounds, medians
pydriller    its names-only walk (`modified_files` of each commit) over sampled commits
memory_mb    largest sum over this reader and its gits, shared pages counted once (Linux; null elsewhere)
increment_s  the evidence part of a re-scan after the last 200 main-line commits, in a new process that has
             imported the reader alone
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from benchmarks.evidence import as_of, git

FORMAT = "%H%n%P%n%aN%n%aE%n%at%n%cN%n%cE%n%ct%n%B"
RAW = ["log", "--raw", "--no-renames", "--no-abbrev", "-z", "--reverse", f"--format={FORMAT}"]
BEHIND = 200
TARGETS = {"ratio_pydriller": 100.0, "memory_mb": 600.0, "increment_s": 0.1}

READ = """
import json, sys, time
from pathlib import Path
started = time.perf_counter()
from seci.sources.git.evidence import read
ready = time.perf_counter()
found = read(Path(sys.argv[1]), Path(sys.argv[2]))
print(json.dumps([time.perf_counter() - ready, time.perf_counter() - started, found.new]))
"""


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and on the processors, own and children's."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Result:
    repository: str
    commits: int
    rounds: int
    raw_per_s: float
    evidence_per_s: float
    evidence_per_s_new_process: float
    ratio_raw: float
    ratio_raw_new_process: float
    ratio_raw_cpu: float
    pydriller_per_s: float
    pydriller_sample: int
    ratio_pydriller: float
    memory_mb: float | None
    increment_commits: int
    increment_s: float
    increment_with_imports_s: float


def spent(work: Callable[[], object]) -> Spent:
    before, started = _cpu(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - started, _cpu() - before)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def raw_log(repo: Path, tip: str) -> None:
    subprocess.run(["git", "-C", str(repo), *RAW, tip, "--"], stdout=subprocess.DEVNULL, check=True)


def in_new_process(repo: Path, store: Path) -> tuple[float, float, int]:
    """(seconds of reading, the same with imports, new commits)"""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(repo), str(store)],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    reading, whole, new = json.loads(done.stdout)
    return reading, whole, new


def memory_mb(work: Callable[[], object]) -> float | None:
    """The largest memory of this process's children while `work` runs, sampled fifty times a second."""
    if not Path("/proc/self/smaps_rollup").exists():
        work()
        return None
    largest, done = 0, Event()

    def watch() -> None:
        nonlocal largest
        while not done.wait(0.02):
            largest = max(largest, sum(map(_proportional, _descendants(os.getpid()))))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return largest / 1024


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            found += [child, *_descendants(child)]
    return found


def _proportional(pid: int) -> int:
    """Kilobytes of a process, pages that others share counted in part."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


def pydriller_per_s(repo: Path, tip: str, sample: int) -> float:
    # One of its libraries puts the folder of the program first on the path: there this module is called git too.
    importlib.import_module("git")
    from pydriller import Git

    commits = git(repo, "rev-list", "--no-merges", tip, "--").split()
    chosen = commits[:: max(1, len(commits) // sample)][:sample]
    walker = Git(str(repo))
    started = time.perf_counter()
    for commit in chosen:
        for file in walker.get_commit(commit).modified_files:
            _ = file.new_path
    return len(chosen) / (time.perf_counter() - started)


def increment(repo: Path, tip: str, rounds: int, folder: Path) -> tuple[int, float, float]:
    """(new commits, seconds, seconds with imports) of a read after the last main-line commits."""
    line = git(repo, "rev-list", "--first-parent", f"--max-count={BEHIND + 1}", tip, "--").split()
    past = as_of(repo, line[-1], folder / "past")
    reads = []
    for n in range(rounds):
        git(past, "update-ref", "HEAD", line[-1])
        in_new_process(past, folder / f"past-{n}")
        git(past, "update-ref", "HEAD", tip)
        reads.append(in_new_process(past, folder / f"past-{n}"))
    new = reads[0][2]
    return new, statistics.median(read[0] for read in reads), statistics.median(read[1] for read in reads)


def measure(repo: Path, quick: bool) -> Result:
    import pyarrow.parquet  # noqa: F401 (so that the warm rounds are warm)

    from seci.sources.git.evidence import read

    tip = git(repo, "rev-parse", "HEAD").split()[0]
    commits = int(git(repo, "rev-list", "--count", tip, "--"))
    large = commits > 30_000
    rounds = (1 if large else 3) if quick else 5
    raws, warms, colds = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(rounds):
            raws.append(spent(lambda: raw_log(repo, tip)))
            warms.append(spent(lambda n=n: read(repo, folder / f"warm-{n}")))
            colds.append(spent(lambda n=n: in_new_process(repo, folder / f"cold-{n}")))
        memory = memory_mb(lambda: in_new_process(repo, folder / "memory"))
        new, seconds, with_imports = increment(repo, tip, 1 if quick and large else rounds, folder)
        sample = 30 if quick else 200
        # A bare folder without a configuration of its own would mislead PyDriller's git.
        driller = pydriller_per_s(as_of(repo, tip, folder / "driller"), tip, sample)
    raw, warm, cold = (statistics.median(each.wall for each in runs) for runs in (raws, warms, colds))
    raw_cpu, warm_cpu = (statistics.median(each.cpu for each in runs) for runs in (raws, warms))
    return Result(
        repository=repo.resolve().parent.name if repo.name in ("repo", ".git") else repo.resolve().name,
        commits=commits,
        rounds=rounds,
        raw_per_s=commits / raw,
        evidence_per_s=commits / warm,
        evidence_per_s_new_process=commits / cold,
        ratio_raw=warm / raw,
        ratio_raw_new_process=cold / raw,
        ratio_raw_cpu=warm_cpu / raw_cpu,
        pydriller_per_s=driller,
        pydriller_sample=sample,
        ratio_pydriller=commits / warm / driller,
        memory_mb=memory,
        increment_commits=new,
        increment_s=seconds,
        increment_with_imports_s=with_imports,
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.git", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: at most 40 seconds")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    given = parser.parse_args()
    results = [asdict(measure(repo, given.quick)) for repo in given.repositories]
    rounded = [
        {name: round(value, 3) if isinstance(value, float) else value for name, value in result.items()}
        for result in results
    ]
    if given.json:
        print(json.dumps({"results": rounded, "targets": TARGETS}))
        return 0
    for result in rounded:
        for name, value in result.items():
            print(f"{name:28} {value}")
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
