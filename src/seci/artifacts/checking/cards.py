"""Checks of what adds up: scorecards and matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from seci.artifacts.bodies import Item, Matrix, Scorecard
from seci.artifacts.checking.finding import Finding
from seci.artifacts.execution import cut, exact
from seci.artifacts.regions import Interval, halves, meet, region_of, span_of
from seci.artifacts.words import by_key, condition_words, number_words
from seci.cases.attribute import Attribute

# Beyond so many different sums only the lowest and the highest are told.
MOST_SUMS = 20_000


def findings(card: Scorecard) -> Iterator[Finding]:
    named = by_key(card.attributes)
    for item in card.items:
        shown = condition_words(item.condition, named)
        if region_of([item.condition], named).empty:
            words = f"{shown} never holds within what was seen."
            yield Finding("unreachable", "warns", item.id, words, "Change the condition or the range.")
        if item.points == 0:
            yield Finding("redundant", "notes", item.id, f"{shown} counts nothing.", "Give it points or take it out.")
    for one, two in combinations(card.items, 2):
        if _same(one, two, named[one.condition.attribute]):
            clash = one.points * two.points < 0
            shown = condition_words(two.condition, named)
            words = f"{shown} counts twice, as {one.id} and {two.id}" + (
                ", once for and once against." if clash else "."
            )
            kind, severity = ("conflict", "blocks") if clash else ("overlap", "warns")
            yield Finding(kind, severity, two.id, words, "Decide for one of them.")  # type: ignore[arg-type]
    yield from _never_given(card)


def _same(one: Item, two: Item, attribute: Attribute) -> bool:
    """Whether both items hold for just the same values."""
    if one.condition.attribute != two.condition.attribute:
        return False
    whole = span_of(attribute)
    return meet(whole, halves(one.condition)[0]) == meet(whole, halves(two.condition)[0])


def _never_given(card: Scorecard) -> Iterator[Finding]:
    sums, complete = possible_sums(card)
    low, high = min(sums), max(sums)
    given = {cut(total, card.outcomes, card.cuts) for total in sums}
    for at, outcome in enumerate(card.outcomes):
        least = exact(card.cuts[at - 1]) if at else None
        most = exact(card.cuts[at]) if at < len(card.cuts) else None
        too_high, too_low = least is not None and high < least, most is not None and low >= most
        if outcome not in given and (complete or too_high or too_low):
            reach = f"the sums go from {number_words(float(low))} to {number_words(float(high))}"
            words = f"No case comes to “{outcome}”: {reach}."
            yield Finding("unreachable", "warns", f"outcome:{outcome}", words, "Move a cut or change points.")


def possible_sums(card: Scorecard) -> tuple[set[Decimal], bool]:
    """The sums that cases can have, and whether these are all: of more than MOST_SUMS the ends and some are kept.

    Items on one attribute depend on each other: its values fall into cells in which each item holds or not.
    """
    named = by_key(card.attributes)
    sums, complete = {Decimal(0)}, True
    for key in dict.fromkeys(item.condition.attribute for item in card.items):
        items = [item for item in card.items if item.condition.attribute == key]
        worth = {Decimal(0)}
        for value in _one_of_each_cell(items, named[key]):
            worth.add(sum((exact(item.points) for item in items if item.condition.holds({key: value})), Decimal(0)))
        sums = {one + two for one in sums for two in worth}
        if len(sums) > MOST_SUMS:
            sums, complete = {min(sums), max(sums), *sorted(sums)[:: len(sums) // (MOST_SUMS // 4)]}, False
    return sums, complete


def _one_of_each_cell(items: Sequence[Item], attribute: Attribute) -> Iterator[float | str | bool]:
    """A value out of each part of the range in which no item changes its mind."""
    whole = span_of(attribute)
    if isinstance(whole, Interval):
        ends = sorted({whole.low, *(float(item.condition.value) for item in items), whole.high})  # type: ignore[arg-type]
        for low, high in pairwise([float("-inf"), *ends, float("inf")]):
            cell = meet(whole, Interval(low, high, low_closed=False))
            if isinstance(cell, Interval):
                yield cell.example()
        yield from (end for end in ends if end in whole)
        return
    named = {one for item in items for one in halves(item.condition)[0].names}  # type: ignore[union-attr]
    yield from (one for one in {*whole.names, *named} if one in whole)  # type: ignore[misc]
    if whole.but:
        yield "\0"


def matrix_findings(matrix: Matrix) -> Iterator[Finding]:
    for criterion in matrix.criteria:
        points = {level.points for level in criterion.levels}
        if not points:
            yield Finding("empty", "blocks", criterion.id, f"{criterion.name} has no levels.", "Describe two or more.")
        elif len(points) == 1:
            words = f"{criterion.name} tells nothing apart: all its levels give the same points."
            yield Finding("redundant", "warns", criterion.id, words, "Give its levels different points.")
        elif not all(level.meaning for level in criterion.levels):
            words = f"Levels of {criterion.name} say no meaning, so two people will choose differently."
            yield Finding("gap", "notes", criterion.id, words, "Say how to recognize each level.")
    for option in matrix.options:
        judged = {score.criterion for score in option.scores}
        lacking = [criterion.name for criterion in matrix.criteria if criterion.id not in judged]
        if lacking:
            words = f"{option.name} is not judged on {', '.join(lacking)}."
            yield Finding("gap", "warns", option.id, words, "Choose a level for each.")
    yield from _means_never_reached(matrix)


def _means_never_reached(matrix: Matrix) -> Iterator[Finding]:
    if not matrix.criteria or not all(criterion.levels for criterion in matrix.criteria):
        return
    weights = sum((exact(criterion.weight) for criterion in matrix.criteria), Decimal(0))
    ends = []
    for best in (min, max):
        points = [exact(best(level.points for level in one.levels)) * exact(one.weight) for one in matrix.criteria]
        ends.append(sum(points, Decimal(0)) / weights)
    for at, outcome in enumerate(matrix.outcomes):
        too_high = at > 0 and ends[1] < exact(matrix.cuts[at - 1])
        too_low = at < len(matrix.cuts) and ends[0] >= exact(matrix.cuts[at])
        if too_high or too_low:
            reach = f"totals go from {number_words(float(ends[0]))} to {number_words(float(ends[1]))}"
            words = f"No option can come to “{outcome}”: {reach}."
            yield Finding("unreachable", "warns", f"outcome:{outcome}", words, "Move a cut or change points.")
