"""Sets of cases described exactly: per attribute an interval, a set of levels, or "not known".

Every condition cuts such a set in two that do not overlap; so a path through a tree is one, and whether it is empty,
or meets another, is decided by comparing ends, not by trying cases out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from seci.artifacts.bodies import Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.scope import known
from seci.artifacts.words import Named, by_key, listed, number_words, value_words
from seci.cases.attribute import Attribute, Value, Values


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from low to high; an end belongs to it where it is closed. Infinite ends stand open."""

    low: float = -math.inf
    high: float = math.inf
    low_closed: bool = True
    high_closed: bool = True

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        above = value > self.low or (value == self.low and self.low_closed)
        return above and (value < self.high or (value == self.high and self.high_closed))

    def meet(self, other: Interval) -> Interval:
        low, low_closed = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        return Interval(low, high, not low_closed, high_closed)

    def example(self) -> float:
        """A number inside."""
        if math.isinf(self.low) and math.isinf(self.high):
            return 0.0
        if math.isinf(self.low):
            return self.high if self.high_closed else self.high - 1
        if math.isinf(self.high):
            return self.low if self.low_closed else self.low + 1
        return (self.low + self.high) / 2 if self.low < self.high else self.low


@dataclass(frozen=True, slots=True)
class Levels:
    """These levels, or all but these (where the levels of an attribute are not declared)."""

    names: frozenset[Value]
    but: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.names and not self.but

    def __contains__(self, value: object) -> bool:
        if isinstance(value, bool):
            return value in self.names and not self.but
        return isinstance(value, str) and (value in self.names) != self.but

    def meet(self, other: Levels) -> Levels:
        if self.but and other.but:
            return Levels(self.names | other.names, but=True)
        if self.but or other.but:
            kept, out = (other, self) if self.but else (self, other)
            return Levels(kept.names - out.names)
        return Levels(self.names & other.names)

    def example(self) -> Value:
        if not self.but:
            return min(self.names, key=str)
        name = "other"
        while name in self.names:
            name += "'"
        return name


@dataclass(frozen=True, slots=True)
class Unknown:
    """The value is not known."""

    is_empty = False

    def __contains__(self, value: object) -> bool:
        return value is None

    def example(self) -> Value:
        return None


Span = Interval | Levels | Unknown


def span_of(attribute: Attribute) -> Interval | Levels:
    """All values of an attribute that somebody has seen or named."""
    if attribute.type == "number":
        low = -math.inf if attribute.low is None else attribute.low
        high = math.inf if attribute.high is None else attribute.high
        return Interval(low, high)
    if attribute.type == "boolean":
        return Levels(frozenset((True, False)))
    return Levels(frozenset(attribute.levels)) if attribute.levels else Levels(frozenset(), but=True)


def halves(condition: Condition) -> tuple[Interval | Levels, Interval | Levels]:
    """The values for which a condition holds, and those for which it does not."""
    value = condition.value
    if condition.operator in ("<=", ">"):
        limit = float(value)  # type: ignore[arg-type]
        low, high = Interval(high=limit), Interval(low=limit, low_closed=False)
        return (low, high) if condition.operator == "<=" else (high, low)
    names = frozenset(value) if isinstance(value, tuple) else frozenset((value,))
    inside, rest = Levels(names), Levels(names, but=True)
    return (rest, inside) if condition.operator == "is not" else (inside, rest)


def meet(one: Span, two: Span) -> Span | None:
    """What lies in both; None where nothing does."""
    if isinstance(one, Unknown) or isinstance(two, Unknown):
        return one if isinstance(one, Unknown) and isinstance(two, Unknown) else None
    both = one.meet(two)  # type: ignore[arg-type]
    return None if both.is_empty else both


