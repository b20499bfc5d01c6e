"""`python -m benchmarks [--quick] [NAME...]`: every benchmark, one JSON line each.

Those that read histories are given this repository; for the figures of the documents, run them on the histories
named there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent


def names() -> list[str]:
    """Modules of this folder that can be run: those with a `main`."""
    return sorted(path.stem for path in HERE.glob("[!_]*.py") if "def main(" in path.read_text())


def wants_repository(name: str) -> bool:
    return "REPO" in (HERE / f"{name}.py").read_text().split('"""')[1]


def run(name: str, quick: bool) -> bool:
    arguments = [*([str(REPOSITORY)] if wants_repository(name) else []), "--json", *(["--quick"] if quick else [])]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    if done.returncode == 0:
        print(json.dumps({"benchmark": name, "result": json.loads(done.stdout)}), flush=True)
    else:
        sys.stderr.write(f"benchmarks.{name} ended with {done.returncode}.\n")
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="at most 40 seconds each")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all when none is given")
    given = parser.parse_args()
    # One that fails does not keep the others from running.
    done = [run(name, given.quick) for name in given.names or names()]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
