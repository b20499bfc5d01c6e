"""What benchmarks over histories share at the door: read the arguments, print each history as it is done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from seci.kit.errors import SeciError


def over_histories(
    name: str,
    about: str,
    quick: str,
    measure: Callable[[list[Path], bool], Iterable[dict[str, Any]]],
    table: Callable[[dict[str, Any]], str],
) -> int:
    """Runs `measure(repositories, quick)` as `python -m benchmarks.<name>`; returns the exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about.splitlines()[0])
    parser.add_argument("repos", nargs="+", type=Path, metavar="REPO", help="a git repository")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help=quick)
    given = parser.parse_args()
    results = []
    try:
        for result in measure(given.repos, given.quick):
            results.append(result)
            if not given.json:
                print(table(result), flush=True)
    except SeciError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return error.exit_code
    if given.json:
        print(json.dumps(results))
    return 0
