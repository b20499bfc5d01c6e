"""What the pages about assets show: who knows what, what is at risk, what if. Plain records.

Queries fill them, templates print them. A number is a `Figure`; its `unit` decides how it is written:
`share` (0..1, printed as percent), `h/week`, `h`, `people`, `files` or nothing.
Lists of people are in the order in which they may be shown: by name, or by last contact; never by score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from seci.kit.clock import Micros
from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.people.views import PersonFacts, PersonRef, UnitRef
from seci.spiral.freshness import Freshness
from seci.spiral.layers import Layers
from seci.spiral.turn import Turn

Band = Literal[1, 2, 3]
BANDS: dict[int, str] = {1: "some contact", 2: "familiar", 3: "holds it"}


@dataclass(frozen=True, slots=True)
class AssetRef:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A repository whose history ends long ago, as far as it is read: who worked only there is seen as of then."""

    source: int
    title: str
    until: Micros


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One asset in a list. `missing` says in words what the next turn waits for."""

    asset: AssetRef
    turn: Turn
    coverage: Figure
    at_risk: Figure
    holders: Figure
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How someone came in touch with an asset, in numbers of events."""

    authored: int = 0
    reviewed: int = 0
    paired: int = 0
    documented: int = 0

    @property
    def events(self) -> int:
        return self.authored + self.reviewed + self.paired + self.documented

    def __str__(self) -> str:
        words = ("commit", "review", "pairing", "document")
        counts = (self.authored, self.reviewed, self.paired, self.documented)
        parts = [f"{n:,} {word}{'s' if n != 1 else ''}" for n, word in zip(counts, words, strict=True) if n]
        return ", ".join(parts) or "no events"


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Someone who can help with an asset, with the evidence and never with a score."""

    person: PersonRef
    band: Band
    freshness: Freshness
    contacts: Contacts
    last_t: Micros
    unit: UnitRef | None = None
    you: bool = False
    hidden: bool = False

    @property
    def words(self) -> str:
        return BANDS[self.band]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Readings at the end of a quarter; None is unknown."""

    label: str
    coverage: float | None
    at_risk: float | None
    holders: int | None
    events: int


