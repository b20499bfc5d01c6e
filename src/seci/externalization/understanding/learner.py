"""What the dialogue asks of the learner, worked out once for each set of verdicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.cases.neighbors import neighbors
from seci.cases.sampling import sample
from seci.externalization.state import State, Structure
from seci.externalization.understanding import hints
from seci.externalization.understanding.describing import is_described
from seci.kit.ids import seeded

if TYPE_CHECKING:
    from seci.externalization.induction import Choice, Induced, Plan, Prior

T = TypeVar("T")
FEWEST = 6
"""Verdicts below which nothing is learned from them: fewer fit anything."""

SYNTHETIC = 400
"""Cases drawn where none are at hand."""

ENOUGH_REAL, PARENTS, MADE_UP, AFRESH = 12, 120, 40, 10
"""Real cases from which on others are made up near them; how many of them, taken by chance, are parents of how many;
and verdicts after which this is done afresh."""


def kept(state: State, key: object, work: Callable[[], T]) -> T:
    """The result of `work` for this state, from the memo where it is the same as before."""
    memo = state.memo.kept
    if key not in memo:
        if len(memo) > 200:
            memo.clear()
        memo[key] = work()
    found: T = memo[key]
    return found


def stamp(state: State) -> tuple[object, ...]:
    """What the learner's results depend on."""
    judged = tuple((one.case.id, one.outcome, one.audit) for one in state.judgements)
    rules = tuple((rule.claim, rule.outcome) for rule in state.rules)
    return (judged, rules, state.attributes, state.outcomes, state.structure, len(state.impossible), state.overruled)


def pool(state: State) -> tuple[Case, ...]:
    """The cases that may be asked: those at hand, else drawn from the attributes; without what cannot happen."""
    key = ("pool", state.attributes, state.impossible, state.skipped)
    return kept(state, key, lambda: _pool(state))


def _pool(state: State) -> tuple[Case, ...]:
    cases: Sequence[Case] = state.setting.pool
    if not cases:
        described = [one for one in state.attributes if is_described(one)]
        # The name of a drawn case says from which attributes it was drawn, so that no two cases share one.
        cases = sample(described, SYNTHETIC, seed=(state.setting.seed, tuple(one.key for one in described)))
        cases = [Case(f"{one.id}.{len(described)}", one.values, one.source) for one in cases]
    gone = {one.case for one in state.impossible} | state.skipped
    return tuple(case for case in cases if case.id not in gone and not cannot_be(state, case))


def cannot_be(state: State, case: Case) -> bool:
    """Whether the expert said that such a case cannot happen."""
    return any(
        one.conditions and all(condition.holds(case.values) for condition in one.conditions) for one in state.impossible
    )


def used(state: State) -> list[Judgement]:
    """The verdicts that count: not those that gave way to the expert's words."""
    return [one for one in state.judgements if one.case.id not in state.overruled]


def learned(state: State, structure: Structure | None) -> Induced | None:
    """What the verdicts show by themselves; None while there are too few or all are alike."""
    from seci.externalization.induction import induce

    judgements = used(state)
    if len(judgements) < FEWEST or len({one.outcome for one in judgements}) < 2:
        return None
    prior = replace(heard(state), structure=structure)
    return induce(described(state), state.outcomes, judgements, prior=prior, seed=state.setting.seed)


def described(state: State) -> tuple[Attribute, ...]:
    return tuple(one for one in state.attributes if is_described(one, state.setting.pool))


def heard(state: State) -> Prior:
    """What the expert's words and looks say before the verdicts do."""
    return kept(state, ("heard", stamp(state), state.words("first_look")), lambda: hints.prior(state))


def near(state: State) -> tuple[Case, ...]:
    """Made-up cases near real ones, for when those at hand tell no more; none where too few are real."""
    real = [case for case in state.setting.pool if case.source == "real"]
    if len(real) < ENOUGH_REAL:
        return ()
    key = ("near", state.attributes, state.impossible, state.skipped, len(state.judgements) // AFRESH)
    return kept(state, key, lambda: _near(state, real))


def _near(state: State, real: Sequence[Case]) -> tuple[Case, ...]:
    part = (state.setting.seed, len(state.judgements) // AFRESH)
    parents = seeded("near", part).sample(real, min(PARENTS, len(real)))
    made = neighbors(parents, described(state), MADE_UP, seed=part)
    judged = {one.case.id for one in state.judgements}
    return tuple(
        one for one in made if one.id not in judged and one.id not in state.skipped and not cannot_be(state, one)
    )


def chosen(state: State, cases: Sequence[Case], plan: Plan | None = None) -> Choice | None:
    """The case of these to ask next; None when there is none left."""
    from seci.externalization.induction import choose

    judged = {one.case.id for one in state.judgements}
    if len(state.outcomes) < 2 or all(case.id in judged for case in cases):
        return None
    key = ("chosen", stamp(state), state.skipped, len(cases), cases[0].id, plan)
    return kept(
        state,
        key,
        lambda: choose(
            described(state),
            state.outcomes,
            cases,
            state.judgements,
            prior=heard(state),
            seed=state.setting.seed,
            plan=plan,
            avoid=state.skipped | {one.case for one in state.impossible},
        ),
    )
