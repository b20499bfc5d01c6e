"""What a node of an artifact rests on: claims with their words, cases for it and against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClaimKind = Literal["cue", "threshold", "rule", "exception", "step", "reason", "metaphor", "definition", "weight"]
ClaimStatus = Literal["proposed", "confirmed", "corrected", "contested", "retracted"]
# human: said by a person. partner: proposed by the language model; it counts once a human confirmed it.
Origin = Literal["human", "partner", "document"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, traced to the words it comes from.

    text         the statement as it stands in the artifact
    quote        the words themselves: `source[start:end]`, checked, never paraphrased
    source       where the words stand: "turn:<id>" of a dialogue, "document:<id>", "transcript:<id>"
    start, end   characters of the source's text
    origin       who brought it up
    confirmed_by the person who confirmed it; a partner's claim without one is never published
    """

    id: str
    kind: ClaimKind
    text: str
    quote: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    slot: str = ""
    origin: Origin = "human"
    status: ClaimStatus = "proposed"
    confirmed_by: int | None = None
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one node rests on: ids of claims, ids of cases that agree and that disagree.

    cornerstone  the case for which an exception was made
    """

    claims: tuple[str, ...] = ()
    cases_for: tuple[str, ...] = ()
    cases_against: tuple[str, ...] = ()
    cornerstone: str | None = None

    @property
    def is_supported(self) -> bool:
        return bool(self.claims or self.cases_for)
