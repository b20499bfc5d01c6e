"""Rules as they are held against each other, and which pairs are worth a closer look."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from seci.combination.merge.asking import Asked, asked
from seci.combination.merge.conditions import split
from seci.combination.merge.lexicon import straight
from seci.combination.merge.likeness import ELSEWHERE
from seci.combination.merge.negation import Denial, denial
from seci.combination.merge.rules import Rule
from seci.combination.merge.source import Source
from seci.combination.merge.words import plain, stem, terms


@dataclass(frozen=True, slots=True)
class Seen:
    """A rule with what it is compared by.

    about   stems of what it says, one name for one thing; main: without its conditions; when: of its conditions
    words   all its words in order, in lower case
    place   stems of its headings and of the title of its document
    roles   whom these, or its subject, name
    named   technologies that it, its headings or its document name
    """

    rule: Rule
    source: Source
    about: frozenset[str]
    main: frozenset[str]
    when: frozenset[str]
    words: tuple[str, ...]
    denial: Denial
    asked: Asked
    named: frozenset[str]
    place: frozenset[str]
    roles: frozenset[str] = frozenset()

    def after(self, word: str) -> frozenset[str]:
        """Stems of the word that carries meaning right after a word."""
        following = (self.words[at + 1] for at, one in enumerate(self.words[:-1]) if one == word)
        return frozenset(found for one in following for found in terms(one))


@cache
def _data() -> tuple[frozenset[str], frozenset[str]]:
    """Technologies, and stems of roles."""
    found = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return frozenset(found["named"].split()), frozenset(terms(found["roles"]))


def seen(rule: Rule, source: Source) -> Seen:
    """A rule made ready to be compared."""
    parts = split(rule.text)
    words = tuple(plain(straight(rule.text)))
    around = re.findall(r"[a-z0-9+#-]+", " ".join((source.title, *rule.path)).lower())
    technologies, roles = _data()
    own = technologies & {*words}
    place = frozenset(terms(" ".join((source.title, *rule.path))))
    return Seen(
        rule, source, frozenset(terms(rule.text)), frozenset(terms(parts.main)), frozenset(terms(parts.condition)),
        words,
        denial(rule.text), asked(rule.text), own or (technologies & {*around}),
        place, roles & (place | frozenset(terms(rule.subject))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a stem says: log((n + 50) / (df + ½)) over the rules that are compared."""

    weight: Mapping[str, float]

    def of(self, words: frozenset[str]) -> float:
        return sum(self.weight.get(word, 0.0) for word in words)

    def share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """How much of `whole` is in `part`, 0 to 1; 0 of nothing."""
        total = self.of(whole)
        return self.of(part & whole) / total if total > 0 else 0.0

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted Dice of two sets, 0 to 1."""
        total = self.of(one) + self.of(other)
        return 2 * self.of(one & other) / total if total > 0 else 0.0


def rarity(every: Sequence[Seen]) -> Rarity:
    counts = Counter(word for one in every for word in one.about | one.place)
    return Rarity({word: log((len(every) + ELSEWHERE) / (number + 0.5)) for word, number in counts.items()})


def same_field(one: Seen, other: Seen) -> bool:
    """Whether the technologies that two rules name let them meet."""
    return not one.named or not other.named or bool(one.named & other.named)


def same_role(one: Seen, other: Seen) -> bool:
    """Whether two rules speak to the same people, or to nobody by name."""
    return one.roles == other.roles or bool(one.roles & other.roles)


def stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
