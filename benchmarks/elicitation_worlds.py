"""Worlds with a hidden policy: cases of four kinds, policies of four kinds, and an expert who slips.

wine, breast cancer (first ten attributes) and diabetes come with scikit-learn and are topped up to 900 cases by
interpolating neighbors; 800 cases of mixed types are drawn. 60 % are the pool, 40 % are held out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import numpy.typing as npt

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case, Judgement
from seci.externalization.induction import Choice
from seci.kit.ids import seeded

SETS = ("wine", "breast_cancer", "diabetes", "mixed")
HUMAN_LIKE = ("fft", "rules", "linear")
KINDS = (*HUMAN_LIKE, "tree7")
SLIPS = 0.05
STRAY, MISSED = 0.15, 0.05
Floats = npt.NDArray[np.float64]
Verdict = tuple[int, tuple[int, ...]]
"""Number of the outcome, and the columns that were needed for it, in order."""
Policy = Callable[[Floats], Verdict]


@dataclass(frozen=True, slots=True)
class World:
    """attributes and cases; `truth` is the noise-free outcome of each held-out case."""

    name: str
    kind: str
    attributes: tuple[Attribute, ...]
    outcomes: tuple[str, ...]
    pool: tuple[Case, ...]
    held_out: tuple[Case, ...]
    truth: tuple[str, ...]
    policy: Policy
    seed: tuple[object, ...]

    def row(self, case: Case) -> Floats:
        """A case as the policy sees it: numbers, levels by their place, nan for what is not known."""
        return np.array([_place(one, case.values.get(one.key)) for one in self.attributes])

    def verdict(self, case: Case) -> str:
        return self.outcomes[self.policy(self.row(case))[0]]

    def judge(self, choice: Choice, n: int, *, board: bool = True) -> Judgement:
        """The expert's n-th judgement: slips now and then, opens what is needed and at times something else."""
        draw = seeded("expert", self.seed, n)
        said, needed = self.policy(self.row(choice.case))
        if draw.random() < SLIPS:
            said = (said + 1 + draw.randrange(len(self.outcomes) - 1)) % len(self.outcomes)
        looked = _looks(draw, needed, len(self.attributes)) if board else []
        return Judgement(
            choice.case, self.outcomes[said], tuple(self.attributes[j].key for j in looked),
            predicted=choice.predicted, audit=choice.purpose == "audit", repeat_of=choice.repeat_of,
        )  # fmt: skip


def _looks(draw: Random, needed: tuple[int, ...], count: int) -> list[int]:
    looked = [j for j in dict.fromkeys(needed) if draw.random() >= MISSED]
    for j in range(count):
        if j not in needed and draw.random() < STRAY:
            looked.insert(draw.randrange(len(looked) + 1), j)
    return looked


def _place(attribute: Attribute, value: Value) -> float:
    if value is None:
        return float("nan")
    return float(value) if attribute.type in ("number", "boolean") else float(attribute.levels.index(str(value)))


