"""What passes between the interviewer and the expert: a question out, an answer in.

The dialogue does no input or output itself. It yields a `Question`; whoever drives it (page, terminal, agent, test)
shows it and sends an `Answer` back. Both are plain data, so that a turn can be written down before the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from seci.cases.case import Case

Stage = Literal[
    "frame", "incident", "attributes", "structure", "cases", "reflect", "say_do", "teach_back", "sign", "done"
]

# What can be answered besides the thing asked for.
Reply = Literal["answer", "depends", "cannot_happen", "skip", "confirm", "correct", "retract", "back", "stop"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question in words. `options` makes it a closed one; `about` is the span of words that it asks about.

    slot      the place of the artifact that the answer fills ("outcomes", "attribute:nulls", "threshold:nulls")
    probe     which probe of which protocol it is, to trace why it was asked
    why       one sentence for the expert: why this is asked now
    about     (turn id, start, end) of the words that made us ask
    """

    stage: Stage
    text: str
    slot: str = ""
    probe: str = ""
    why: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    several: bool = False
    about: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """A case to judge. What the artifact would say (`predicted`) is written down and never shown before the verdict.

    board   whether the attributes are hidden until opened, so that the order of looks is seen
    by      whose verdict is asked for: with somebody who learns present, theirs is asked for first and kept apart
    audit   drawn blindly; repeat_of: shows an earlier case again
    """

    case: Case
    outcomes: tuple[str, ...]
    text: str = ""
    board: bool = False
    audit: bool = False
    repeat_of: str | None = None
    predicted: str | None = None
    stage: Stage = "cases"
    reason_wanted: bool = False
    by: Literal["expert", "junior"] = "expert"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a diff of the artifact, in words: what it said, what it would say, and why.

    node   id of the node that changes; cases and claims are the evidence
    """

    node: str
    before: str
    after: str
    because: str = ""
    claims: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reflect:
    """The artifact has changed: is this what you mean? Confirm, correct, it depends, cannot happen, skip."""

    text: str
    changes: tuple[Change, ...]
    stage: Stage = "reflect"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The words say one thing, the verdicts another: which holds?"""

    text: str
    claim: str
    cases: tuple[str, ...]
    options: tuple[str, ...] = ("My words", "My verdicts", "Both: there is an exception")
    stage: Stage = "say_do"


@dataclass(frozen=True, slots=True)
class Explain:
    """Teach-back: an unseen case, what the artifact answers and why; the expert marks the verdict and the reason."""

    case: Case
    outcome: str
    reason: str
    outcomes: tuple[str, ...]
    text: str = ""
    stage: Stage = "teach_back"


@dataclass(frozen=True, slots=True)
class Sign:
    """Everything asked has been answered: the summary to sign, or to go on."""

    text: str
    summary: Mapping[str, str] = field(default_factory=dict)
    stage: Stage = "sign"


@dataclass(frozen=True, slots=True)
class Done:
    text: str = ""
    stage: Stage = "done"


Question = Ask | Judge | Reflect | Contradiction | Explain | Sign | Done


@dataclass(frozen=True, slots=True)
class Answer:
    """What the expert sent back. Which fields matter depends on the question.

    reply       what kind of answer; "answer" is the thing asked for
    text        words: the answer to Ask, the correction to Reflect, the reason to Judge or Explain
    choice      an option of Ask, an outcome of Judge, the verdict of Explain
    choices     for an Ask with `several`
    looked      attributes opened on the board, in order
    latency_ms  from showing to sending; None is unknown
    sure        whether the verdict was called a sure one
    right       Explain: whether verdict and reason are right, as (verdict, reason)
    claim       which claim a "retract" takes back
    """

    reply: Reply = "answer"
    text: str = ""
    choice: str = ""
    choices: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    latency_ms: int | None = None
    sure: bool | None = None
    right: tuple[bool, bool] | None = None
    claim: str = ""

    @property
    def said(self) -> str:
        """The words, else what was chosen: spans of claims point into it."""
        return self.text or ", ".join(self.choices) or self.choice


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, as it is written down. `id` is stable; spans point into `answer.said`."""

    id: str
    question: Question
    answer: Answer
    at: int
    speaker: int | None = None
