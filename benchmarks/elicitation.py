"""How many questions until the artifact agrees with the expert? Simulated experts with hidden policies.

Every question costs one, audits and repeats too; agreement is with the expert's policy without slips, on cases held
out. Human-like policies are fast-and-frugal trees, rules with exceptions, and weights; apart from them a tree of seven
splits (the worst case), three outcomes, missing values, and experts whose looks are not seen. Beside it a plain
decision tree (CART) on cases by chance, judged by the same expert.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402

from benchmarks.elicitation_worlds import HUMAN_LIKE, KINDS, SETS, World, random_choice, world  # noqa: E402
from seci.cases.case import Judgement  # noqa: E402
from seci.externalization.induction import choose, induce  # noqa: E402
from seci.externalization.measuring.convergence import converge  # noqa: E402
from seci.kit.ids import seeded  # noqa: E402

QUESTIONS = 120
FRESH = 2_000_000
"""Seeds from here on were not looked at while the learner was made."""


@dataclass(slots=True)
class Run:
    """One world: agreement and kappa after each question (from the first on), of ours and of the baseline."""

    world: str
    kind: str
    ours: list[float] = field(default_factory=list)
    kappa: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)
    stopped: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One world to run. board: whether the expert judges on the reveal board, so that looks are seen."""

    of: str
    kind: str
    seed: object
    questions: int
    outcomes: int = 2
    missing: float = 0.0
    board: bool = True


def run(asked: Asked) -> Run:
    one = world(asked.of, asked.kind, asked.seed, outcomes=asked.outcomes, missing=asked.missing)
    done = Run(one.name, asked.kind)
    _ours(one, done, asked)
    _baseline(one, done, asked.questions)
    return done


def _ours(one: World, done: Run, asked: Asked) -> None:
    judged: list[Judgement] = []
    history: list[list[str]] = []
    for n in range(asked.questions):
        choice = choose(one.attributes, one.outcomes, one.pool, judged, seed=one.seed)
        judged.append(one.judge(choice, n, board=asked.board))
        made = induce(one.attributes, one.outcomes, judged, seed=one.seed)
        answers = made.predict(one.held_out)
        done.ours.append(_agreement(answers, one.truth))
        done.kappa.append(_kappa(answers, one.truth))
        history = [*history[-8:], made.predict(one.pool)]
        if done.stopped is None and converge(judged, history).may_stop:
            done.stopped = n + 1


def _baseline(one: World, done: Run, questions: int) -> None:
    from sklearn.tree import DecisionTreeClassifier

    judged = [one.judge(random_choice(one, n), n) for n in range(questions)]
    table = _one_hot(one, [j.case for j in judged])
    held_out = _one_hot(one, list(one.held_out))
    for n in range(1, questions + 1):
        tree = DecisionTreeClassifier(min_samples_leaf=2, random_state=0)
        tree.fit(table[:n], [j.outcome for j in judged[:n]])
        done.baseline.append(_agreement(tree.predict(held_out).tolist(), one.truth))


def _one_hot(one: World, cases: list[Any]) -> np.typing.NDArray[np.float64]:
    rows = np.array([one.row(case) for case in cases])
    columns = []
    for j, attribute in enumerate(one.attributes):
        if attribute.type == "category":
            columns += [(rows[:, j] == level).astype(float) for level in range(len(attribute.levels))]
        else:
            columns.append(rows[:, j])
    return np.stack(columns, axis=1)


def _agreement(answers: list[str], truth: tuple[str, ...]) -> float:
    return float(np.mean([a == b for a, b in zip(answers, truth, strict=True)]))


def _kappa(answers: list[str], truth: tuple[str, ...]) -> float:
    chance = sum(np.mean([a == o for a in answers]) * np.mean([b == o for b in truth]) for o in set(truth))
    return float((_agreement(answers, truth) - chance) / (1 - chance))


def reached(curve: list[float], mark: float) -> int | None:
    """The first question from which three agreements in a row are at the mark or above; None is never."""
    for n in range(len(curve) - 2):
        if min(curve[n : n + 3]) >= mark:
            return n + 1
    return None


