"""A dialogue as it stands: how it was set, what has been said, judged, confirmed and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Claim
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.turn import Turn
from seci.partner.proposal import Sentence

Wanted = Literal[
    "decision_tree", "scorecard", "checklist", "flowchart", "runbook", "template", "matrix", "guide", "story"
]
Structure = Literal["tree", "weights"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is fixed before the first question. The same setting and turns give the same next question.

    decision    what is decided, as a question ("When does this data need a hold?"); asked when empty
    wanted      the type of artifact to end with
    protocol    key of a protocol (`protocols.PROTOCOLS`)
    conversion  key of a starter conversion (`conversions.CONVERSIONS`), or None for free choice
    pool        cases at hand; when there are none, a bank is made from the attributes
    junior      whether somebody who learns is present and asks and predicts too
    minutes     how long the expert has
    lexicon     the text of a cue file of the user's own (TOML), added to ours
    """

    decision: str = ""
    asset: str = ""
    wanted: Wanted = "decision_tree"
    protocol: str = "decision"
    conversion: str | None = None
    outcomes: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    pool: tuple[Case, ...] = ()
    junior: bool = False
    seed: int = 0
    minutes: int = 25
    lexicon: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that filled a slot: the turn, and the words as they were said."""

    turn: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in the expert's words, read as conditions. `claim` is where the words stand.

    exception    whether it was said as an exception to another rule
    cornerstone  the case on which it was said, when there was one
    """

    claim: str
    conditions: tuple[Condition, ...]
    outcome: str
    exception: bool = False
    cornerstone: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A follow-up that waits for its turn on the agenda.

    about   the words that call for it; at most two follow-ups are asked on one span
    weight  worth of the answer, before it is divided by the effort
    """

    probe: str
    slot: str
    words: str
    about: tuple[str, int, int]
    weight: float
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Metaphor:
    """What something is like, in what way, and where the likeness ends. Without its limits it is not complete."""

    image: str
    match: str = ""
    mismatch: str = ""
    attribute: str = ""
    claim: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.image and self.match and self.mismatch)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure: what calls for it, what is done, what is seen, what it means (PARI; Hall, Gott 1995)."""

    turn: str
    action: str
    precursor: str = ""
    result: str = ""
    interpretation: str = ""
    otherwise: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """One case of the teach-back: what the artifact answered, and what the expert said of verdict and reason."""

    case: Case
    outcome: str
    verdict_right: bool
    reason_right: bool
    correct: str = ""


@dataclass(frozen=True, slots=True)
class Impossible:
    """What cannot happen, as said by the expert: a constraint on cases (all conditions together)."""

    turn: str
    conditions: tuple[Condition, ...]
    case: str = ""


@dataclass(slots=True)
class Memo:
    """What was worked out for this dialogue and would be the same if worked out again; never part of the record."""

    kept: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """The fold of a setting and its turns. Made by `dialogue.begin` and `dialogue.step` only.

    turns        every turn, also those taken back
    filled       slot -> the words that filled it
    claims       statements with their words; retracted ones stay, marked
    judgements   verdicts of the expert; `learning` those of the junior (never mixed)
    asked        probes already asked, as "probe|slot"; `probed` counts them by span
    shown        node -> words, as last shown to the expert; `confirmed` and `contested` are nodes
    withdrawn    ids of claims and turns taken back; `undone` turns that were stepped back over
    prose        sentences that a partner wrote of confirmed claims and the expert confirmed in turn
    skipped      cases passed over; `overruled` cases whose verdict gave way to the expert's words
    finishing    whether the expert wants to come to the end; go_on: whether the offered end was declined
    distances    how far each restatement was from the one before (0 equal .. 1 nothing in common)
    """

    setting: Setting
    turns: tuple[Turn, ...] = ()
    filled: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    claims: tuple[Claim, ...] = ()
    rules: tuple[Rule, ...] = ()
    steps: tuple[Step, ...] = ()
    metaphors: tuple[Metaphor, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    learning: tuple[Judgement, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    taught: tuple[Taught, ...] = ()
    pending: tuple[Pending, ...] = ()
    asked: frozenset[str] = frozenset()
    probed: Mapping[tuple[str, int, int], int] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()
    distances: tuple[float, ...] = ()
    corrections: int = 0
    reflected_at: int = 0
    withdrawn: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()
    structure: Structure | None = None
    last_open: bool = False
    go_on: bool = False
    finishing: bool = False
    resumed_at: int = 0
    skipped: frozenset[str] = frozenset()
    overruled: frozenset[str] = frozenset()
    prose: tuple[Sentence, ...] = ()
    signed: str | None = None
    stopped: bool = False
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    def words(self, slot: str) -> str:
        """The latest words for a slot; empty when nothing was said."""
        said = self.filled.get(slot)
        return said[-1].text if said else ""

    def claim(self, claim: str) -> Claim | None:
        return next((one for one in self.claims if one.id == claim), None)

    @property
    def standing(self) -> tuple[Claim, ...]:
        """Claims that were not taken back."""
        return tuple(one for one in self.claims if one.status != "retracted")
