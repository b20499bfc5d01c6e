"""What speaks against an artifact: six findings of practice and work, beside a person's own appeal.

Each returns a Finding, or None where the evidence is too thin or speaks for the artifact. The limits are a proposal;
that of the panel is the one under which a case decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import atanh, comb, sqrt
from typing import Any, Literal

from seci.internalization.gates import CLEAR_PANEL
from seci.internalization.kappa import Z
from seci.kit.agreement import alpha

Trigger = Literal["appeal", "panel", "learners", "bypass", "outcome", "drift", "readers"]
TRIGGERS: dict[Trigger, str] = {
    "appeal": "somebody says that it is wrong",
    "panel": "experts do not agree",
    "learners": "strong learners answer otherwise",
    "bypass": "it was left, and that went well",
    "outcome": "what came of it speaks against it",
    "drift": "an expert judges otherwise by now",
    "readers": "readers of explanations miss the same thing",
}

SMALLEST_PANEL = 3
# Krippendorff (2004): below .667 not even tentative conclusions.
LOWEST_ALPHA = 0.667
STRONG, STRONG_MISS, ALPHA_LEVEL = 0.8, 0.2, 0.05
MOST_ANSWER = 0.5
FEWEST_FOR_CORRELATION = 10
FEWEST_READERS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that speaks against a node (empty: against the whole). `mark` tells a finding made again."""

    trigger: Trigger
    node: str
    sentence: str
    mark: str
    evidence: dict[str, Any] = field(default_factory=dict)
    case: int | None = None
    run: int | None = None


def of_panel(case: int, node: str, options: Sequence[str]) -> Finding | None:
    """(b) Fewer than 60 % of the panel choose the same on a case."""
    if len(options) < SMALLEST_PANEL:
        return None
    counts = Counter(options)
    mode, most = counts.most_common(1)[0]
    if most / len(options) >= CLEAR_PANEL:
        return None
    sentence = f"Only {most} of {len(options)} experts choose {mode} on case {case}, and nothing else more often."
    return Finding("panel", node, sentence, f"panel:case:{case}", {"options": dict(counts)}, case=case)


def of_panels(node: str, answers: Mapping[int, Mapping[int, str]]) -> Finding | None:
    """(b) Krippendorff's alpha over the cases of a node is below .667. `answers`: option by person by case."""
    cases = {case: given for case, given in answers.items() if len(given) >= 2}
    people = sorted({person for given in cases.values() for person in given})
    if len(cases) < SMALLEST_PANEL or len(people) < SMALLEST_PANEL:
        return None
    found = alpha([[given.get(person) for given in cases.values()] for person in people])
    if found is None or found >= LOWEST_ALPHA:
        return None
    sentence = f"{len(people)} experts agree with alpha {found:.2f} over {len(cases)} cases; {LOWEST_ALPHA} is asked."
    return Finding("panel", node, sentence, f"panel:{node}", {"alpha": found, "cases": len(cases)})


@dataclass(frozen=True, slots=True)
class Answered:
    """A learner's unaided answer to a case, with the own kappa on all other cases; None is unknown."""

    option: str
    elsewhere: float | None


def of_learners(case: int, node: str, key: str, answers: Sequence[Answered]) -> Finding | None:
    """(c) Among learners strong elsewhere (kappa >= .8) half or more choose one option that is not the key, more than
    slips explain (binomial, p < .05 at one slip in five); or being right on it goes against skill."""
    strong = [one.option for one in answers if one.elsewhere is not None and one.elsewhere >= STRONG]
    other, n = Counter(option for option in strong if option != key).most_common(1), len(strong)
    if other and other[0][1] / n >= MOST_ANSWER and binomial_tail(other[0][1], n, STRONG_MISS) < ALPHA_LEVEL:
        option, most = other[0]
        sentence = f"{most} of {n} learners who are right elsewhere choose {option} on case {case}; the key is {key}."
        evidence = {"option": option, "of": most, "n": n, "key": key}
        return Finding("learners", node, sentence, f"learners:{case}", evidence, case=case)
    pairs = [(one.elsewhere, float(one.option == key)) for one in answers if one.elsewhere is not None]
    r = correlation(pairs)
    if r is None or len(pairs) < FEWEST_FOR_CORRELATION or _upper(r, len(pairs)) >= 0:
        return None
    sentence = f"On case {case} those who judge worse elsewhere are right more often (r {r:.2f}, n {len(pairs)})."
    return Finding("learners", node, sentence, f"learners:{case}", {"r": r, "n": len(pairs), "key": key}, case=case)


def of_work(
    run: int,
    task: str,
    *,
    type_: str,
    left: bool,
    went: bool,
    followed: bool | None,
    node: str = "",
    reason: str = "",
) -> Finding | None:
    """(d) A procedure was left and it went well; (e) it was followed and went badly, or not followed and went well."""
    evidence = {"reason": reason} if reason else {}
    if left:
        if not went or type_ not in ("runbook", "checklist", "flowchart"):
            return None
        sentence = f"“{task}” was solved by leaving it: {reason}"
        return Finding("bypass", node, sentence, f"bypass:{run}", evidence, run=run)
    if followed is None or followed == went:
        return None
    how = "followed it and ended badly" if followed else "did otherwise and went well"
    return Finding("outcome", node, f"“{task}” {how}.", f"outcome:{run}", evidence, run=run)


def of_drift(case: int, node: str, key: str, first: str, again: str) -> Finding | None:
    """(f) An expert who chose the key judges the same case otherwise at the second sitting."""
    if first != key or again in (key, ""):
        return None
    sentence = f"An expert who chose {key} on case {case} chooses {again} weeks later."
    return Finding("drift", node, sentence, f"drift:{case}", {"first": first, "again": again}, case=case)


def of_readers(node: str, cue: str, missed: int, readers: int) -> Finding | None:
    """(g) Half or more of at least three readers of explanations miss the same cue."""
    if readers < FEWEST_READERS or missed / readers < MOST_ANSWER or missed < 2:
        return None
    sentence = f"{missed} of {readers} who judged from explanations alone miss “{cue}”."
    return Finding("readers", node, sentence, f"readers:{node}:{cue}"[:120], {"missed": missed, "readers": readers})


def binomial_tail(k: int, n: int, p: float) -> float:
    """P(X >= k) for n draws with probability p."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's r; None where one side does not vary."""
    n = len(pairs)
    if n < 2:
        return None
    mx, my = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    sxx, syy = sum((x - mx) ** 2 for x, _ in pairs), sum((y - my) ** 2 for _, y in pairs)
    if sxx <= 0 or syy <= 0:
        return None
    return sum((x - mx) * (y - my) for x, y in pairs) / sqrt(sxx * syy)


def _upper(r: float, n: int) -> float:
    """Whether r is below 0 beyond chance: its one-sided 95 % upper bound on Fisher's scale."""
    return atanh(max(-0.999999, min(0.999999, r))) + Z / sqrt(n - 3)
