"""What a partner may hand in, and what it is told. Plain values: this room knows no artifact and no dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

KINDS = ("cue", "threshold", "rule", "exception", "step", "reason", "metaphor", "definition", "weight")
Value = float | str | bool | None


@dataclass(frozen=True, slots=True)
class About:
    """What a partner is told beside the words: no name of a person, no history, nothing it does not need.

    topic     what the dialogue is about ("does this change need a second reviewer?")
    outcomes  what can be decided
    known     names of attributes that are there already
    question  what was asked before these words
    """

    topic: str = ""
    outcomes: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute of a case, as far as a partner needs it to think up edge cases."""

    key: str
    name: str
    type: Literal["number", "category", "ordinal", "boolean"]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimProposal:
    """One statement read out of the words. `words[start:end] == quote`, always. A human confirms it, or nobody."""

    kind: str
    text: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProbeProposal:
    """A question that could be asked about `words[start:end]`. Whether it is asked, the engine decides."""

    text: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnalogyProposal:
    """A feeling or picture in the words, what it may be like, and where the likeness may break."""

    quote: str
    start: int
    end: int
    like: str
    breaks: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of one utterance. `dropped` counts proposals that did not pass the checks."""

    claims: tuple[ClaimProposal, ...] = ()
    probes: tuple[ProbeProposal, ...] = ()
    analogies: tuple[AnalogyProposal, ...] = ()
    dropped: int = 0

    @property
    def kept(self) -> int:
        return len(self.claims) + len(self.probes) + len(self.analogies)


@dataclass(frozen=True, slots=True)
class EdgeCase:
    """A situation near a border, as values by key. It is judged by the expert like every other case."""

    values: Mapping[str, Value]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of prose and the ids of the confirmed claims that it says again."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Edge cases, or sentences, or a wording, that passed the checks; `dropped` counts those that did not."""

    cases: tuple[EdgeCase, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    wording: str = ""
    dropped: int = 0

    @property
    def kept(self) -> int:
        return len(self.cases) + len(self.sentences) + bool(self.wording)


@dataclass(frozen=True, slots=True)
class Raw:
    """What came back, unchecked: lists of plain objects. Nothing outside `checking` reads it."""

    claims: tuple[Mapping[str, object], ...] = ()
    probes: tuple[Mapping[str, object], ...] = ()
    analogies: tuple[Mapping[str, object], ...] = ()
    cases: tuple[Mapping[str, object], ...] = ()
    sentences: tuple[Mapping[str, object], ...] = ()
    wording: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


class Partner(Protocol):
    """The whole of what a partner can do. To confirm, to score, to publish, to stop is not among it."""

    async def listen(self, words: str, about: About) -> Raw:
        """Claims, probes and analogies in what somebody said."""

    async def word(self, question: str, about: About) -> Raw:
        """The engine's question in other words."""

    async def edge_cases(self, columns: tuple[Column, ...], artifact: str, about: About, count: int) -> Raw:
        """Plausible situations near the borders of what the artifact says so far."""

    async def draft(self, claims: Mapping[str, str], about: About) -> Raw:
        """Prose from confirmed claims, each sentence naming those it says again."""
