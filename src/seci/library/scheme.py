"""A concept scheme as a graph without circles: what is wider than what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Concepts by number, and the wider ones of each; a concept may have several."""

    labels: Mapping[int, str]
    broader: Mapping[int, frozenset[int]]
    narrower: Mapping[int, frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        turned: dict[int, set[int]] = defaultdict(set)
        for one, wider in self.broader.items():
            for other in wider:
                turned[other].add(one)
        object.__setattr__(self, "narrower", {one: frozenset(found) for one, found in turned.items()})

    def below(self, concept: int) -> frozenset[int]:
        """The concept and all that is narrower, however far down."""
        found, waiting = set[int](), [concept]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.narrower.get(one, ())
        return frozenset(found)

    def circle(self, concept: int, wider: int) -> tuple[int, ...]:
        """The way from `wider` up to `concept`, if putting `concept` below `wider` would close a circle."""
        trail: dict[int, int | None] = {wider: None}
        waiting = [wider]
        while waiting:
            one = waiting.pop()
            if one == concept:
                way = [one]
                while (before := trail[way[-1]]) is not None:
                    way.append(before)
                return tuple(reversed(way))
            for other in self.broader.get(one, ()):
                if other not in trail:
                    trail[other] = one
                    waiting.append(other)
        return ()

    def walk(self) -> Iterator[tuple[int, int]]:
        """(concept, depth) from the top down in alphabetical order.

        One with several wider ones comes below each, with what is below itself the first time only.
        """
        seen = set[int]()

        def down(concept: int, depth: int) -> Iterator[tuple[int, int]]:
            yield concept, depth
            if concept in seen:
                return
            seen.add(concept)
            for one in sorted(self.narrower.get(concept, ()), key=self._order):
                yield from down(one, depth + 1)

        for top in sorted((one for one in self.labels if not self.broader.get(one)), key=self._order):
            yield from down(top, 0)

    def _order(self, concept: int) -> tuple[str, int]:
        return self.labels[concept].casefold(), concept
