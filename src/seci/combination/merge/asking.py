"""What a rule asks for and what it forbids, by the words that carry it: verb and object, not what is said beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from seci.combination.merge.conditions import split
from seci.combination.merge.lexicon import any_of, data, straight
from seci.combination.merge.modality import is_possible
from seci.combination.merge.rules import is_act, is_order, opened
from seci.combination.merge.words import terms

# Words that carry what is forbidden or asked for, counted from the verb; of a passive, those before it.
FORBIDDEN = 8
ASKED = 7
PASSIVE = 4
# The verb and its object.
HEADS = 2
_CONDITIONAL = re.compile(r"^\W*(?:and |but |so )?(?:if|when|unless|while|once|where)\b", re.IGNORECASE)
_NOT = re.compile(
    r"(?:^|[;:(.,“\"]\s*|\b(?:please|and|but|or|then|so|just|also|you|we|always|generally)\s+)(?:do not|don't|never)\s+"
    r"(?!need\b|have to\b|want\b|know\b|forget\b|hesitate\b|worry\b|be afraid\b|only\b|just\b)|"
    r"\b(?:should|must|shall|may|might|ought to|can)\s+(?:also\s+|generally\s+|ideally\s+)?"
    r"(?:not|never)\s+(?!only\b|just\b|more than\b|exceed\b)|"
    r"\b(?:shouldn't|mustn't)\s+(?!only\b|just\b)|"
    r"(?:^|[;:(.,]\s*|\b(?:should|must|and|or|but|please|always|generally|"
    r"(?:try|aim|sure|want|needs?|ha(?:s|ve)|ought|best|better) to)\s+)"
    r"(?:avoid|refrain from|resist|stop)\s+(?!\w+ing\s+to\b)|"
    r"^no\s+(?!matter\b|need\b|longer\b|one\b|more\b|later\b|less\b)",
    re.IGNORECASE,
)
# "Don't nest more than 3 levels" limits, it forbids no nesting.
_LIMIT = re.compile(
    r"\b(?:more than|exceed|over|longer than|larger than)\b.*(?:\d|\b(?:one|two|three|four|five)\b)", re.IGNORECASE
)
# "Do not monitor everything", "do not always ask": an amount is denied, not the act.
_AMOUNT = re.compile(
    r"^(?:[\w'-]+\s+){0,4}?(?:everything|everyone|all|every|always|only|just|too|so|solely|merely|simply|blindly|"
    r"entirely|completely|unnecessar(?:y|ily)|excessive(?:ly)?)\b",
    re.IGNORECASE,
)
# "Do not send them": of what, the sentence before says. "Assign it to itself" is narrower than any word of it.
_POINTING = re.compile(
    r"^\w+\s+(?:(?:them|it)\b|(?:this|that|these|those)\s*(?:[.,;]|$|(?:off|on|up|down|in|out|to|from|by|with|for|as|at)\b))",
    re.IGNORECASE,
)
# "You just don't agree" tells how it is; "just don't agree" asks.
_TELLING = re.compile(r"\b(?:you|we|they|I)\s*$", re.IGNORECASE)
_BARRED = re.compile(
    r"\b(?:is|are|be)\s+(?:strongly\s+|generally\s+)?(?:discouraged|forbidden|prohibited|disallowed|banned|"
    r"not\s+(?:allowed|permitted|recommended|encouraged|acceptable|advised))\b",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:must|shall|should|ought to|may|might|can|could|has to|have to|needs? to)\b", re.IGNORECASE)
# "Variables which must be set": said beside, asked of nobody.
_BESIDE = re.compile(r"\b(?:which|who|whose)\b[^,;]*$|\bthat\s*$|^\W*there(?:'s| is| are)\b", re.IGNORECASE)
# "You may need a proxy": the proxy is what is asked for.
_NEEDING = re.compile(r"^\s*(?:need|want|require)\b")
# "Type safety: use types": a name for what follows, no order.
_LABEL = re.compile(r"^\W*\w+(?:[ /-]\w+){0,3}:\s+(?=\w)")
# "Code which is not yours": without a comma, it tells which code.
_NARROWING = re.compile(r"(?<!,)\s(?:which|where|who)\s", re.IGNORECASE)
# "It may not be able to", "no system can be secure": what may come about, forbidden to nobody.
_EXPECTING = re.compile(r"\b(?:should|must|shall|may|might|can|ought)", re.IGNORECASE)
_STATE = re.compile(r"(?:be (?:able|possible|necessary|needed|required|available)|have|need|know|want|exist)\b", re.I)
# "Logs or user data in local storage": where, of both.
_WHERE = re.compile(r"\s(?:in|on|at|from|with|for|to|into|inside|under)\s.*")
_PASSIVE = re.compile(r"be\s+\w+(?:ed|en|wn|ne|lt|pt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Stems of what one rule asks for, of the verbs of that with what follows, and of each thing that it forbids."""

    asks: frozenset[str]
    heads: frozenset[str]
    first: frozenset[str]
    forbids: tuple[tuple[str, ...], ...]


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        rf"[.;:!?()]|\s[-–—]\s|,\s+as\b|\bas\s+(?:we|it|they|this|you)\b|\bby\b|{any_of(data()['closing']).pattern}",
        re.IGNORECASE,
    )


