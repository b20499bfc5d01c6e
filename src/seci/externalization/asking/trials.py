"""Cases for experts who go by rules: to try what they told, to settle which rule goes first, to find what is untold.

Three kinds of case come in turn, each only while there is need of it:

    conflict   two told rules answer differently, both fit, and no verdict yet says which one wins
    trial      a told rule that answered fewer than `ENOUGH` cases; everything that the rule does not ask is as unlike
               the cases it answered as can be, since that is where an exception shows
    open       no told rule fits; it holds the most pairs and threes of values that no such case has held yet
               (most failures of rules take two or three conditions together; Kuhn, Wallace and Gallo 2004)

Where cases are at hand they are picked from these; made-up ones are drawn with the rule's own values held fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute, Value, Values
from seci.cases.case import Case
from seci.cases.sampling import sample
from seci.externalization.state import Rule, State
from seci.externalization.understanding import learner
from seci.externalization.understanding.composing import implied
from seci.externalization.understanding.rules import Understanding, fits, understood
from seci.kit.ids import seeded

ENOUGH = 3
"""Cases that a rule answered from which on it counts as tried; the one on which it was told is the first."""

DRAWN, OPEN = 60, 1200
"""Cases drawn to pick one for a rule from, and to find some that no rule covers."""

COMPARED, FEW_ATTRIBUTES = 200, 12
"""Cases that no rule covers of which the best is taken, and attributes up to which threes of values are looked at."""

BANDS = 3
"""Parts into which the range of a number is cut to tell unlike cases apart."""


def next_trial(state: State) -> Case | None:
    """The case that says most about the told rules and what they leave open; None where there is none to show."""
    known = understood(state)
    ways = (_conflict, _trial, _uncovered)
    first = len(state.judgements) % 2  # what is open is looked at every second time, so that neither starves the other
    order = ways if first else (_uncovered, _conflict, _trial)
    return next((found for way in order if (found := way(state, known)) is not None), None)


def _conflict(state: State, known: Understanding) -> Case | None:
    rules = [one.rule for one in known.rules]
    judged = [one.case.values for one in learner.used(state)]
    for at, first in enumerate(rules):
        for second in rules[at + 1 :]:
            if not _may_differ(state, first, second):
                continue
            if any(_settles(values, first, second, rules[:at]) for values in judged):
                continue
            both = (*first.conditions, *second.conditions)
            if (found := _unlike(state, both, rules[:at], [])) is not None:
                return found
    return None


def _settles(values: Values, first: Rule, second: Rule, before: Sequence[Rule]) -> bool:
    """Whether a judged case says which of two goes first: both fit it, and nothing that goes before them does."""
    return fits(first, values) and fits(second, values) and not any(fits(one, values) for one in before)


def _may_differ(state: State, first: Rule, second: Rule) -> bool:
    """Whether both can fit one case and answer it differently; an exception and a narrower rule go first anyway."""
    one, other = set(first.conditions), set(second.conditions)
    if first.outcome == second.outcome or first.exception != second.exception or one <= other or other <= one:
        return False
    named = {each.key: each for each in state.attributes}
    return all(implied(a, b, True, named.get(a.attribute)) is not False for a in one for b in other)


def _trial(state: State, known: Understanding) -> Case | None:
    """For the rule that answered fewest cases."""
    judged = {one.case.id: one.case.values for one in learner.used(state)}
    before: list[Rule] = []
    tries = []
    for one in known.rules:
        if len(one.cases_for) + len(one.cases_against) < ENOUGH:
            tries.append((len(one.cases_for) + len(one.cases_against), one, tuple(before)))
        before.append(one.rule)
    for _, one, earlier in sorted(tries, key=lambda each: each[0]):
        answered = [judged[case] for case in (*one.cases_for, *one.cases_against) if case in judged]
        if (found := _unlike(state, one.rule.conditions, earlier, answered)) is not None:
            return found
    return None


def _unlike(
    state: State, conditions: Sequence[Condition], before: Sequence[Rule], answered: Sequence[Values]
) -> Case | None:
    """The case with these conditions, and without what goes before, that shares least with those answered."""
    judged = {one.case.id for one in state.judgements}
    free = [one for one in learner.described(state) if one.key not in {each.attribute for each in conditions}]
    found = [
        case for case in _cases(state, conditions)
        if case.id not in judged and not any(fits(rule, case.values) for rule in before)
    ]  # fmt: skip
    seen = [_bands(values, free) for values in answered]
    return min(found, key=lambda case: _shared(_bands(case.values, free), seen), default=None)


def _shared(bands: Sequence[object], seen: Sequence[Sequence[object]]) -> tuple[int, int]:
    """Values in common with the most alike of the cases seen, then with all of them."""
    common = [sum(one == other for one, other in zip(bands, each, strict=True)) for each in seen]
    return max(common, default=0), sum(common)


def _uncovered(state: State, known: Understanding) -> Case | None:
    rules = [one.rule for one in known.rules]
    judged = {one.case.id for one in state.judgements}
    attributes = learner.described(state)
    seen: set[object] = set()
    for one in state.judgements:
        if not any(fits(rule, one.case.values) for rule in rules):
            seen.update(_together(_bands(one.case.values, attributes)))
    fresh = (case for case in _cases(state, ()) if case.id not in judged)
    left = islice((case for case in fresh if not any(fits(rule, case.values) for rule in rules)), COMPARED)
    counted = [(_new(_together(_bands(case.values, attributes)), seen), case) for case in left]
    new, best = max(counted, key=lambda one: one[0], default=((0, 0), None))
    return best if any(new) else None


def _new(held: Iterable[tuple[object, ...]], seen: set[object]) -> tuple[int, int]:
    """Pairs, then threes, that were not seen."""
    pairs = threes = 0
    for one in held:
        if one not in seen:
            pairs += len(one) == 2
            threes += len(one) == 3
    return pairs, threes


def _together(bands: Sequence[object]) -> Iterator[tuple[object, ...]]:
    places = list(enumerate(bands))
    yield from combinations(places, 2)
    if len(places) <= FEW_ATTRIBUTES:
        yield from combinations(places, 3)


def _bands(values: Values, attributes: Sequence[Attribute]) -> tuple[object, ...]:
    return tuple(_band(values.get(one.key), one) for one in attributes)


def _band(value: Value, attribute: Attribute) -> object:
    low, high = attribute.low, attribute.high
    if attribute.type != "number" or low is None or high is None or value is None or high <= low:
        return value
    return min(BANDS - 1, int(BANDS * (float(value) - low) / (high - low)))


def _cases(state: State, conditions: Sequence[Condition]) -> Sequence[Case]:
    """Cases at hand on which all conditions hold; made-up ones where there are none at hand."""
    if state.setting.pool:
        return [case for case in learner.pool(state) if _hold(conditions, case.values)]
    key = ("trials", tuple(conditions), state.attributes, state.impossible, state.skipped)
    return learner.kept(state, key, lambda: _drawn(state, conditions))


def _drawn(state: State, conditions: Sequence[Condition]) -> list[Case]:
    attributes = learner.described(state)
    named = tuple((one.attribute, one.operator, one.value) for one in conditions)
    count = DRAWN if conditions else OPEN
    narrow = [_narrowed(one, conditions) for one in attributes]
    cases = sample(narrow, count, seed=("trials", state.setting.seed, named, tuple(one.key for one in attributes)))
    plain = [one for one in conditions if one.operator == "is"]
    fixed: dict[str, Value] = {one.attribute: one.value for one in plain if isinstance(one.value, bool)}
    # The name says what a case was drawn for and from which attributes, so that no two cases share one.
    name = f"{seeded(named, state.attributes).getrandbits(32):08x}"
    made = [Case(f"{name}.{one.id}", {**one.values, **fixed}, one.source) for one in cases]
    return [
        one for one in made
        if _hold(conditions, one.values) and one.id not in state.skipped and not learner.cannot_be(state, one)
    ]  # fmt: skip


def _hold(conditions: Sequence[Condition], values: Values) -> bool:
    return all(one.holds(values) for one in conditions)


def _narrowed(attribute: Attribute, conditions: Sequence[Condition]) -> Attribute:
    """The attribute with no more than the values that the conditions leave it."""
    for one in conditions:
        if one.attribute != attribute.key:
            continue
        if attribute.type == "number" and one.operator in ("<=", ">") and isinstance(one.value, int | float):
            bound = float(one.value)
            low, high = attribute.low, attribute.high
            inside = low is not None and high is not None and low <= bound < high
            if inside:
                attribute = replace(attribute, low=bound) if one.operator == ">" else replace(attribute, high=bound)
        elif attribute.levels:
            levels = tuple(each for each in attribute.levels if one.holds({attribute.key: each}))
            attribute = replace(attribute, levels=levels or attribute.levels)
    return attribute
