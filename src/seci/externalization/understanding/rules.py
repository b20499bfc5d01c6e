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
from seci.externalization.state import Rule, State
from seci.externalization.understanding import learner

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
    trial = _Trial.of(_once(ordered([rule for rule in rules if rule.conditions and rule.outcome])), judgements)
    order, fallen = trial.ranked(list(range(len(trial.rules)))), []
    while bad := [one for one in trial.standings(order) if not one.holds_up]:
        worst = min(bad, key=lambda one: len(one.cases_for) - len(one.cases_against)).rule
        fallen.append(trial.rules.index(worst))
        order = trial.ranked([n for n in order if n != fallen[-1]])
    # A rule may have fallen for standing too early in the order; it comes back where it does good and no harm.
    for n in reversed(fallen):
        order = trial.with_back(order, n)
    return trial.standings(order)


def _once(rules: Sequence[Rule]) -> list[Rule]:
    """Without rules that say again what another one says."""
    kept: dict[tuple[frozenset[Condition], str], Rule] = {}
    for rule in rules:
        kept.setdefault((frozenset(rule.conditions), rule.outcome), rule)
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class _Trial:
    """Rules against verdicts. An order is a list of places in `rules`; `fitting` says which of them fit each case."""

    rules: list[Rule]
    judgements: Sequence[Judgement]
    fitting: list[frozenset[int]]

    @classmethod
    def of(cls, rules: list[Rule], judgements: Sequence[Judgement]) -> _Trial:
        fitting = [frozenset(n for n, rule in enumerate(rules) if fits(rule, one.case.values)) for one in judgements]
        return cls(rules, judgements, fitting)

    def answers(self, order: list[int], among: Sequence[int]) -> list[bool | None]:
        """Whether the first fitting rule is right, for these verdicts; None where no rule fits."""
        found: list[bool | None] = []
        for case in among:
            first = next((n for n in order if n in self.fitting[case]), None)
            found.append(None if first is None else self.rules[first].outcome == self.judgements[case].outcome)
        return found

    def ranked(self, order: list[int]) -> list[int]:
        """The order with each rule that a verdict bears out moved before the one that kept it from answering, wherever
        that leaves more verdicts answered right than before."""
        inside = set(order)
        several = [case for case, fit in enumerate(self.fitting) if len(fit & inside) > 1]
        for case in several:
            outcome, fit = self.judgements[case].outcome, [n for n in order if n in self.fitting[case]]
            if self.rules[fit[0]].outcome != outcome:
                for moved in (n for n in fit if self.rules[n].outcome == outcome):
                    if (better := self._moved(order, moved, fit[0], several)) is not None:
                        order = better
                        break
        return order

    def _moved(self, order: list[int], moved: int, before: int, several: Sequence[int]) -> list[int] | None:
        """The order with one rule right before another one, if that answers more verdicts right."""
        trial = [n for n in order if n != moved]
        trial.insert(trial.index(before), moved)
        touched = [case for case in several if moved in self.fitting[case]]
        gained = self.answers(trial, touched).count(True) - self.answers(order, touched).count(True)
        return trial if gained > 0 else None

    def with_back(self, order: list[int], n: int) -> list[int]:
        """The order with a fallen rule where it adds most right answers over wrong ones; without it where none."""
        touched = [case for case, fit in enumerate(self.fitting) if n in fit]
        best, most = order, self._balance(order, touched)
        for at in range(len(order) + 1):
            trial = [*order[:at], n, *order[at:]]
            if (gained := self._balance(trial, touched)) > most and all(one.holds_up for one in self.standings(trial)):
                best, most = trial, gained
        return best

    def _balance(self, order: list[int], among: Sequence[int]) -> int:
        found = self.answers(order, among)
        return found.count(True) - found.count(False)

    def standings(self, order: list[int]) -> list[Standing]:
        answered: dict[int, tuple[list[str], list[str]]] = {n: ([], []) for n in order}
        for one, fit in zip(self.judgements, self.fitting, strict=True):
            first = next((n for n in order if n in fit), None)
            if first is not None:
                answered[first][one.outcome != self.rules[first].outcome].append(one.case.id)
        return [Standing(self.rules[n], tuple(agree), tuple(against)) for n, (agree, against) in answered.items()]


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
