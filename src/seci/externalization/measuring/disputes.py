"""Several experts on one decision: where their verdicts and their rules differ, and how far they agree overall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Claim
from seci.cases.case import Case, Judgement
from seci.externalization.state import Rule
from seci.kit.agreement import agreement
from seci.kit.figures import Figure


@dataclass(frozen=True, slots=True)
class Voice:
    """One expert's part. `name` is a role or a letter ("expert A"): whose it is, is the caller's to know."""

    name: str
    judgements: Sequence[Judgement] = ()
    rules: Sequence[Rule] = ()
    claims: Sequence[Claim] = ()

    def words(self, claim: str) -> str:
        return next((one.quote or one.text for one in self.claims if one.id == claim), "")


@dataclass(frozen=True, slots=True)
class Side:
    """What one expert says in a dispute, and why, in the expert's own words (empty: no reason was given)."""

    voice: str
    says: str
    because: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class CaseDispute:
    """A case on which experts came to different verdicts."""

    case: Case
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class RuleDispute:
    """Two rules on the same things: another outcome for what both cover, or another number for the same outcome."""

    kind: Literal["outcome", "number"]
    attributes: tuple[str, ...]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Disputes:
    """Where experts differ. `agreement` is Krippendorff's alpha on cases that two or more have judged."""

    cases: tuple[CaseDispute, ...]
    rules: tuple[RuleDispute, ...]
    agreement: Figure
    shared: int


def compare(voices: Sequence[Voice], outcomes: Sequence[str], *, ordered: bool = False, seed: object = 0) -> Disputes:
    """Every dispute between these experts. `ordered`: the outcomes are a scale from low to high.

    The latest verdict of each expert on a case counts.
    """
    latest = [{one.case.id: one for one in voice.judgements} for voice in voices]
    cases = {one.case.id: one.case for verdicts in latest for one in verdicts.values()}
    shared = [key for key in cases if sum(key in verdicts for verdicts in latest) >= 2]
    ratings = [[verdicts[key].outcome if key in verdicts else None for key in shared] for verdicts in latest]
    figure = agreement(ratings, "ordinal" if ordered else "nominal", tuple(outcomes), seed=seed)
    differing = tuple(_on_cases(voices, latest, cases, shared))
    return Disputes(differing, tuple(_on_rules(voices)), figure, len(shared))


def _on_cases(
    voices: Sequence[Voice], latest: Sequence[dict[str, Judgement]], cases: dict[str, Case], shared: Sequence[str]
) -> Iterator[CaseDispute]:
    for key in shared:
        sides = tuple(
            Side(voice.name, verdicts[key].outcome, _reason(voice, verdicts[key]))
            for voice, verdicts in zip(voices, latest, strict=True)
            if key in verdicts
        )
        if len({one.says for one in sides}) > 1:
            yield CaseDispute(cases[key], sides)


def _reason(voice: Voice, verdict: Judgement) -> str:
    """The reason given with the verdict or right after it, or the words of the rule that covers the case."""
    if verdict.because:
        return verdict.because
    asked = f"because:{verdict.case.id}"
    said = next((one.quote for one in voice.claims if one.slot == asked and one.status != "retracted"), "")
    if said:
        return said
    covering = (
        rule for rule in voice.rules
        if rule.outcome == verdict.outcome and all(one.holds(verdict.case.values) for one in rule.conditions)
    )  # fmt: skip
    return next((voice.words(rule.claim) for rule in covering), "")


def _on_rules(voices: Sequence[Voice]) -> Iterator[RuleDispute]:
    for one, other in combinations(voices, 2):
        for rule in one.rules:
            for against in other.rules:
                kind = differ(rule, against)
                if kind is not None:
                    sides = (_side(one, rule), _side(other, against))
                    yield RuleDispute(kind, tuple(dict.fromkeys(each.attribute for each in rule.conditions)), sides)


def _side(voice: Voice, rule: Rule) -> Side:
    return Side(voice.name, rule.outcome, voice.words(rule.claim), rule.claim)


def differ(one: Rule, other: Rule) -> Literal["outcome", "number"] | None:
    """How two rules on the same things differ: they look at the same attributes in the same direction, and say another
    outcome, or the same outcome from another number on; None where they do not, or speak of other things."""
    mine, theirs = _shape(one), _shape(other)
    if not mine or mine.keys() != theirs.keys():
        return None
    if one.outcome != other.outcome:
        return "outcome" if all(_overlap(mine[key], theirs[key]) for key in mine) else None
    numbers = [key for key in mine if key[1] in ("<=", ">") and mine[key].value != theirs[key].value]
    same = all(mine[key].value == theirs[key].value for key in mine if key not in numbers)
    return "number" if numbers and same else None


def _shape(rule: Rule) -> dict[tuple[str, str], Condition]:
    return {(one.attribute, one.operator): one for one in rule.conditions}


def _overlap(one: Condition, other: Condition) -> bool:
    if one.operator in ("<=", ">", "is not"):
        return True
    return bool(_levels(one) & _levels(other))


def _levels(one: Condition) -> set[object]:
    return set(one.value) if isinstance(one.value, tuple) else {one.value}
