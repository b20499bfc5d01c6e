"""What the pages about the next step show. Plain records."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.people.views import PersonRef
from seci.spiral.turn import Letter
from seci.spiral.views import AssetRef, Ended


@dataclass(frozen=True, slots=True)
class NextItem:
    """One proposal.

    title    the whole proposal as a sentence without the full stop
    why      one or two sentences with the facts
    effect   expected change of knowledge at risk, unit `share`, negative is better
    hours    time it takes; None is unknown
    tied     its place among near-ties was drawn by lot
    reasons  the longer answer to Why?, one fact a line
    message  ready to send to the people named
    """

    key: str
    mode: Letter
    title: str
    asset: AssetRef
    why: str
    effect: Figure
    people: tuple[PersonRef, ...] = ()
    hours: float | None = None
    per_hour: Figure | None = None
    tied: bool = False
    reasons: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class NextPage:
    """cycle/next.html. `gaps` counts all gaps that were ranked; `asset` is set when only one asset is asked for."""

    items: tuple[NextItem, ...]
    gaps: int
    pager: Pager
    asset: AssetRef | None = None
    mode: str = ""
    ended: tuple[Ended, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who fits a change. Reasons are facts with their counts."""

    person: PersonRef
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewersForm:
    source: int | None = None
    commit: str = ""
    paths: str = ""
    sources: tuple[tuple[int, str], ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class ReviewersPage:
    """cycle/reviewers.html. Candidates are ordered by fit to this one change, which the page says."""

    form: ReviewersForm
    change: str = ""
    candidates: tuple[Candidate, ...] = ()
    learner: Candidate | None = None
    assets: tuple[AssetRef, ...] = ()
    n: int = 0
    asked: bool = False
    ended: tuple[Ended, ...] = ()
    error: str = ""
