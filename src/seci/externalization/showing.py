"""What the pages of an interview hold: plain records, so that templates ask nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.evidence import ClaimStatus, Origin
from seci.externalization.meter import Meter
from seci.externalization.retelling import Past
from seci.externalization.screen import Screen


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as its expert reads it, with the words it rests on."""

    id: str
    text: str
    quote: str
    status: ClaimStatus
    origin: Origin

    @property
    def retracted(self) -> bool:
        return self.status == "retracted"


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """externalization/interview.html, and its part that htmx replaces.

    number         of the question shown; an answer names it
    answered       turns that are stored
    cases          verdicts given
    minutes        estimate of the minutes to go; None is unknown
    past           turns told again, the latest first; `latest` the last one with words
    looked         tiles opened so far, comma between
    text, choices, sure    what was already filled in, for browsers without scripts
    artifact       the drawing; empty while a case is judged, when it is `folded`
    remark         one sentence on what just happened, when it is not what was asked for
    fragment       whether only the part that changes is sent
    """

    id: int
    title: str
    state: str
    number: int
    screen: Screen
    meter: Meter
    answered: int = 0
    cases: int = 0
    minutes: int | None = None
    past: tuple[Past, ...] = ()
    latest: Past | None = None
    statements: tuple[Statement, ...] = ()
    artifact: str = ""
    artifact_words: str = ""
    artifact_open: bool = True
    artifact_url: str = ""
    folded: bool = False
    may_answer: bool = True
    looked: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    sure: str = ""
    remark: str = ""
    fragment: bool = False
