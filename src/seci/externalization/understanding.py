"""What has been understood of a decision so far: rules that were told and hold up, and what the verdicts show.

A rule is told once and then tried on every verdict it covers; one that errs too often is out of force
(words name, cases decide). The first rule that fits a case answers, exceptions before rules and narrow before wide
(ripple-down rules; Compton and Jansen 1990); where none fits, what was learned from the verdicts answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq
from typing import TYPE_CHECKING

from seci.artifacts.bodies import ASK_EXPERT, Scorecard
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Values
from seci.cases.case import Case, Judgement
from seci.externalization import learner
from seci.externalization.state import Rule, State

if TYPE_CHECKING:
    from seci.externalization.induction import Induced


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule with the cases that it answered, by whether the expert said the same."""

    rule: Rule
    cases_for: tuple[str, ...] = ()
    cases_against: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        return Evidence((self.rule.claim,), self.cases_for, self.cases_against, self.rule.cornerstone)

    @property
    def holds_up(self) -> bool:
        """Nothing against it, or no more than one in five: experts slip, and rules of thumb leak."""
        return len(self.cases_against) <= 0.2 * (len(self.cases_for) + len(self.cases_against))


def ordered(rules: Sequence[Rule]) -> list[Rule]:
    """The order in which rules are tried: exceptions first, then by how much they ask, then the latest first."""
    latest = list(enumerate(rules))
    return [
        rule for _, rule in sorted(latest, key=lambda one: (not one[1].exception, -len(one[1].conditions), -one[0]))
    ]


def fits(rule: Rule, values: Values) -> bool:
    return all(condition.holds(values) for condition in rule.conditions)


def tried(rules: Sequence[Rule], judgements: Sequence[Judgement]) -> list[Standing]:
    """The rules in force, in order, with what they answered; those that do not hold up are left out.

    Where two rules fit one case, the verdict says which of them wins: it goes first from then on.
    """
    left = _once(ordered([rule for rule in rules if rule.conditions and rule.outcome]))
    while True:
        left = _ranked(left, judgements)
        found = _tally(left, judgements)
        bad = [one for one in found if not one.holds_up]
        if not bad:
            return found
        left.remove(min(bad, key=lambda one: len(one.cases_for) - len(one.cases_against)).rule)


def _once(rules: Sequence[Rule]) -> list[Rule]:
    """Without rules that say again what another one says."""
    kept: dict[tuple[frozenset[Condition], str], Rule] = {}
    for rule in rules:
        kept.setdefault((frozenset(rule.conditions), rule.outcome), rule)
    return list(kept.values())


def _ranked(rules: list[Rule], judgements: Sequence[Judgement]) -> list[Rule]:
    """The rules with each that a verdict bears out moved before the one that kept it from answering, wherever that
    leaves more verdicts answered right than before."""
    fitting = [(one.outcome, [n for n, rule in enumerate(rules) if fits(rule, one.case.values)]) for one in judgements]
    fitting = [(outcome, places) for outcome, places in fitting if len(places) > 1]
    order = list(range(len(rules)))
    right = _right(order, rules, fitting)
    for outcome, places in fitting:
        first = min(places, key=order.index)
        better = [n for n in places if rules[n].outcome == outcome]
        if rules[first].outcome == outcome or not better:
            continue
        moved = min(better, key=order.index)
        trial = [n for n in order if n != moved]
        trial.insert(trial.index(first), moved)
        if (gained := _right(trial, rules, fitting)) > right:
            order, right = trial, gained
    return [rules[n] for n in order]


def _right(order: list[int], rules: list[Rule], fitting: Sequence[tuple[str, list[int]]]) -> int:
    """Verdicts that the first fitting rule answers right."""
    rank = {n: at for at, n in enumerate(order)}
    return sum(rules[min(places, key=rank.__getitem__)].outcome == outcome for outcome, places in fitting)


def _tally(rules: list[Rule], judgements: Sequence[Judgement]) -> list[Standing]:
    answered: list[tuple[list[str], list[str]]] = [([], []) for _ in rules]
    for one in judgements:
        at = next((n for n, rule in enumerate(rules) if fits(rule, one.case.values)), None)
        if at is not None:
            answered[at][one.outcome != rules[at].outcome].append(one.case.id)
    return [
        Standing(rule, tuple(agree), tuple(against)) for rule, (agree, against) in zip(rules, answered, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What answers a case: rules in force, in their order, then what was learned (None while nothing was)."""

    rules: tuple[Standing, ...]
    induced: Induced | None

    def told(self, values: Values) -> Standing | None:
        """The rule that answers a case, if one does."""
        return next((one for one in self.rules if fits(one.rule, values)), None)

    def predict(self, cases: Sequence[Case]) -> list[str | None]:
        """What the artifact says of cases now; None where it would ask the expert."""
        found = [one.rule.outcome if (one := self.told(case.values)) else None for case in cases]
        rest = [n for n, outcome in enumerate(found) if outcome is None]
        if self.induced is not None and rest:
            for n, outcome in zip(rest, self.induced.predict([cases[n] for n in rest]), strict=True):
                found[n] = None if outcome == ASK_EXPERT else outcome
        return found


def understood(state: State) -> Understanding:
    """What has been understood so far; worked out once for each set of verdicts and rules."""
    return learner.kept(state, ("understood", learner.stamp(state)), lambda: _understood(state))


def _understood(state: State) -> Understanding:
    known = {one.key for one in state.attributes}
    usable = [
        rule for rule in state.rules
        if rule.outcome in state.outcomes and all(one.attribute in known for one in rule.conditions)
    ]  # fmt: skip
    judged = learner.used(state)
    rules, induced = tried(usable, judged), learner.learned(state, state.structure)
    if rules and induced is not None and isinstance(induced.body, Scorecard):
        covered = [one for one in judged if any(fits(rule.rule, one.case.values) for rule in rules)]
        weighed = induced.predict([one.case for one in covered])
        if sum(map(eq, weighed, [one.outcome for one in covered])) >= sum(len(one.cases_for) for one in rules) > 0:
            # Whoever weighs things up gives reasons that hold as a rule of thumb; the weights say it better.
            return Understanding((), induced)
        induced = learner.learned(state, "tree")
    return Understanding(tuple(rules), induced)
