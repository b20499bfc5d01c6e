"""Groups of aliases that grow by ties, within what people have decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seci.people import names
from seci.people.evidence import Alias, Reading
from seci.people.names import Name
from seci.people.natures import Nature


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two aliases that may be one person's; `rule` says why, `confidence` how likely (0 to 1)."""

    one: Alias
    two: Alias
    rule: str
    confidence: float


class Groups:
    """A partition of readings. Ties refuse to bring together what a person has kept apart."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        self._parent = list(range(len(readings)))
        self._members: list[list[int]] = [[at] for at in range(len(readings))]
        self._names: list[set[Name]] = [{one.name} if one.name.full else set() for one in readings]
        self._confirmed: set[int] = set()
        self._apart: dict[int, set[int]] = {}
        self._rules: dict[int, tuple[str, float]] = {}
        self._suggested: dict[tuple[int, int], tuple[float, str]] = {}

    def root(self, at: int) -> int:
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def members(self, at: int) -> list[int]:
        return self._members[self.root(at)]

    def names(self, at: int) -> set[Name]:
        """The different full names in the group of a reading."""
        return self._names[self.root(at)]

    def key(self, at: int) -> str:
        """The smallest alias of a group: what orders groups, whatever order the aliases came in."""
        return min(self.readings[member].alias.key for member in self.members(at))

    def hold(self, one: int, two: int) -> None:
        """Put together what is known to be one person."""
        self._unite(self.root(one), self.root(two))

    def confirm(self, at: int) -> None:
        self._confirmed.add(at)

    def part(self, one: int, two: int) -> None:
        self._apart.setdefault(one, set()).add(two)
        self._apart.setdefault(two, set()).add(one)

    def tie(self, one: int, two: int, rule: str, confidence: float) -> bool:
        """Make one person of two, unless a person has said otherwise; returns whether they are one now."""
        first, second = self.root(one), self.root(two)
        if first != second:
            if self.readings[one].nature != self.readings[two].nature or self._forbidden(first, second):
                return False
            if self._decided(first) and self._decided(second):
                self.suggest(one, two, rule, confidence)
                return False
            self._unite(first, second)
        for at in (one, two):
            if confidence > self._rules.get(at, ("", 0.0))[1]:
                self._rules[at] = (rule, confidence)
        return True

    def suggest(self, one: int, two: int, rule: str, confidence: float) -> None:
        """Note a tie that only a person may make."""
        pair = (one, two) if self.readings[one].alias < self.readings[two].alias else (two, one)
        self._suggested[pair] = max(self._suggested.get(pair, (0.0, "")), (confidence, rule))

    def alike(self, one: int, two: int) -> bool:
        """Whether the full names of two groups could be one person's; a group without any fits every other."""
        first, second = self.names(one), self.names(two)
        return not first or not second or any(names.alike(a, b) for a in first for b in second)

    def rule(self, at: int) -> tuple[str, float]:
        return self._rules.get(at, ("alone", 1.0))

    def nature(self, at: int) -> Nature:
        return self.readings[at].nature

    def display_name(self, at: int) -> str:
        """The name a colleague would use: a full one, properly written, the one used most."""
        members = [self.readings[member] for member in self.members(at)]
        used = Counter(_tidy(one) for one in members)
        full = {_tidy(one) for one in members if one.name.full and " " in _tidy(one)}
        return max(used, key=lambda text: (text in full, _cased(text), used[text], not text.isascii(), text))

    def open_suggestions(self) -> tuple[Suggestion, ...]:
        """One suggestion for each pair of groups still apart, surest first."""
        best: dict[tuple[int, int], tuple[float, Suggestion]] = {}
        for (one, two), (confidence, rule) in sorted(
            self._suggested.items(), key=lambda item: (-item[1][0], *(self.readings[at].alias for at in item[0]))
        ):
            first, second = sorted((self.root(one), self.root(two)))
            if first == second or self._forbidden(first, second) or (first, second) in best:
                continue
            found = Suggestion(self.readings[one].alias, self.readings[two].alias, rule, confidence)
            best[first, second] = (confidence, found)
        return tuple(found for _, found in best.values())

    def _unite(self, first: int, second: int) -> None:
        if first == second:
            return
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        self._parent[second] = first
        self._members[first] += self._members[second]
        self._names[first] |= self._names[second]

    def _decided(self, root: int) -> bool:
        return bool(self._confirmed) and not self._confirmed.isdisjoint(self._members[root])

    def _forbidden(self, first: int, second: int) -> bool:
        if not self._apart:
            return False
        others = set(self._members[second])
        return any(not others.isdisjoint(self._apart.get(member, ())) for member in self._members[first])


def _tidy(reading: Reading) -> str:
    text = " ".join(reading.alias.name.split())
    return text or reading.alias.email or "unknown"


def _cased(text: str) -> bool:
    return text != text.lower() and text != text.upper()
