"""What pages, commands and programs show of practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.internalization.access import Pattern, PracticeCase
from seci.internalization.calibration import Calibration
from seci.internalization.exercises.interruption import Interruption
from seci.internalization.feedback import Reveal
from seci.internalization.kappa import Kappa
from seci.internalization.panel import Ceiling
from seci.internalization.scaffold import Level
from seci.kit.clock import Micros
from seci.kit.figures import Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """A case before a learner, with exactly the help of their level and nothing else.

    place, total  "3 of 12"
    level         WORKED brings `path` whole and `answer`; COMPLETION brings `path` without its last step; ON_REQUEST
                  lets the artifact be opened, which is counted; CLOSED and PRESSURE bring nothing. Which pattern it is,
                  WORKED and COMPLETION alone say: the cases of one mostly have one answer
    limit_ms      of a timed case, from `shown_at`; None is untimed
    left_ms       what is left of it by the clock of the server
    card          of a timed case: who comes in, when; None once it was answered. number: to be kept in mind meanwhile
    """

    round: int
    attempt: int
    place: int
    total: int
    case: int
    artifact: int
    artifact_title: str
    pattern_name: str
    title: str
    situation: str
    options: tuple[str, ...]
    level: Level
    path: tuple[str, ...]
    answer: str
    may_look_up: bool
    looked_up: bool
    limit_ms: int | None
    left_ms: int | None
    shown_at: Micros
    card: Interruption | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round of one's own. `reveals` are the cases committed so far, in their order.

    empty  why there is nothing to do, in a sentence; "" where there is
    """

    id: int
    day: int
    kind: str
    state: str
    done: int
    total: int
    reveals: tuple[Reveal, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """Where a learner stands on a pattern; for their eyes only. `recall` None: never tried. `day`: the day (since the
    epoch) on which it is taken up, a backlog being spread. `passed`: kept alive by spaced checks. `name` leaves out the
    answer from ON_REQUEST on and before a placement: the next case asks for it."""

    pattern: int
    name: str
    artifact: int
    artifact_title: str
    level: Level
    why: str
    missing: str
    coach: bool
    recall: float | None
    due_at: Micros | None
    attempts: int
    fresh: int
    day: int
    passed: bool


@dataclass(frozen=True, slots=True)
class OwnPractice:
    """All that a learner sees of themselves.

    agreement    with the key beyond chance, on unaided cases drawn at natural frequency; None without any
    right        share right of these, with its interval
    calibration  of all answers with a confidence
    lines        (attempt, own line for next time), the latest first
    resting      (artifact, title, why it is not practised now): retired, or shut for a test
    today        the day since the epoch
    """

    patterns: tuple[OwnPattern, ...]
    right: Figure
    agreement: Kappa | None
    calibration: Calibration | None
    attempts: int
    open_round: int | None
    lines: tuple[tuple[int, str], ...]
    resting: tuple[tuple[int, str, str], ...]
    today: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its author sees it.

    key        what counts as right; "" none yet, or hidden from an expert who is still to judge it blindly
    waiting    why it is not practised yet, in a sentence; ""
    """

    case: PracticeCase
    pattern_name: str
    key: str
    basis: str
    version: int
    agreement: float | None
    n: int
    decides: bool
    waiting: str


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A pattern with how many cases each pool holds, and how many of them can decide."""

    pattern: Pattern
    practice: int
    sealed: int
    retest: int
    with_key: int


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """An artifact's practice, for its authors. `ceiling` is what experts reach among themselves."""

    artifact: int
    title: str
    revision: int | None
    patterns: tuple[PatternRow, ...]
    undecided: tuple[CaseRow, ...]
    ceiling: Ceiling


@dataclass(frozen=True, slots=True)
class PanelCase:
    """A case for an expert of a panel to judge before seeing what anybody else judged. `ranks`: all its options."""

    case: int
    artifact: int
    artifact_title: str
    title: str
    situation: str
    options: tuple[str, ...]
    sitting: int
    left: int
    ranks: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with what its panel said; `shares` and `minority` only for who has judged it, or cannot."""

    row: CaseRow
    shares: tuple[tuple[str, int], ...]
    minority: tuple[str, str] | None
    cues: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """How far the learners of an artifact are, as shares of patterns by level; unknown for fewer than five people."""

    learners: Figure
    closed: Figure
    coach: int | None


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Which model predicts, and how well each did on learners it had not seen; None is not measured."""

    chosen: str
    learners: int
    attempts: int
    at: Micros | None
    elo: dict[str, Any] | None
    combined: dict[str, Any] | None
    sentence: str
