"""What a rule asks for and what it forbids, by the words that carry it: verb and object, not what is said beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from seci.combination.merge.conditions import split
from seci.combination.merge.lexicon import any_of, data, straight
from seci.combination.merge.rules import is_order, opened
from seci.combination.merge.words import terms

# Words that carry what is forbidden or asked for, counted from the verb.
FORBIDDEN = 4
ASKED = 7
# The verb and its object.
HEADS = 2
_CONDITIONAL = re.compile(r"^\W*(?:and |but |so )?(?:if|when|unless|while|once|where)\b", re.IGNORECASE)
_NOT = re.compile(
    r"(?:^|[;:(.,“\"]\s*|\b(?:please|and|but|or|then|so|just|also|you|we|always|generally)\s+)(?:do not|don't|never)\s+"
    r"(?!need\b|have to\b|want\b|know\b|forget\b|hesitate\b|worry\b|be afraid\b|only\b|just\b)|"
    r"\b(?:should|must|shall|may|might|ought to|can)\s+(?:also\s+|generally\s+|ideally\s+)?"
    r"(?:not|never)\s+(?!only\b|just\b|more than\b|exceed\b)|"
    r"\b(?:shouldn't|mustn't)\s+(?!only\b|just\b)|"
    r"(?:^|[;:(.,]\s*|\b(?:should|must|and|or|but|to|please|always|generally)\s+)"
    r"(?:avoid|refrain from|resist|stop)\s+(?!\w+ing\s+to\b)|"
    r"^no\s+(?!matter\b|need\b|longer\b|one\b|more\b|later\b|less\b)",
    re.IGNORECASE,
)
# "Don't nest more than 3 levels" limits, it forbids no nesting.
_LIMIT = re.compile(
    r"\b(?:more than|exceed|over|longer than|larger than)\b.*(?:\d|\b(?:one|two|three|four|five)\b)", re.IGNORECASE
)
_BARRED = re.compile(
    r"\b(?:is|are|be)\s+(?:strongly\s+|generally\s+)?(?:discouraged|forbidden|prohibited|disallowed|banned|"
    r"not\s+(?:allowed|permitted|recommended|encouraged|acceptable|advised))\b",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:must|shall|should|ought to|may|might|can|could|has to|have to|needs? to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Stems of what one rule asks for, of the verbs of that with what follows, and of each thing that it forbids."""

    asks: frozenset[str]
    heads: frozenset[str]
    first: frozenset[str]
    forbids: tuple[tuple[str, ...], ...]


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"[.;:!?()]|\s[-–—]\s|,\s+as\b|\bas\s+we|{any_of(data()['closing']).pattern}", re.IGNORECASE)


def _clause(text: str) -> str:
    """A text up to where its clause ends; an end at the very start is passed over."""
    found = next((one for one in _closing().finditer(text) if text[: one.start()].strip()), None)
    return text if found is None else text[: found.start()]


@lru_cache(maxsize=32768)
def asked(text: str) -> Asked:
    """What a sentence asks for and forbids."""
    main = split(straight(text)).main
    forbids, rest = list[tuple[str, ...]](), main
    for one in reversed(list(_NOT.finditer(main))):
        body = _clause(main[one.end() :])
        if _LIMIT.search(body):
            continue
        forbids += [terms(part)[:FORBIDDEN] for part in {body, *re.split(r",?\s+(?:or|nor)\s+", body)}]
        rest = rest[: one.start()] + " . " + rest[one.end() + len(body) :]
    if (barred := _BARRED.search(rest)) is not None:
        forbids.append(terms(_last(rest[: barred.start()]))[-FORBIDDEN:])
        rest = ""
    return Asked(*_asks(rest), tuple(sorted({one for one in forbids if one})))


def _last(text: str) -> str:
    return re.split(r"[.;:!?]\s", text)[-1]


def _asks(rest: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All that carries what is asked for; of each clause the verb with what follows it; the verb alone."""
    found, heads, first = set[str](), set[str](), set[str]()
    for clause in re.split(r"[.;:!?]\s+|\s[-–—]\s|[()]", rest):
        if _CONDITIONAL.match(clause):
            continue
        if is_order(clause):
            words = terms(_clause(opened(clause)))
        elif (modal := _MODAL.search(clause)) is not None:
            found.update(terms(clause[: modal.start()])[-FORBIDDEN:])
            words = terms(_clause(clause[modal.end() :]))
        else:
            continue
        found.update(words[:ASKED])
        heads.update(words[:HEADS])
        first.update(words[:1])
    return frozenset(found), frozenset(heads), frozenset(first)
