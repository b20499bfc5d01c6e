"""`python -m benchmarks.kappa`: how often the lower bound of kappa is right, at small n.

Simulated raters with a known kappa: with that chance they say what the key says, else they draw from the base rates.
Side by side: our Wilson-type bound and the usual asymptotic one (Cohen 1960; Fleiss, Cohen and Everitt 1969 in its
simple form).
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.internalization.kappa import Z, kappa

SIZES = (15, 20, 30, 40, 60, 100)
TRUTHS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
BASE_RATES = {
    "2 even": (0.5, 0.5),
    "2 skewed": (0.8, 0.2),
    "4 even": (0.25,) * 4,
    "4 skewed": (0.4, 0.3, 0.2, 0.1),
    "4 very skewed": (0.7, 0.1, 0.1, 0.1),
}
Floats = npt.NDArray[np.float64]


def drawn(n: int, truth: float, base: tuple[float, ...], runs: int, seed: int) -> tuple[Floats, Floats]:
    """Agreement and chance agreement of each run."""
    draw = np.random.default_rng(seed)
    options = len(base)
    key = draw.choice(options, (runs, n), p=base)
    answers = np.where(draw.random((runs, n)) < truth, key, draw.choice(options, (runs, n), p=base))
    margins = [(key == option).mean(axis=1) * (answers == option).mean(axis=1) for option in range(options)]
    return (key == answers).mean(axis=1), np.sum(margins, axis=0)


def ours(agreement: Floats, chance: Floats, n: int) -> Floats:
    low = (agreement + Z * Z / (2 * n) - Z * np.sqrt(agreement * (1 - agreement) / n + Z * Z / (4 * n * n))) / (
        1 + Z * Z / n
    )
    return (np.maximum(low, 0) - chance) / (1 - chance)


def asymptotic(agreement: Floats, chance: Floats, n: int) -> Floats:
    error = np.sqrt(agreement * (1 - agreement) / n) / (1 - chance)
    return (agreement - chance) / (1 - chance) - Z * error


def measure(runs: int) -> dict[str, Any]:
    rows = []
    for (name, base), n, truth in product(BASE_RATES.items(), SIZES, TRUTHS):
        agreement, chance = drawn(n, truth, base, runs, seed=n)
        told = chance < 1
        covered = [
            round(float((bound(agreement[told], chance[told], n) <= truth).mean()), 4) for bound in (ours, asymptotic)
        ]
        rows.append({"base rates": name, "n": n, "kappa": truth, "ours": covered[0], "asymptotic": covered[1]})
    worst = {bound: min(rows, key=lambda row: float(str(row[bound]))) for bound in ("ours", "asymptotic")}
    return {"settings": len(rows), "runs": runs, "same as the product": same(), "worst": worst, "rows": rows}


def same() -> bool:
    """Whether the arithmetic above is that of `seci.internalization.kappa`."""
    draw = np.random.default_rng(5)
    for _ in range(50):
        key, answers = draw.integers(0, 3, (2, 25))
        product_says = kappa([str(v) for v in answers], [str(v) for v in key])
        margins = sum((key == o).mean() * (answers == o).mean() for o in range(3))
        here = ours(np.array([(key == answers).mean()]), np.array([margins]), 25)[0]
        if product_says is None or product_says.lower is None or abs(product_says.lower - here) > 1e-12:
            return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kappa", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2,000 runs of each setting instead of 20,000")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = measure(2_000 if given.quick else 20_000)
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"{result['settings']} settings, {result['runs']} runs each; the bound should be right in .95 of them")
    for bound, row in result["worst"].items():
        print(f"worst of {bound:11} {row[bound]:.3f}  ({row['base rates']}, n = {row['n']}, kappa {row['kappa']})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