@dataclass(frozen=True, slots=True)
class ScopeRow:
    id: int
    source: str
    path: str
    files: int | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A live file that fewer than two people here know. `knows` is that one person, or None for nobody."""

    path: str
    knows: PersonRef | None
    changes: int
    last_t: Micros


@dataclass(frozen=True, slots=True)
class NominationRow:
    """Somebody who was named as able to help, by how many, and whether the evidence shows it too.

    mine   number of the reader's own nomination, to take it back; None when the reader has not named them
    """

    person: PersonRef
    by: int
    evident: bool
    mine: int | None = None


@dataclass(frozen=True, slots=True)
class AssetPage:
    """spiral/asset.html. `sentence` is the headline in words; `reason` why the asset was proposed."""

    asset: AssetRef
    sentence: str
    state: Literal["proposed", "kept", "retired", "merged"]
    reason: str
    topic: str
    languages: tuple[str, ...]
    coverage: Figure
    at_risk: Figure
    bus_factor: Figure
    bus_factor_active: Figure
    files_at_risk: Figure
    files: int
    freshness: Freshness
    last_t: Micros | None
    turn: Turn
    holders: tuple[HolderRow, ...]
    holders_total: int
    trend: tuple[TrendPoint, ...] = ()
    scopes: tuple[ScopeRow, ...] = ()
    risky_files: tuple[FileRow, ...] = ()
    nominations: tuple[NominationRow, ...] = ()
    agreement: Figure | None = None
    layers: Layers | None = None
    people: tuple[PersonRef, ...] = ()
    others: tuple[AssetRef, ...] = ()
    may_edit: bool = False
    may_nominate: bool = False
    ended: tuple[Ended, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One event behind a cell. `weight` is in units of one full change; `discounts` say why it is worth less."""

    sha: str
    t: Micros
    way: Literal["authoring", "reviewing", "pairing", "documents"]
    kind: str
    weight: float
    source: str
    full_weight: float = 1.0
    other: PersonRef | None = None
    discounts: tuple[str, ...] = ()
    superseded: bool = False

    @property
    def discounted(self) -> bool:
        return bool(self.discounts) or self.weight < self.full_weight


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """spiral/evidence.html: the events behind one cell of the matrix, newest first."""

    asset: AssetRef
    person: PersonRef
    band: Band | None
    freshness: Freshness
    contacts: Contacts
    rows: tuple[EvidenceRow, ...]
    pager: Pager
    last_t: Micros | None = None
    own: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Contact of one person with one asset, in three bands, with its recency."""

    person: int
    band: Band
    freshness: Freshness
    events: int
    last_t: Micros

    @property
    def words(self) -> str:
        return BANDS[self.band]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """`cells` stand in the order of `MatrixPage.people`; None is no recorded contact."""

    asset: AssetRef
    topic: str
    cells: tuple[Cell | None, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """spiral/who.html. People are in alphabetical order. `pager` walks assets, `people_pager` people."""

    people: tuple[PersonRef, ...]
    rows: tuple[MatrixRow, ...]
    pager: Pager
    people_pager: Pager
    units: tuple[UnitRef, ...] = ()
    topics: tuple[str, ...] = ()
    q: str = ""
    who: str = ""
    unit: int | None = None
    topic: str = ""
    ended: tuple[Ended, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One asset in the risk table. `single` is the only holder, where there is exactly one."""

    asset: AssetRef
    coverage: Figure
    at_risk: Figure
    bus_factor: Figure
    bus_factor_active: Figure
    holders: Figure
    files_at_risk: Figure
    files: int
    freshness: Freshness
    last_t: Micros | None
    trend: tuple[float | None, ...] = ()
    single: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class RiskPage:
    """spiral/risk.html. `only` filters: all, single (one holder), nobody, fading, stale.

    ended  repositories whose history ends long ago
    """

    sentence: str
    rows: tuple[RiskRow, ...]
    pager: Pager
    coverage: Figure
    at_risk: Figure
    single: Figure
    files_at_risk: Figure
    trend: tuple[TrendPoint, ...] = ()
    ended: tuple[Ended, ...] = ()
    q: str = ""
    only: str = "all"
    sort: str = "at_risk"


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What a person sees of the own contact with one asset; `familiarity` is theirs alone to see."""

    asset: AssetRef
    band: Band
    freshness: Freshness
    contacts: Contacts
    last_t: Micros
    familiarity: Figure
    hidden: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        return BANDS[self.band]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """spiral/person.html. `assets` is filled only when the reader is the person (`own`)."""

    facts: PersonFacts
    own: bool
    may_edit: bool = False
    may_split: bool = False
    assets: tuple[OwnRow, ...] = ()
    units: tuple[UnitRef, ...] = ()
    last_t: Micros | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """Someone next best placed for an asset, with the reason in words."""

    person: PersonRef
    reason: str


@dataclass(frozen=True, slots=True)
class LossRow:
    """What a departure does to one asset; `leaving` are those of the leavers who had to do with it."""

    asset: AssetRef
    verdict: Literal["orphaned", "one left", "thinner"]
    before: Figure
    after: Figure
    files: int
    files_orphaned: int
    next_best: tuple[Successor, ...] = ()
    transfer: str = ""
    hours: float | None = None
    leaving: tuple[PersonRef, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """spiral/leave.html. `losses` are in the order in which to transfer. Empty `chosen` shows the form alone.

    suggestions  those called like `q`, and how many `more`; without `q`, who alone holds an asset
    """

    chosen: tuple[PersonRef, ...] = ()
    on: date | None = None
    sentence: str = ""
    losses: tuple[LossRow, ...] = ()
    at_risk_before: Figure | None = None
    at_risk_after: Figure | None = None
    orphaned: Figure | None = None
    suggestions: tuple[PersonRef, ...] = ()
    more: int = 0
    ended: tuple[Ended, ...] = ()
    q: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning that would have been given, and what then happened; `came_true` None is not told yet."""

    asset: AssetRef
    said: str
    happened: str
    came_true: bool | None


@dataclass(frozen=True, slots=True)
class ReplayPage:
    """spiral/replay.html: the same question asked of the past, with only what was known then."""

    on: date | None = None
    first: date | None = None
    last: date | None = None
    left: tuple[PersonRef, ...] = ()
    sentence: str = ""
    warnings: tuple[WarningRow, ...] = ()
    came_true: Figure | None = None
    ended: tuple[Ended, ...] = ()
    error: str = ""
