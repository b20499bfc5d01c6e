"""What the templates of practice get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.internalization.at_hand import Offer
from seci.internalization.coaching.queries import RemarkRow
from seci.internalization.feedback import Reveal
from seci.internalization.views import (
    CaseRow,
    CaseView,
    OwnPattern,
    OwnPractice,
    PanelCase,
    PracticePlan,
    RoundView,
    Shown,
)


@dataclass(frozen=True, slots=True)
class PracticeHome:
    """`due` are one's own patterns that are taken up today, the rest is `later`; `calendar` the address to subscribe
    to, "" for none. spread: how many of those later are due already. easy: days of the week. remarks: new words of
    mentors, as (attempt, round, case)."""

    own: OwnPractice
    due: tuple[OwnPattern, ...]
    later: tuple[OwnPattern, ...]
    to_begin: tuple[Offer, ...]
    round: RoundView | None
    prepares: bool
    calendar: str
    practised: tuple[tuple[int, str], ...]
    spread: int
    easy: tuple[int, ...]
    remarks: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case to judge. `sure` are the confidences offered, in percent; `filled` and `remark` after a refusal."""

    shown: Shown
    sure: tuple[int, ...]
    filled: dict[str, str]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the panel: how many chose an option, in percent too."""

    option: str
    n: int
    percent: int
    is_key: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class RevealPage:
    """What came of one case of a round. `placing`: the round only finds out where to begin. `node`:
    what of the artifact somebody may say is wrong."""

    round: int
    place: int
    total: int
    title: str
    situation: str
    artifact: int
    artifact_title: str
    confidence: int | None
    cue: str
    reveal: Reveal
    shares: tuple[Share, ...]
    is_last: bool
    placing: bool
    node: str
    remarks: tuple[RemarkRow, ...]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round that is over: how many were right, by the help they were judged with, and one's own lines."""

    view: RoundView
    right: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    plan: PracticePlan
    rows: tuple[CaseRow, ...]
    banks: tuple[tuple[int, str], ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class PracticeCasePage:
    view: CaseView
    artifact_title: str
    shares: tuple[Share, ...]
    may_prepare: bool
    pool: Literal["practice", "sealed", "retest"]


@dataclass(frozen=True, slots=True)
class PanelPage:
    """The next case to judge blindly; None when nothing waits."""

    artifact: int
    title: str
    case: PanelCase | None
    sure: tuple[int, ...]
    filled: dict[str, str]
    remark: str = ""
    places: tuple[tuple[int, str], ...] = ()