def _clause(text: str) -> str:
    """A text up to where its clause ends; an end at the very start is passed over."""
    found = next((one for one in _closing().finditer(text) if text[: one.start()].strip()), None)
    return text if found is None else text[: found.start()]


def _forbidden(text: str) -> str:
    """What is forbidden, with a "which" that narrows it, up to where "and" begins an order: "avoid hacks and aim …"."""
    clause = _clause(_NARROWING.sub(" ", text))
    joined = next((one for one in re.finditer(r",?\s+and\s+", clause) if is_order(clause[one.end() :])), None)
    return clause if joined is None else clause[: joined.start()]


@lru_cache(maxsize=32768)
def asked(text: str) -> Asked:
    """What a sentence asks for and forbids."""
    main = split(straight(text)).main
    forbids, rest = list[tuple[str, ...]](), main
    for one in reversed(list(_NOT.finditer(main))):
        body = _forbidden(main[one.end() :])
        before = main[: one.start()]
        if _LIMIT.search(body):
            continue
        if not _forbids_nobody(before, one[0], body):
            forbids += [(_subject(before, body) + terms(part))[:FORBIDDEN] for part in _either(body)]
        rest = rest[: one.start()] + " . " + rest[one.end() + len(body) :]
    if (barred := _BARRED.search(rest)) is not None:
        forbids.append(terms(_last(rest[: barred.start()]))[-PASSIVE:])
        rest = ""
    return Asked(*_asks(rest), tuple(sorted({one for one in forbids if one})))


def _forbids_nobody(before: str, words: str, body: str) -> bool:
    """Whether a "not" denies an amount, what is said beside, what another sentence names, what is told of somebody, or
    what may come about."""
    if (
        _AMOUNT.match(body)
        or (words.lower().startswith("just") and _TELLING.search(before))
        or re.search(r"\b(?:itself|themselves)\b", body)
        or _BESIDE.search(before)
        or (_POINTING.match(body) and not before.strip())
    ):
        return True
    if _EXPECTING.search(words) and _STATE.match(body):
        return True
    return words.lower().startswith("no") and is_possible(body)


def _either(body: str) -> set[str]:
    """What is forbidden, and each of the things that "or" joins in it, with the place that is said of all."""
    parts = re.split(r",?\s+(?:or|nor)\s+", body)
    act, place = body.split(maxsplit=1)[:1], _WHERE.search(parts[-1])
    parts[1:] = (part if is_act(part) else " ".join((*act, part)) for part in parts[1:])
    return {body, *(part + place[0] if place is not None else part for part in parts[:-1]), parts[-1]}


def _subject(before: str, body: str) -> tuple[str, ...]:
    """Of what "must not be dropped" is said."""
    return terms(_last(before))[-PASSIVE:] if _PASSIVE.match(body) else ()


def _last(text: str) -> str:
    return re.split(r"[.;:!?]\s", text)[-1]


def _asks(rest: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All that carries what is asked for; of each clause the verb with what follows it; the verb alone."""
    found, heads, first = set[str](), set[str](), set[str]()
    for clause in re.split(r"[.;:!?]\s+|\s[-–—]\s|[()]", _LABEL.sub("", rest)):
        if _CONDITIONAL.match(clause):
            continue
        if is_order(clause):
            words = terms(_clause(opened(clause)))
        elif (modal := _MODAL.search(clause)) is not None:
            if _BESIDE.search(clause[: modal.start()]) or is_possible(clause):
                continue
            found.update(terms(clause[: modal.start()])[-PASSIVE:])
            words = terms(_NEEDING.sub("", _clause(clause[modal.end() :])))
        else:
            continue
        found.update(words[:ASKED])
        heads.update(words[:HEADS])
        first.update(words[:1])
    return frozenset(found), frozenset(heads), frozenset(first)
