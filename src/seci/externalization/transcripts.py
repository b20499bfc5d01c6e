"""From other places: a transcript, a chat thread, a review or a document becomes candidate claims with their spans.

Nothing in it is believed until a person has confirmed it bit by bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.artifacts.evidence import Claim, ClaimKind
from seci.cases.attribute import Attribute
from seci.externalization.listening.cues import Cue, Lexicon, detect, lexicon
from seci.externalization.understanding import told
from seci.externalization.understanding.wording import has_words, sentences

Form = Literal["transcript", "chat", "review", "document"]
LONGEST = 2_000_000
"""Characters that are read of one text; what comes after is not."""

MOST_WORDS = 60
"""Words of a sentence above which it is no single claim."""

# "Dan:", "[10:32] Dan:", "Dan (10:32):", "<dan>", "**Dan**:", "Speaker 2:"; WebVTT and SRT times stand on lines alone.
_SPEAKER = re.compile(
    r"^\s*(?:\[?\(?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\)?\]?\s*[-–]?\s*)?"
    r"(?:<(?P<angle>[^>\n]{1,40})>|\*{0,2}(?P<name>[A-Z][\w .'-]{0,38}?)\*{0,2}\s*"
    r"(?:\(\d{1,2}:\d{2}(?::\d{2})?\))?\s*:\*{0,2})\s+(?=\S)"
)
_TIMES = re.compile(r"^\s*(?:\d+|WEBVTT.*|\d{1,2}:\d{2}(?::\d{2})?[.,]?\d*\s*-->.*)\s*$")
_NOISE = re.compile(r"^\s*(?:>|```|\||!\[|https?://\S+\s*$|@@|[+-]{3}\s)")
_LIST = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|#{1,6}|\[[ x]\])\s+(?:\[[ x]\]\s+)?")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one speaker's words; `speaker` is empty where none is named."""

    speaker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that the text may hold: who said it, why it was picked out, and the rule that can be read from it."""

    claim: Claim
    speaker: str
    cues: tuple[str, ...]
    rules: tuple[told.Told, ...] = ()


def segments(text: str) -> Iterator[Segment]:
    """The text by speaker, line by line: quoted lines, code, links and time stamps are left out."""
    speaker, at, in_code = "", 0, False
    for line in text[:LONGEST].splitlines(keepends=True):
        start, at = at, at + len(line)
        if line.lstrip().startswith("```"):
            in_code = not in_code
        if in_code or _TIMES.match(line) or _NOISE.match(line):
            continue
        if found := _SPEAKER.match(line):
            speaker = (found.group("name") or found.group("angle")).strip()
            start += found.end()
        elif found := _LIST.match(line):
            start += found.end()
        if has_words(text[start:at]):
            yield Segment(speaker, start, at)


def candidates(
    text: str,
    source: str,
    *,
    form: Form = "transcript",
    attributes: Sequence[Attribute] = (),
    outcomes: Sequence[str] = (),
    extra: str = "",
    prefix: str = "c",
) -> list[Candidate]:
    """Sentences that state a rule, a threshold, a reason, an exception ...: each with its exact place in the text.

    source  what the claims name as their source ("transcript:12"); `text[claim.start:claim.end] == claim.quote`
    extra   a cue file of the user's own

    Questions are left out: they state nothing.
    """
    classes = lexicon(extra)
    found: list[Candidate] = []
    for segment in segments(text):
        for start, end in _spans(text, segment):
            quote = text[start:end]
            cues = detect(quote, classes)
            rules = tuple(told.rules(quote, attributes, outcomes)) if attributes and outcomes else ()
            kind = _kind(quote, cues, rules, classes, form)
            if kind is not None:
                found.append(Candidate(
                    Claim(
                        f"{prefix}{len(found) + 1}", kind, " ".join(quote.split()), quote, source, start, end,
                        origin="document",
                    ),
                    segment.speaker, tuple(dict.fromkeys(cue.cue for cue in cues)), rules,
                ))  # fmt: skip
    return found


def _spans(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text[segment.start : segment.end]):
        quote = text[segment.start + start : segment.start + end]
        if not quote.endswith("?") and 3 <= len(quote.split()) <= MOST_WORDS:
            yield segment.start + start, segment.start + end


# What makes a sentence a claim by itself; weaker cues (a hedge, an incident) only color one.
_STRONG: tuple[tuple[str, ClaimKind], ...] = (
    ("exception", "exception"), ("universal", "rule"), ("choice", "rule"), ("depends", "rule"), ("cause", "reason"),
    ("vague_size", "threshold"), ("comparison", "weight"), ("feeling", "metaphor"), ("just_know", "cue"),
)  # fmt: skip
_NUMBERED = re.compile(
    r"\b(?:over|above|under|below|more than|less than|at least|at most|within|exceeds?)\b[^.;]{0,20}\d|"
    r"[<>≤≥]\s*=?\s*\d",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:if|when|whenever|once)\b[^.;]+,|\b(?:only if|only when|as long as)\b", re.IGNORECASE)


def _kind(
    quote: str, cues: Sequence[Cue], rules: Sequence[told.Told], classes: Lexicon, form: Form
) -> ClaimKind | None:
    if rules:
        return "exception" if any(one.exception for one in rules) else "rule"
    if _NUMBERED.search(quote):
        return "threshold"
    present = {cue.cue for cue in cues}
    for cue, kind in _STRONG:
        if cue in present:
            return kind
    quoted = {cue for cue in present if cue not in _KNOWN and cue in classes}
    if quoted:
        return classes[sorted(quoted)[0]].kind
    if "procedure" in present and form in ("document", "review"):
        return "step"
    return "rule" if _CONDITIONAL.search(quote) else None


_KNOWN = frozenset(lexicon())
