"""Which case to ask next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.induction.grid import Floats, Ints
from seci.externalization.induction.induced import check, induce
from seci.externalization.induction.posterior import Posterior
from seci.externalization.induction.prior import Prior
from seci.externalization.induction.what_if import next_what_if
from seci.kit.errors import BadInput
from seci.kit.ids import seeded

Purpose = Literal["active", "audit", "repeat", "what_if"]
SLIP = 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what is asked; 0 means never.

    audit_every   each so many cases one is drawn blindly, to measure fidelity
    repeat_every  each so many cases one is shown again, to measure the expert's consistency
    warm_up       cases before any is drawn actively, audited or repeated: the first ones are drawn at random
    what_if       whether a surprise that lasts is followed up with cases between it and its opposite
    """

    audit_every: int = 4
    repeat_every: int = 10
    warm_up: int = 3
    what_if: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """The case to ask next.

    predicted             what the artifact would say of it; None while nothing was judged
    expected_information  bits that its verdict is expected to tell of the expert's policy; of an audit or repeat too
    repeat_of             id of the case that is shown again
    """

    case: Case
    purpose: Purpose
    predicted: str | None
    expected_information: float
    repeat_of: str | None = None


def choose(
    attributes: Sequence[Attribute],
    outcomes: Sequence[str],
    pool: Sequence[Case],
    judgements: Sequence[Judgement],
    *,
    prior: Prior | None = None,
    seed: object = 0,
    plan: Plan | None = None,
    avoid: Collection[str] = (),
) -> Choice:
    """The next case: by plan an audit or a repeat, after a lasting surprise a what-if, else the one that tells most.

    avoid  ids of made-up cases that were called impossible or skipped; they are not asked again

    The same arguments give the same choice. Raises BadInput when no case of the pool is left to ask.
    """
    check(attributes, outcomes)
    plan = plan or Plan()
    judged = [one for one in judgements if one.outcome in outcomes]
    asked = {one.case.id for one in judgements}
    fresh = [case for case in pool if case.id not in asked]
    if not fresh:
        raise BadInput("Every case at hand has been judged; add cases, or end here.")
    draw = seeded("choose", repr(seed), len(judgements))
    purpose, case, repeat_of = _planned(plan, judged, fresh, draw.random(), draw.random())
    if not judged:
        return Choice(case or fresh[int(draw.random() * len(fresh))], "active", None, 1.0)
    made = induce(attributes, outcomes, judged, prior=prior, seed=seed)
    if case is None and plan.what_if:
        answers = made.predict([one.case for one in judged])
        case = next_what_if(attributes, judged, answers, avoid=avoid)
        purpose = "what_if" if case else purpose
    if case is None:
        case = fresh[int(np.argmax(gain(made.posterior, fresh)))]
    bits = 0.0 if purpose == "repeat" else float(information(made.posterior, [case])[0])
    return Choice(case, purpose, made.predict([case])[0], bits, repeat_of)


def _planned(
    plan: Plan, judged: Sequence[Judgement], fresh: Sequence[Case], one: float, two: float
) -> tuple[Purpose, Case | None, str | None]:
    """The audit or the repeat whose turn it is."""
    place = len(judged) + 1
    old = [j for j in judged[:-5] if j.repeat_of is None]
    if plan.repeat_every and place % plan.repeat_every == 0 and old:
        again = old[int(one * len(old))].case
        return "repeat", again, again.id
    if plan.audit_every and place > plan.warm_up and place % plan.audit_every == 0:
        return "audit", fresh[int(two * len(fresh))], None
    if place <= plan.warm_up:
        return "active", fresh[int(two * len(fresh))], None
    return "active", None, None


def information(found: Posterior, cases: Sequence[Case]) -> Floats:
    """Bits that each verdict is expected to tell: mutual information of verdict and policy, slips included."""
    chances = found.chances(found.votes(found.coding.table(cases)))
    return _bits(chances)


def _bits(chances: Floats) -> Floats:
    outcomes = chances.shape[1]
    blurred = SLIP / (outcomes - 1) + (1 - SLIP * outcomes / (outcomes - 1)) * chances
    sure = np.array([[1 - SLIP] + [SLIP / (outcomes - 1)] * (outcomes - 1)])
    found: Floats = np.maximum(0.0, _entropy(blurred) - _entropy(sure))
    return found


def _entropy(chances: Floats) -> Floats:
    found: Floats = -(chances * np.log2(np.maximum(chances, 1e-12))).sum(axis=1)
    return found


def gain(found: Posterior, cases: Sequence[Case]) -> Floats:
    """How much agreement on all cases each verdict is expected to bring (expected error reduction; Roy, McCallum 2001).

    One look ahead: each outcome would shift the weights of the draws; what counts is how much of the posterior then
    agrees with its majority, over the cases. Ties are broken by information.
    """
    votes = found.votes(found.coding.table(cases))
    chances = found.chances(votes)
    bits = _bits(chances)
    most = np.argsort(-bits, kind="stable")[:120]
    expected = np.zeros(len(cases))
    expected[most] = _lookahead(found, votes, most)
    result: Floats = expected + 1e-3 * bits
    return result


def _lookahead(found: Posterior, votes: Ints, tried: Ints) -> Floats:
    outcomes = len(found.outcomes)
    hits = [(votes == o).astype(np.float32) for o in range(outcomes)]
    total = np.zeros(len(tried))
    for said in range(outcomes):
        likely = np.where(votes[:, tried] == said, 1 - SLIP, SLIP / (outcomes - 1)).T * found.weight
        shares = [likely.astype(np.float32) @ hit for hit in hits]
        total += np.maximum.reduce(shares).mean(axis=1)
    return total