def summary(runs: list[Run]) -> dict[str, Any]:
    """Figures over worlds; medians count worlds that never reach the mark as beyond the last question."""
    found: dict[str, Any] = {"worlds": len(runs)}
    last = len(runs[0].ours)
    for name, curves in (("ours", [r.ours for r in runs]), ("baseline", [r.baseline for r in runs])):
        part: dict[str, Any] = {}
        for mark in (0.9, 0.95):
            at = [reached(curve, mark) for curve in curves]
            median = float(np.median([float("inf") if one is None else one for one in at]))
            part[f"to_{mark:.0%}"] = {
                "median": median if median <= last else None, "reached": float(np.mean([a is not None for a in at])),
            }  # fmt: skip
        part["agreement"] = {q: float(np.mean([c[q - 1] for c in curves])) for q in (20, 40, 60, 80, 120) if q <= last}
        found[name] = part
    found["kappa_at_60"] = float(np.mean([r.kappa[59] for r in runs])) if last >= 60 else None
    found["points_over_baseline"] = {
        q: _interval([100 * (r.ours[q - 1] - r.baseline[q - 1]) for r in runs]) for q in (40, 60, 120) if q <= last
    }
    stops = [(r.stopped, r.ours[r.stopped - 1]) for r in runs if r.stopped]
    found["stops"] = {
        "n": len(stops), "median": float(np.median([at for at, _ in stops])) if stops else None,
        "below_85": float(np.mean([agree < 0.85 for _, agree in stops])) if stops else None,
    }  # fmt: skip
    return found


def _interval(values: list[float]) -> tuple[float, float, float]:
    """Mean and 95 % interval by bootstrap over worlds."""
    draw = np.random.Generator(np.random.PCG64(seeded("bootstrap", len(values)).getrandbits(64)))
    means = np.array(values)[draw.integers(len(values), size=(4000, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(np.mean(values)), float(low), float(high)


def table(name: str, of: dict[str, Any]) -> str:
    lines = [f"{name}: {of['worlds']} worlds"]
    for who in ("ours", "baseline"):
        part = of[who]
        marks = ", ".join(
            f"{mark.removeprefix('to_')} after {part[mark]['median'] or 'more'} ({part[mark]['reached']:.0%} reach it)"
            for mark in ("to_90%", "to_95%")
        )
        curve = "  ".join(f"{q}: {share:.3f}" for q, share in part["agreement"].items())
        lines.append(f"  {who:9} {marks};  {curve}")
    ahead = "  ".join(
        f"{q}: {m:+.1f} [{low:.1f}, {high:.1f}]" for q, (m, low, high) in of["points_over_baseline"].items()
    )
    kappa = "unknown" if of["kappa_at_60"] is None else f"{of['kappa_at_60']:.2f}"
    lines.append(f"  points ahead {ahead};  kappa at 60 {kappa}")
    stops = of["stops"]
    if stops["n"]:
        lines.append(
            f"  offers to stop: {stops['n']}, median question {stops['median']:.0f}, {stops['below_85']:.1%} below 85 %"
        )
    return "\n".join(lines)


def _told(asked: Asked) -> Run:
    done = run(asked)
    sys.stderr.write(f"{done.world}{'' if asked.board else ' without the board'}\n")
    return done


def measure(worlds: int, *, fresh: bool, questions: int, jobs: int = 2) -> dict[str, Any]:
    base = FRESH if fresh else 0
    rounds = range(base, base + -(-worlds // (len(SETS) * len(KINDS))))
    plain = [Asked(of, kind, seed, questions) for seed in rounds for of in SETS for kind in KINDS][:worlds]
    few = [one for one in plain if one.kind in HUMAN_LIKE][: max(1, worlds // 4)]
    groups = {
        "plain": plain,
        "three outcomes": [replace(one, outcomes=3) for one in few],
        "10 % of values missing": [replace(one, missing=0.1) for one in few],
        "without the board": [replace(one, board=False) for one in few],
    }
    with ProcessPoolExecutor(jobs) as pool:
        runs = {name: list(pool.map(_told, asked)) for name, asked in groups.items()}
    result = {"human-like": summary([r for r in runs["plain"] if r.kind in HUMAN_LIKE])}
    for kind in KINDS:
        if some := [r for r in runs["plain"] if r.kind == kind]:
            result[kind] = summary(some)
    result |= {name: summary(some) for name, some in runs.items() if name != "plain"}
    everyone = summary(runs["plain"])
    result["stops, all kinds"] = everyone["stops"]
    return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.elicitation", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="4 worlds, 30 questions")
    parser.add_argument("--fresh", action="store_true", help="policies never used while the learner was made")
    parser.add_argument("--worlds", type=int, default=64, metavar="N", help="how many worlds (64)")
    given = parser.parse_args()
    found = measure(4 if given.quick else given.worlds, fresh=given.fresh, questions=30 if given.quick else QUESTIONS)
    if given.json:
        print(json.dumps(found))
        return 0
    for name, of in found.items():
        print(table(name, of) if "worlds" in of else f"{name}: {of}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
