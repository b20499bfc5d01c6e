"""Say and do: rules that were told, against the verdicts on the cases they cover."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.words import all_words, by_key
from seci.externalization.state import Rule, State
from seci.externalization.turn import Contradiction
from seci.externalization.understanding import learner
from seci.externalization.understanding.rules import fits, understood
from seci.externalization.understanding.wording import counted, short

FEWEST, SHARE = 2, 1 / 3
"""Verdicts against a rule, and their share of those it covers, from which on it is asked about."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule as it was said, and the cases it covers by whether the verdict was the same."""

    rule: Rule
    agree: tuple[str, ...]
    against: tuple[str, ...]


def differences(state: State) -> list[Difference]:
    """Rules that two or more verdicts and a third of them speak against, the most disputed first."""
    judged, force = learner.used(state), [one.rule for one in understood(state).rules]
    found = []
    for rule in state.rules:
        # What another rule in force answers before this one is an exception to it, not a contradiction.
        others = [
            one for one in force if one is not rule and (one.exception or len(one.conditions) >= len(rule.conditions))
        ]
        covered = [
            one for one in judged
            if fits(rule, one.case.values) and not any(fits(other, one.case.values) for other in others)
        ]  # fmt: skip
        against = tuple(dict.fromkeys(one.case.id for one in covered if one.outcome != rule.outcome))
        agree = tuple(dict.fromkeys(one.case.id for one in covered if one.outcome == rule.outcome))
        if len(against) >= FEWEST and len(against) >= SHARE * len(covered):
            found.append(Difference(rule, agree, against))
    return sorted(found, key=lambda one: -len(one.against))


def check(state: State) -> Contradiction | None:
    """The next contradiction to settle; each is asked once."""
    for one in differences(state):
        if f"say_do|{one.rule.claim}" not in state.asked:
            return _question(state, one)
    return None


def _question(state: State, one: Difference) -> Contradiction:
    claim = state.claim(one.rule.claim)
    said = short(claim.quote, 120) if claim else all_words(one.rule.conditions, by_key(state.attributes))
    total = len(one.against) + len(one.agree)
    text = (
        f"You said “{said}” That would be “{one.rule.outcome}”. "
        f"In {len(one.against)} of {counted(total, 'such case')} you said something else. Which holds?"
    )
    return Contradiction(text, one.rule.claim, one.against)
