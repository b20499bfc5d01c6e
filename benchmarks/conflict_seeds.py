"""Sentences changed on purpose: into one that contradicts (a number, a "not", an opposite word), or harmlessly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from seci.combination.merge.rules import is_order
from seci.kit.ids import Draw

OPPOSITES = Path(__file__).parent / "data" / "antonym_pairs.tsv"
_DIGITS = re.compile(r"(?<![\w.#/:-])\d+(?![\w.]*\w*[/:])")
_WORDS = {"two": "six", "three": "seven", "four": "nine", "five": "two", "ten": "thirty", "half": "two"}
_MODAL = re.compile(r"\b(should|must|can|may|will|could|shall)\b(?!['’]|\s+(?:not|never|also|only))", re.IGNORECASE)
_BE = re.compile(r"\b(is|are|was|were)\b(?!['’]|\s+not)", re.IGNORECASE)
_DENIED = re.compile(r"^(?:do not|don['’]t|never)\s+", re.IGNORECASE)
HARMLESS = (
    (r"\bdo not\b", "don't"), (r"\bdon['’]t\b", "do not"), (r"\bshould not\b", "shouldn't"), (r"\bit's\b", "it is"),
    (r"\bthat's\b", "that is"), (r"\byou're\b", "you are"), (r"\bcannot\b", "can't"), (r"\be\.g\.", "for example"),
    (r"\bfor example\b", "e.g."), (r"\bshould\b(?! not)", "ought to"), (r"\bneed to\b", "have to"),
    (r"\bhave to\b", "need to"),
    (r"\b[Ee]nsure\b", "make sure"), (r"\b[Mm]ake sure\b", "ensure"), (r"\bin order to\b", "to"),
    (r"\bpull requests?\b", "PR"),
    (r"\bPR\b", "pull request"),
    (r"\bvia\b", "through"), (r"\bbefore\b", "prior to"), (r"\bdevelopers?\b", "engineer"),
    (r"\bcheck\b", "verify"), (r"\bVerify\b", "Check"), (r"\bshow\b", "display"),
    (r"\bchoose\b", "pick"), (r"\b3\b", "three"),
    (r"\btwo\b", "2"), (r"\bpossible\b", "feasible"), (r"\bquickly\b", "fast"),
    (r"\blarge\b", "big"), (r"\bhelp\b", "assist"),
    (r"\bsuch as\b", "like"), (r"\butilize\b", "use"), (r"\bcreate\b", "make"),
    (r"\ballows?\b", "lets"), (r"\balso\s", ""),
    (r"\bstore\b", "save"), (r"\berrors?\b", "mistakes"),
    (r"\bmust\b(?! not)", "has to"), (r"\bif\b", "in case"),
)  # fmt: skip


def number(sentence: str, draw: Draw) -> str | None:
    """The sentence with another number; None if it has none."""
    found = list(_DIGITS.finditer(sentence))
    if found:
        one = draw.choice(found)
        value = int(one[0])
        other = draw.choice([new for new in (value * 2, value * 3 + 1, value + 2, max(1, value // 3)) if new != value])
        return sentence[: one.start()] + str(other) + sentence[one.end() :]
    for word, other_word in _WORDS.items():
        if (written := re.search(rf"\b{word}\b", sentence)) is not None:
            return sentence[: written.start()] + other_word + sentence[written.end() :]
    return None


def negation(sentence: str) -> str | None:
    """The sentence denied, or no longer denied; None where no rule of ours does it well."""
    if (denied := _DENIED.match(sentence)) is not None:
        rest = sentence[denied.end() :]
        return rest[:1].upper() + rest[1:]
    for pattern in (_MODAL, _BE):
        if (found := pattern.search(sentence)) is not None:
            return f"{sentence[: found.end()]} not{sentence[found.end() :]}"
    if (
        is_order(sentence)
        and re.match(r"[A-Z][a-z]+ ", sentence)
        and not re.match(r"(?i)avoid|always|prefer|only", sentence)
    ):
        return "Do not " + sentence[:1].lower() + sentence[1:]
    return None


def opposites() -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in OPPOSITES.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return [(one, other) for one, other in rows]


def antonym(sentence: str, pairs: Mapping[str, list[str]], draw: Draw) -> str | None:
    """The sentence with one word turned into an opposite; None if none has one."""
    spots = [found for found in re.finditer(r"[a-z]+", sentence, re.IGNORECASE) if found[0].lower() in pairs]
    if not spots:
        return None
    one = draw.choice(spots)
    return sentence[: one.start()] + draw.choice(pairs[one[0].lower()]) + sentence[one.end() :]


def harmless(sentence: str) -> str | None:
    """The sentence in other words of the same meaning; None if no rule of ours changes it."""
    said = sentence
    for pattern, new in HARMLESS:
        if (found := re.search(pattern, said)) is not None and new not in sentence:
            said = said[: found.start()] + new + said[found.end() :]
    return said if said != sentence else None
