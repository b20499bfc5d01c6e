"""Rules as they are said, read as conditions: "hold it when missing values are over 5 %, unless it is a backfill".

Only what is plainly there is read: an attribute by its name, a level by its word, a number beside a word of comparison.
What cannot be read stays a claim in words. Nothing is guessed, since cases decide what words leave open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from seci.artifacts.condition import Condition, Operator
from seci.cases.attribute import Attribute, Value, Values
from seci.externalization.understanding.quantities import Quantity, quantities

_ABOVE = (
    r"(?:over|above|more than|greater than|higher than|larger than|longer than|older than|beyond|exceed(?:s|ing)?|"
    r"at least|from|no less than|not less than|no fewer than|>=|=>|≥|>)"
)
_BELOW = (
    r"(?:under|below|less than|fewer than|lower than|smaller than|shorter than|younger than|within|at most|up to|"
    r"no more than|not more than|not over|not above|<=|=<|≤|<)"
)
_COMPARED = re.compile(rf"(?P<below>{_BELOW})|(?P<above>{_ABOVE})", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"^\s*(?:or|and)\s+(?:(?P<above>more|over|above|up|higher|older)|(?P<below>less|below|under|fewer))", re.IGNORECASE
)
_NEGATION = re.compile(
    r"(?:\b(?:not|no|never|without|isn't|is not|wasn't|hasn't|doesn't|don't|neither|nor)|n't)\s+(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
_INNER_NEGATION = re.compile(r"\b(?:not|never|no)\b|n't\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:unless|except(?:\s+(?:when|if|for|that|in))?|other than when|but not (?:when|if))\b", re.I)
_ELSE = re.compile(r"\b(?:otherwise|or else|if not|in all other cases|everything else)\b", re.IGNORECASE)
_PLAIN = {"yes", "no", "true", "false", "maybe", "other"}


@dataclass(frozen=True, slots=True)
class Told:
    """One rule read from words: all conditions together call for the outcome; an empty outcome was not said."""

    conditions: tuple[Condition, ...]
    outcome: str
    exception: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    attribute: Attribute
    start: int
    end: int
    level: Value = None
    negated: bool = False


def conditions(text: str, attributes: Sequence[Attribute], about: Attribute | None = None) -> tuple[Condition, ...]:
    """The conditions that the words state. `about` is what is being talked of when no attribute is named."""
    mentions = _mentions(text, attributes)
    found = [_plain(one) for one in mentions if one.attribute.type != "number"]
    found += _compared(text, [one for one in mentions if one.attribute.type == "number"], about)
    return _joined(found)


def rules(
    text: str,
    attributes: Sequence[Attribute],
    outcomes: Sequence[str],
    *,
    verdict: str = "",
    case: Values | None = None,
) -> list[Told]:
    """The rules that one sentence states: the main one, and its exception ("unless ...").

    verdict  the outcome when the sentence names none: what was said of the case it is about
    case     the case it is about; conditions that do not hold there are not what the sentence gives as its reason
    """
    text = _ELSE.split(text)[0]
    pieces = _EXCEPT.split(text, maxsplit=1)
    outcome = outcome_in(text, outcomes) or verdict
    main = _held(conditions(pieces[0], attributes), case)
    found = [Told(main, outcome)] if main and outcome else []
    if len(pieces) > 1 and outcome and (extra := conditions(pieces[1], attributes)):
        found.append(Told(_joined([*main, *extra]), _other(outcome, outcomes), exception=True))
    return found


def named_in(text: str, attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Keys of the attributes that the words name, by their name or one of their levels."""
    return tuple(dict.fromkeys(one.attribute.key for one in _mentions(text, attributes)))


def outcome_in(text: str, outcomes: Sequence[str]) -> str:
    """The outcome that the words name; empty when none or two are. "Do not ship" names the other one of two."""
    named = {}
    for outcome in outcomes:
        if outcome.casefold() in _PLAIN or not (found := _phrase(outcome, verb=True).search(text)):
            continue
        negated = _NEGATION.search(text[: found.start()]) is not None
        named[_other(outcome, outcomes) if negated else outcome] = found.start()
    return next(iter(named)) if len(named) == 1 else ""


def _other(outcome: str, outcomes: Sequence[str]) -> str:
    rest = [one for one in outcomes if one != outcome]
    return rest[0] if len(rest) == 1 else ""


def _held(found: tuple[Condition, ...], case: Values | None) -> tuple[Condition, ...]:
    return found if case is None else tuple(one for one in found if one.holds(case) is not False)