@dataclass(frozen=True, slots=True)
class Region:
    """Cases by the spans of some attributes; on the others anything goes, known or not.

    empty  no case lies in it
    """

    spans: Mapping[str, Span] = field(default_factory=dict)
    empty: bool = False

    def narrowed(self, key: str, span: Span, whole: Interval | Levels) -> Region:
        """The part of the region in which the attribute lies in the span; `whole` is all that was seen of it."""
        if self.empty:
            return self
        found = meet(self.spans.get(key, Unknown() if isinstance(span, Unknown) else whole), span)
        return replace(self, empty=True) if found is None else Region({**self.spans, key: found})

    def meets(self, other: Region) -> Region | None:
        """The cases in both; None where there are none."""
        if self.empty or other.empty:
            return None
        spans = dict(self.spans)
        for key, span in other.spans.items():
            both = meet(spans[key], span) if key in spans else span
            if both is None:
                return None
            spans[key] = both
        return Region(spans)

    def holds(self, values: Values) -> bool:
        return not self.empty and all(known(values.get(key)) in span for key, span in self.spans.items())

    def example(self) -> dict[str, Value]:
        """A case inside."""
        return {key: span.example() for key, span in self.spans.items()}

    def words(self, named: Named) -> str:
        """`missing values over 5.2 up to 40 % and source changed is yes`; `always` where nothing is cut off."""
        return listed([span_words(span, key, named) for key, span in self.spans.items()], "and") or "always"


def span_words(span: Span, key: str, named: Named) -> str:
    attribute = named.get(key)
    name = attribute.name if attribute else key
    if isinstance(span, Unknown):
        return f"{name} is not known"
    if isinstance(span, Levels):
        shown = listed(sorted(value_words(one) for one in span.names))
        return f"{name} is not {shown}" if span.but and shown else f"{name} is {shown or 'anything'}"
    unit = f" {attribute.unit}" if attribute and attribute.unit else ""
    if span.low == span.high:
        return f"{name} is {number_words(span.low)}{unit}"
    parts = [] if math.isinf(span.low) else [f"{'from' if span.low_closed else 'over'} {number_words(span.low)}"]
    parts += [] if math.isinf(span.high) else [f"{'up to' if span.high_closed else 'below'} {number_words(span.high)}"]
    return f"{name} {' '.join(parts)}{unit}" if parts else f"{name} is any number"


def region_of(conditions: Iterable[Condition], named: Named) -> Region:
    """The cases for which all of the conditions hold."""
    region = Region()
    for one in conditions:
        region = region.narrowed(one.attribute, halves(one)[0], span_of(named[one.attribute]))
    return region


@dataclass(frozen=True, slots=True)
class Rule:
    """A path through a tree: in this region, this outcome.

    id      of the leaf; for a way that ends nowhere, the id of the split with the branch that is missing
    path    ids of the splits on the way, from the top
    """

    id: str
    outcome: str
    region: Region
    because: str = ""
    path: tuple[str, ...] = ()


def rules(tree: Tree) -> tuple[Rule, ...]:
    """One rule per leaf, in the order of reading. Their regions never overlap; outside all of them the tree asks the
    expert. A leaf that no case can reach has an empty region."""
    named = by_key(tree.attributes)
    return tuple(_rules(tree.root, Region(), (), named))


def _rules(node: Split | Leaf, region: Region, path: tuple[str, ...], named: Named) -> Iterator[Rule]:
    if isinstance(node, Leaf):
        yield Rule(node.id, node.outcome, region, node.because, path)
        return
    for below, inside in parts(node, region, named):
        yield from _rules(below, inside, (*path, node.id), named)


def parts(split: Split, region: Region, named: Named) -> Sequence[tuple[Split | Leaf, Region]]:
    """The branches of a split, each with the part of the region that comes to it."""
    key = split.condition.attribute
    whole = span_of(named[key])
    held, failed = halves(split.condition)
    found = [
        (split.yes, region.narrowed(key, held, whole)),
        (split.no, region.narrowed(key, failed, whole)),
    ]
    return [*found, (split.unknown, region.narrowed(key, Unknown(), whole))] if split.unknown else found
