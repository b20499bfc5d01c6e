"""What a partner hands in is believed in nothing: each proposal passes these checks or is dropped and counted.

A quote must stand in the human's own words, letter by letter; only runs of white space count as alike. A number in a
proposal must stand in what it rests on. So whatever a model was talked into, it cannot put words into a mouth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TypeVar

from seci.partner.proposal import (
    KINDS,
    AnalogyProposal,
    ClaimProposal,
    Column,
    EdgeCase,
    Heard,
    Made,
    ProbeProposal,
    Raw,
    Sentence,
)

T = TypeVar("T")

MOST_CLAIMS, MOST_PROBES, MOST_ANALOGIES = 12, 3, 3
LONGEST_CLAIM, LONGEST_QUESTION, LONGEST_QUOTE = 300, 400, 600

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ROUND = {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "half": "50",
    "hundred": "100",
    "thousand": "1000",
}
WORDS_FOR_NUMBERS = {word: str(number) for number, word in enumerate(SMALL)} | ROUND


def locate(quote: str, words: str) -> tuple[int, int] | None:
    """Where the quote stands in the words, as (start, end); None when it does not. White space may differ."""
    pieces = quote.split()
    if not pieces or len(quote) > LONGEST_QUOTE:
        return None
    found = re.search(r"\s+".join(map(re.escape, pieces)), words)
    return found.span() if found else None


def numbers(text: str) -> set[str]:
    """The numbers a text names, in figures or small ones in words; 1,000 and 1000 are the same, 5.0 and 5 too."""
    figures = {_plain(found) for found in NUMBER.findall(text)}
    return figures | {
        WORDS_FOR_NUMBERS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS_FOR_NUMBERS
    }


def invented(text: str, source: str) -> set[str]:
    """Numbers in figures that the text has and its source has not."""
    return {_plain(found) for found in NUMBER.findall(text)} - numbers(source)


def heard(raw: Raw, words: str) -> Heard:
    """The proposals on one utterance that hold. Each names its place in the words."""
    claims = _unique(_claim(each, words) for each in raw.claims)[:MOST_CLAIMS]
    probes = _unique(_probe(each, words) for each in raw.probes)[:MOST_PROBES]
    analogies = _unique(_analogy(each, words) for each in raw.analogies)[:MOST_ANALOGIES]
    came = len(raw.claims) + len(raw.probes) + len(raw.analogies)
    kept = len(claims) + len(probes) + len(analogies)
    return Heard(tuple(claims), tuple(probes), tuple(analogies), came - kept)


def wording(raw: Raw, question: str) -> Made:
    """The question in other words, if it still asks the same: one question, its numbers and its quotes, no others."""
    text = " ".join(raw.wording.split())
    same = (
        0 < len(text) <= LONGEST_QUESTION
        and text.count("?") == question.count("?")
        and not invented(text, question)
        and not invented(question, text)
        and set(_quoted(question)) <= set(_quoted(text))
    )
    return Made(wording=text) if same else Made(dropped=int(bool(text)))


def edge_cases(raw: Raw, columns: Sequence[Column], count: int) -> Made:
    """Cases whose every value can be: known attributes, their types, levels and, doubled, their ranges."""
    known = {column.key: column for column in columns}
    cases = _unique(_case(each, known) for each in raw.cases)[:count]
    return Made(cases=tuple(cases), dropped=len(raw.cases) - len(cases))


def sentences(raw: Raw, claims: Mapping[str, str]) -> Made:
    """Sentences that each cite claims which are there and bring in no number that those do not have."""
    kept = [found for each in raw.sentences if (found := _sentence(each, claims)) is not None]
    return Made(sentences=tuple(kept), dropped=len(raw.sentences) - len(kept))


def _claim(each: Mapping[str, object], words: str) -> ClaimProposal | None:
    quote, place = _place(each, words)
    text = _text(each.get("text"), LONGEST_CLAIM)
    if place is None or not text or each.get("kind") not in KINDS or invented(text, quote):
        return None
    return ClaimProposal(str(each["kind"]), text, quote, *place)


def _probe(each: Mapping[str, object], words: str) -> ProbeProposal | None:
    quote, place = _place(each, words)
    text = _text(each.get("text"), LONGEST_QUESTION)
    if place is None or not text.endswith("?") or invented(text, quote):
        return None
    return ProbeProposal(text, quote, *place)


def _analogy(each: Mapping[str, object], words: str) -> AnalogyProposal | None:
    quote, place = _place(each, words)
    like = _text(each.get("like"), LONGEST_CLAIM)
    if place is None or not like:
        return None
    return AnalogyProposal(quote, *place, like, _text(each.get("breaks"), LONGEST_CLAIM))


def _case(each: Mapping[str, object], known: Mapping[str, Column]) -> EdgeCase | None:
    values = each.get("values")
    if not isinstance(values, Mapping) or not values or not set(values) <= set(known):
        return None
    if not all(fits(known[key], value) for key, value in values.items()):
        return None
    return EdgeCase(dict(values), _text(each.get("why"), LONGEST_CLAIM))


def fits(column: Column, value: object) -> bool:
    """Whether an attribute can have this value. A number may lie outside the range seen by as much as its width."""
    if column.type == "boolean":
        return isinstance(value, bool)
    if column.type == "number":
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            return False
        low, high = column.low, column.high
        return low is None or high is None or low - (high - low) <= value <= high + (high - low)
    return isinstance(value, str) and value in column.levels


def _sentence(each: Mapping[str, object], claims: Mapping[str, str]) -> Sentence | None:
    text, cited = _text(each.get("text"), LONGEST_QUESTION), each.get("claims")
    if not text or not isinstance(cited, list | tuple) or not cited or not all(one in claims for one in cited):
        return None
    if invented(text, " ".join(claims[one] for one in cited)):
        return None
    return Sentence(text, tuple(cited))


def _place(each: Mapping[str, object], words: str) -> tuple[str, tuple[int, int] | None]:
    """The words themselves at the place of the quote, so that what is kept is the human's spelling, not the model's."""
    place = locate(str(each.get("quote") or ""), words)
    return (words[slice(*place)], place) if place else ("", None)


def _text(value: object, longest: int) -> str:
    """One line of text; empty when it is none or too long to be one statement."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= longest else ""


def _plain(number: str) -> str:
    figure = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number) else number.replace(",", ".")
    return figure.rstrip("0").rstrip(".") if "." in figure else figure.lstrip("0") or "0"


def _quoted(text: str) -> list[str]:
    return re.findall(r'[“"]([^”"]+)[”"]', text)


def _unique(found: Iterable[T | None]) -> list[T]:
    kept: list[T] = []
    for each in found:
        if each is not None and each not in kept:
            kept.append(each)
    return kept