def _mentions(text: str, attributes: Sequence[Attribute]) -> list[_Mention]:
    found = [
        _Mention(attribute, hit.start(), hit.end(), negated=_negated(text, hit))
        for attribute in attributes
        for hit in _phrase(attribute.name).finditer(text)
    ]
    named = {one.attribute.key for one in found}
    for attribute in attributes:
        for level in attribute.levels:
            ambiguous = sum(level in other.levels for other in attributes) > 1 or level.casefold() in _PLAIN
            if ambiguous and attribute.key not in named:
                continue
            hits = _phrase(level).finditer(text)
            found += [_Mention(attribute, hit.start(), hit.end(), level, _negated(text, hit)) for hit in hits]
    return sorted(_longest(found), key=lambda one: one.start)


def _longest(found: list[_Mention]) -> list[_Mention]:
    """Without mentions inside longer ones ("age" in "age of the source")."""
    return [
        one
        for one in found
        if not any(
            other is not one and other.start <= one.start and one.end <= other.end
            and (other.end - other.start) > (one.end - one.start)
            for other in found
        )
    ]  # fmt: skip


def _negated(text: str, hit: re.Match[str]) -> bool:
    return bool(_NEGATION.search(text[: hit.start()]) or _INNER_NEGATION.search(hit.group()))


def _plain(one: _Mention) -> Condition | None:
    if one.attribute.type == "boolean" and one.level is None:
        return Condition(one.attribute.key, "is", not one.negated)
    if one.level is not None:
        return Condition(one.attribute.key, "is not" if one.negated else "is", one.level)
    return None


def _compared(text: str, mentions: list[_Mention], about: Attribute | None) -> list[Condition | None]:
    found: list[Condition | None] = []
    for number in quantities(text):
        operator, start = _operator(text, number)
        if operator is None:
            continue
        attribute = _nearest(mentions, start, number.end) or (about if about and about.type == "number" else None)
        if attribute is not None:
            found.append(Condition(attribute.key, operator, _in_units(number, attribute)))
    return found


def _operator(text: str, number: Quantity) -> tuple[Operator | None, int]:
    before = text[max(0, number.start - 28) : number.start]
    found = list(_COMPARED.finditer(before))
    if found and len(before) - found[-1].end() <= 12 and not re.search(r"[.;]", before[found[-1].end() :]):
        last = found[-1]
        return ("<=" if last.group("below") else ">"), number.start - (len(before) - last.start())
    if after := _AFTERWARDS.match(text[number.end : number.end + 20]):
        return ("<=" if after.group("below") else ">"), number.start
    return None, number.start


def _nearest(mentions: list[_Mention], start: int, end: int) -> Attribute | None:
    before = [one for one in mentions if one.end <= start]
    after = [one for one in mentions if one.start >= end and one.start - end <= 20]
    if after and after[0].start - end <= 4 and not (before and start - before[-1].end <= 12):
        return after[0].attribute
    if before:
        return before[-1].attribute
    return after[0].attribute if after else None


def _in_units(number: Quantity, attribute: Attribute) -> float:
    """5 % of an attribute that runs from 0 to 1 is 0.05; "a third" of one in percent is 33.3."""
    if number.unit == "%" and attribute.unit != "%" and attribute.high is not None and attribute.high <= 1:
        return number.value / 100
    return number.value


def _joined(found: Sequence[Condition | None]) -> tuple[Condition, ...]:
    """Without doubles; several levels of one attribute become "in"; of two bounds on one side the last is kept."""
    kept: dict[tuple[str, str], Condition] = {}
    for one in found:
        if one is None:
            continue
        at = (one.attribute, one.operator)
        if one.operator == "is" and isinstance(one.value, str) and at in kept and kept[at].value != one.value:
            kept[at] = Condition(one.attribute, "in", (*_levels(kept[at]), one.value))
        else:
            kept[at] = one
    return tuple(kept.values())


def _levels(one: Condition) -> tuple[str, ...]:
    return one.value if isinstance(one.value, tuple) else (str(one.value),)


@lru_cache(maxsize=4096)
def _phrase(name: str, *, verb: bool = False) -> re.Pattern[str]:
    """The name in running text: any case, plural or singular, up to two small words between its words."""
    words = [re.escape(_stem(word, verb=verb)) for word in re.findall(r"\w+", name.replace("_", " "))]
    if not words:
        return re.compile(r"(?!)")
    ending = r"(?:s|es|ed|d|ing|e)?" if verb else r"(?:s|es)?"
    between = (
        ending + r"\W{1,3}(?:(?:has|have|is|are|was|were|does|do|did|just|of|the|not|never|been|recently)\W{1,2}){0,3}"
    )
    return re.compile(r"\b" + between.join(words) + ending + r"\b", re.IGNORECASE)


def _stem(word: str, *, verb: bool) -> str:
    if verb and len(word) > 3 and word.endswith("e"):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