def world(of: str, kind: str, seed: object, *, outcomes: int = 2, missing: float = 0.0) -> World:
    """One world; the same for the same arguments. missing: share of values that are not known."""
    name = (of, kind, seed, outcomes, missing)
    draw = np.random.Generator(np.random.PCG64(seeded("world", *name).getrandbits(64)))
    attributes, table = _CASES[of](draw) if of == "mixed" else _bundled(of, draw)
    for _ in range(2000):
        policy = _POLICIES[kind](table, attributes, draw, outcomes)
        some = table[:: len(table) // 300]
        shares = np.bincount([policy(row)[0] for row in some], minlength=outcomes) / len(some)
        if 0.6 / outcomes <= shares.min() and shares.max() <= 1.4 / outcomes:
            break
    else:
        raise RuntimeError(f"No balanced policy was found for {name}.")
    table = np.where(draw.random(table.shape) < missing, np.nan, table)
    named = tuple("abcdefg"[n] for n in range(outcomes))
    cases = [Case(f"c{n}", _values(attributes, row)) for n, row in enumerate(table)]
    shuffled = draw.permutation(len(cases))
    cut = int(0.6 * len(cases))
    held_out = tuple(cases[n] for n in shuffled[cut:])
    truth = tuple(named[policy(table[n])[0]] for n in shuffled[cut:])
    pool = tuple(cases[n] for n in shuffled[:cut])
    return World("/".join(map(str, name)), kind, attributes, named, pool, held_out, truth, policy, name)


def _values(attributes: tuple[Attribute, ...], row: Floats) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for one, x in zip(attributes, row.tolist(), strict=True):
        if x == x:
            found[one.key] = x if one.type == "number" else bool(x) if one.type == "boolean" else one.levels[int(x)]
    return found


# Cases


def _bundled(of: str, draw: np.random.Generator) -> tuple[tuple[Attribute, ...], Floats]:
    from sklearn import datasets

    columns = 13 if of == "wine" else 10
    real = getattr(datasets, f"load_{of}")().data[:, :columns].astype(float)
    scaled = (real - real.mean(axis=0)) / real.std(axis=0)
    made = []
    for _ in range(900 - len(real)):
        one = int(draw.integers(len(real)))
        near = np.argsort(((scaled - scaled[one]) ** 2).sum(axis=1), kind="stable")[1:6]
        made.append(real[one] + draw.random() * (real[int(draw.choice(near))] - real[one]))
    table = np.concatenate([real, np.array(made).reshape(-1, columns)])
    return tuple(Attribute(f"x{j}", f"x{j}", "number") for j in range(columns)), table


def _mixed(draw: np.random.Generator) -> tuple[tuple[Attribute, ...], Floats]:
    n = 800
    attributes = (
        Attribute("size", "size", "number"), Attribute("age", "age", "number"), Attribute("rate", "rate", "number"),
        Attribute("load", "load", "number"), Attribute("kind", "kind", "category", levels=("a", "b", "c")),
        Attribute("origin", "origin", "category", levels=("p", "q", "r", "s")),
        Attribute("risk", "risk", "ordinal", levels=("1", "2", "3", "4", "5")),
        Attribute("known", "known", "boolean"),
    )  # fmt: skip
    common = draw.normal(size=n)
    columns = [
        np.exp(0.7 * draw.normal(size=n)), draw.random(n) * 100, 0.6 * common + 0.8 * draw.normal(size=n),
        0.6 * common + 0.8 * draw.normal(size=n), draw.choice(3, n, p=[0.5, 0.3, 0.2]), draw.choice(4, n),
        draw.choice(5, n), draw.random(n) < 0.5,
    ]  # fmt: skip
    return attributes, np.stack([np.asarray(one, float) for one in columns], axis=1)


_CASES = {"mixed": _mixed}


# Policies. What is not known does not fulfill a condition, and counts as the mean where things are weighed.

Test = tuple[int, str, float]


def _test(table: Floats, attributes: tuple[Attribute, ...], j: int, draw: np.random.Generator) -> Test:
    if attributes[j].type in ("category", "boolean"):
        return j, "is", float(draw.choice(np.unique(table[:, j])))
    turn = float(np.quantile(table[:, j], draw.uniform(0.25, 0.75)))
    if attributes[j].type == "ordinal":
        turn = np.floor(turn) + 0.5
    return j, "<=" if draw.random() < 0.5 else ">", turn


def _passes(test: Test, row: Floats) -> bool:
    j, sign, value = test
    return bool(row[j] <= value if sign == "<=" else row[j] > value if sign == ">" else row[j] == value)


def _ordered(rules: list[tuple[list[Test], int]], rest: int) -> Policy:
    def policy(row: Floats) -> Verdict:
        needed: list[int] = []
        for tests, outcome in rules:
            for test in tests:
                needed.append(test[0])
                if not _passes(test, row):
                    break
            else:
                return outcome, tuple(needed)
        return rest, tuple(needed)

    return policy


def _fft(table: Floats, attributes: tuple[Attribute, ...], draw: np.random.Generator, outcomes: int) -> Policy:
    """Three or four questions, one exit each, then an end that differs from the last exit."""
    cues = draw.choice(len(attributes), int(draw.integers(3, 5)), replace=False)
    rules = [([_test(table, attributes, int(j), draw)], int(draw.integers(outcomes))) for j in cues]
    return _ordered(rules, (rules[-1][1] + 1 + int(draw.integers(outcomes - 1))) % outcomes)


def _rules(table: Floats, attributes: tuple[Attribute, ...], draw: np.random.Generator, outcomes: int) -> Policy:
    """A rule of thumb with two or three exceptions of one or two conditions."""
    rest = int(draw.integers(outcomes))
    rules = []
    for _ in range(int(draw.integers(2, 4))):
        cues = draw.choice(len(attributes), int(draw.integers(1, 3)), replace=False)
        other = (rest + 1 + int(draw.integers(outcomes - 1))) % outcomes
        rules.append(([_test(table, attributes, int(j), draw) for j in cues], other))
    return _ordered(rules, rest)


def _linear(table: Floats, attributes: tuple[Attribute, ...], draw: np.random.Generator, outcomes: int) -> Policy:
    """Four cues weighed 4:3:2:1 by their standard scores."""
    cues = draw.choice(len(attributes), 4, replace=False)
    weights = np.array([4.0, 3.0, 2.0, 1.0]) * draw.choice([-1, 1], 4)
    middle, spread = table.mean(axis=0), table.std(axis=0)

    def total(row: Floats) -> float:
        return float(np.nan_to_num((row[cues] - middle[cues]) / spread[cues]) @ weights)

    sums = np.array([total(row) for row in table])
    ends = [(n + draw.uniform(0.6, 1.4) if outcomes == 2 else n + 1) / outcomes for n in range(outcomes - 1)]
    cuts = np.quantile(sums, np.clip(ends, 0.05, 0.95))
    needed = tuple(int(j) for j in cues)
    return lambda row: (int((total(row) > cuts).sum()), needed)


def _tree7(table: Floats, attributes: tuple[Attribute, ...], draw: np.random.Generator, outcomes: int) -> Policy:
    """A random tree of up to seven splits with other cues in each branch: the worst case."""
    cues = draw.permutation(np.resize(np.arange(len(attributes)), max(7, len(attributes))))[:7]
    tests = [_test(table, attributes, int(j), draw) for j in cues]
    leaves = draw.permutation(np.resize(np.arange(outcomes), 8))

    def policy(row: Floats) -> Verdict:
        at, needed = 0, []
        for _ in range(3):
            needed.append(tests[at][0])
            at = 2 * at + (1 if _passes(tests[at], row) else 2)
        return int(leaves[at - 7]), tuple(needed)

    return policy


_POLICIES = {"fft": _fft, "rules": _rules, "linear": _linear, "tree7": _tree7}


def random_choice(world: World, n: int) -> Choice:
    """A case of the pool by chance, for the baseline; each case once."""
    order = list(range(len(world.pool)))
    seeded("random cases", world.seed).shuffle(order)
    return Choice(replace(world.pool[order[n]]), "active", None, 0.0)
