"""Rules in sentences: who, when, how strongly, what, up to how much, and where it holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from seci.combination.merge.antonyms import bare, stems_opposite
from seci.combination.merge.conditions import split
from seci.combination.merge.equivalents import Said
from seci.combination.merge.lexicon import any_of, straight
from seci.combination.merge.modality import Modality, modalities
from seci.combination.merge.negation import denial
from seci.combination.merge.quantities import Quantity, quantities
from seci.combination.merge.source import Source
from seci.combination.merge.words import stem, terms

_MODAL = re.compile(
    r"\b(?:must|shall|should|ought to|may|might|can|could|cannot|can't|shouldn't|mustn't|has to|have to|needs? to|"
    r"(?:is|are) (?:not )?(?:required|recommended|encouraged|discouraged|expected|allowed|permitted|"
    r"forbidden|prohibited))\b",
    re.IGNORECASE,
)
_FORBIDDING = re.compile(
    r"\b(?:not|never|avoid|don't|shouldn't|no|bad|wrong|anti-?patterns?|don'ts)\b[^.:]{0,30}:?$", re.I
)
# "Version numbers and names are likely to change" opens with a noun; "ensure tests are green" and "use what is there"
# with a verb.
_ASIDE = re.compile(r"\s*\([^)]*\)")
_FINITE = re.compile(r"\b(?:is|are|was|were)\b", re.IGNORECASE)
_JOINING = re.compile(
    r"[,;:]|\s[-–—]\s|\b(?:that|which|who|whom|whose|what|where|when|whenever|how|why|if|whether|because|since|so|as|"
    r"until|unless|while|once|before|after|than)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence that tells people what to do.

    said        the sentence
    path        the headings above it
    subject     who or what it binds, in its words; empty for an order to the reader
    conditions  when it holds, in its words; none: always
    modality    must, should, may; an order without such a word is must
    denied      stems of what it tells not to do
    action      what to do, in its words, with the limit it sets
    quantities  numbers with units in what it asks for and when
    """

    said: Said
    path: tuple[str, ...]
    subject: str
    conditions: tuple[str, ...]
    modality: Modality
    denied: frozenset[str]
    action: str
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        return self.said.text


@cache
def _verbs() -> tuple[frozenset[str], re.Pattern[str], frozenset[str]]:
    found = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text(encoding="utf-8"))
    verbs = frozenset(found["verbs"].split())
    leading = re.compile(rf"^(?:{any_of(found['leading']).pattern}[\s,:;]*)+", re.IGNORECASE)
    return verbs, leading, stems_opposite(verbs)


@cache
def _stating() -> frozenset[str]:
    found = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text(encoding="utf-8"))
    return frozenset(found["stating"].split())


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether a word is a listed verb, or the opposite of one."""
    verbs, _, opposites = _verbs()
    return word in verbs or stem(word) in opposites or bare(word) in verbs


@cache
def _acts() -> frozenset[str]:
    return frozenset(stem(word) for word in _verbs()[0])


def is_act(text: str) -> bool:
    """Whether a text opens with a listed verb, in whatever form: "investigating logs"."""
    first = re.match(r"\W*([A-Za-z]+)", text)
    return first is not None and stem(first[1].lower()) in _acts()


def opened(main: str) -> str:
    """A clause from its first word that is neither mark nor "always", "please", "if possible"."""
    return _verbs()[1].sub("", main.lstrip("\"'“‘(*_[-,; "))


def is_order(main: str) -> bool:
    """Whether a clause tells the reader to do something: it opens with a verb."""
    rest = opened(main)
    first = re.match(r"[A-Za-z]+", rest)
    if first is None or not is_verb(first[0].lower()):
        return False
    if re.match(r"\s+(?:\w+\s+)?(?:is|are|was|were|has|should|must|may|can)\b|\s*[:?]", rest[first.end() :]):
        return False
    rest = _ASIDE.sub("", rest)
    finite = _FINITE.search(rest)
    return finite is None or first[0].lower() in _stating() or bool(_JOINING.search(rest[: finite.start()]))


def rule(said: Said, path: Sequence[str] = ()) -> Rule | None:
    """The rule in a sentence; None if it tells nobody what to do. Questions and what leads in a list tell nothing."""
    line = straight(said.text)
    if _QUESTION.search(line) or line.endswith(":") or not terms(line):
        return None
    parts = split(line)
    strength, modal, order = modalities(parts.main), _MODAL.search(parts.main), is_order(parts.main)
    limits = tuple(one for one in quantities(line) if one.unit)
    if modal is None and not order and not (limits and strength) and not any(one.bound != "exactly" for one in limits):
        return None
    subject = parts.main[: modal.start()].strip(" ,") if modal is not None and not order else ""
    action = parts.main[modal.end() :].strip() if modal is not None and not order else parts.main
    how: Modality = next((one for one in ("must", "should", "may") if one in strength), "must")
    if order and "must" not in strength and modal is None:
        how = "should" if "should" in strength else "must"
    return Rule(said, tuple(path), subject, parts.conditions, how, denial(line).denied, action, limits)


def rules(source: Source) -> tuple[Rule, ...]:
    """The rules of a source, in order. Items under "Do not:" or "Avoid:" say the opposite of what they say alone, and
    are left out."""
    barred = _barred(source)
    found = (
        rule(Said(source.id, number, one.text), one.path)
        for number, one in enumerate(source.sentences)
        if one.block not in barred
    )
    return tuple(one for one in found if one is not None)


def _barred(source: Source) -> frozenset[int]:
    """Numbers of the items that stand under words that forbid them."""
    found, under = set[int](), False
    for block in source.blocks:
        if block.kind != "item":
            under = bool(_FORBIDDING.search(straight(block.text)))
        elif under:
            found.add(block.place)
    return frozenset(found)
