"""`python -m benchmarks.gates`: who passes the pressure test, for learners whose true state is known.

Simulated learners answer sealed cases with a known kappa cold, under pressure and after 30 days; every sitting goes
through the gates of the product.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from seci.internalization.gates import PROFILES, Gate, Profile, SealedAnswer, judge

OPTIONS, RATES = ("a", "b", "c", "d"), (0.4, 0.3, 0.2, 0.1)
GATES = (Gate.COLD, Gate.PRESSURE, Gate.DELAY)
LEARNERS = {
    "internalized": (0.92, 0.88, 0.88),
    "good": (0.88, 0.84, 0.82),
    "borderline": (0.80, 0.75, 0.75),
    "collapses under pressure": (0.90, 0.50, 0.85),
    "crammer, gone after 30 days": (0.90, 0.85, 0.50),
    "only accepts": (0.55, 0.50, 0.50),
}


def sitting(draw: np.random.Generator, true_kappa: float, cases: int) -> list[SealedAnswer]:
    key = draw.choice(len(OPTIONS), cases, p=RATES)
    other = draw.choice(len(OPTIONS), cases, p=RATES)
    answers = np.where(draw.random(cases) < true_kappa, key, other)
    return [SealedAnswer(OPTIONS[one], OPTIONS[right]) for one, right in zip(answers, key, strict=True)]


def passes(draw: np.random.Generator, truths: tuple[float, ...], profile: Profile, sittings: int) -> bool:
    """Whether every gate is met, each within so many sittings with fresh cases."""
    return all(
        any(judge(gate, sitting(draw, truth, profile.cases[gate]), profile).met for _ in range(sittings))
        for gate, truth in zip(GATES, truths, strict=True)
    )


def measure(runs: int) -> dict[str, Any]:
    def share(truths: tuple[float, ...], profile: Profile, sittings: int) -> float:
        draw = np.random.default_rng(11)
        return round(sum(passes(draw, truths, profile, sittings) for _ in range(runs)) / runs, 4)

    return {
        "runs": runs,
        "passed": {
            name: {each.name: share(truths, each, 1) for each in PROFILES.values()}
            | {"standard, one retest": share(truths, PROFILES["standard"], 2)}
            for name, truths in LEARNERS.items()
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gates", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="400 learners of each kind instead of 4,000")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = measure(400 if given.quick else 4_000)
    if given.json:
        print(json.dumps(result))
        return 0
    columns = list(next(iter(result["passed"].values())))
    print(f"{result['runs']} learners of each kind, share that passes\n{'':30}" + "".join(f"{c:>22}" for c in columns))
    for name, row in result["passed"].items():
        print(f"{name:30}" + "".join(f"{row[column]:22.3f}" for column in columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
