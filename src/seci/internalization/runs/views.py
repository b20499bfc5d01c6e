"""What pages and programs see of runs."""

from __future__ import annotations

from dataclasses import dataclass

from seci.internalization.runs.access import Run
from seci.internalization.runs.course import Course, Spot
from seci.internalization.runs.ladder import Rung, Step
from seci.internalization.runs.pressure import WORDS
from seci.internalization.runs.transfer import Transfer
from seci.kit.clock import Micros
from seci.kit.figures import Figure
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a list. What was decided is left out where it waits for a blind judgement."""

    id: int
    artifact: int
    title: str
    task: str
    state: str
    pressure: int
    decided: str
    started_at: Micros
    is_blind: bool = False

    @property
    def pressure_words(self) -> str:
        return WORDS[self.pressure]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    person: PersonRef | None
    is_blind: bool
    decision: str
    upheld: bool
    because: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A node that was looked up: what it says and why."""

    node: str
    words: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """runs/run.html. `next` is the number of the next move; `looked` what was opened, the whole answer among it."""

    run: Run
    title: str
    type: str
    course: Course
    next: int
    choices: tuple[str, ...]
    looked: tuple[Looked, ...]
    by: PersonRef | None
    may_go_on: bool
    may_tell: bool
    may_review: bool
    reviews: tuple[ReviewRow, ...]

    @property
    def pressure_words(self) -> str:
        return WORDS[self.run.pressure]

    @property
    def now(self) -> Spot | None:
        """The one place to go on at; None where several are open."""
        return next((spot for spot in self.course.spots if spot.state == "now"), None)


@dataclass(frozen=True, slots=True)
class BlindPage:
    """runs/blind.html: the task as it lay before whoever decided, without what they decided or who they are."""

    run: int
    artifact: int
    title: str
    task: str
    facts: tuple[Spot, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LadderRow:
    """Somebody on the ladder of an artifact, for them and for whoever decides."""

    person: PersonRef
    rung: Rung
    step: Step


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """How alike people decide with an artifact: on real work, and as a panel on cases to practise."""

    artifact: int
    title: str
    work: Figure
    panel: Figure


@dataclass(frozen=True, slots=True)
class WorkPage:
    """runs/work.html: an artifact at work. `team` is None for fewer than five people, `mine` for none of one's own."""

    artifact: int
    title: str
    type: str
    runs: bool
    open: tuple[RunRow, ...]
    past: tuple[RunRow, ...]
    waiting: tuple[RunRow, ...]
    mine: Transfer | None
    team: Transfer | None
    people: int
    ladder: tuple[LadderRow, ...]
    may_decide: bool
    me: int | None
